"""Spoilt formulas through the ladder: no exception, none slow, memory flat.

    python -m benchmarks.fuzz            20,000 strings
    python -m benchmarks.fuzz 1000000

Mutations of the shipped dataset's formulas, scored in batches of 64. Memory is the peak of
the resident set, after a tenth of the strings and at the end.
"""

import resource
import sys
import time
from itertools import islice
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks._mutations import mutated
from evals.dataset.utterances import load_dataset
from evals.notation import Katex, score_notation

DATASET = Path(__file__).parents[1] / "datasets" / "spoken-math-mini"
N_STRINGS = 20_000
BATCH = 64
SEED = 20


def fuzz(n_strings: int) -> Table:
    """Score them all; an exception ends it."""
    utterances = load_dataset(DATASET).utterances
    formulas = sorted({reading for utterance in utterances for reading in utterance.latex})
    todo = mutated(formulas, n_strings, SEED)
    slowest_sec = 0.0
    n_valid = n_done = peak_early_kb = 0
    began = time.perf_counter()
    with Katex() as katex:
        while batch := list(islice(todo, BATCH)):
            started = time.perf_counter()
            scores = score_notation([((said,), (spoilt,)) for said, spoilt in batch], katex)
            slowest_sec = max(slowest_sec, time.perf_counter() - started)
            n_valid += sum(score.valid is True for score in scores)
            n_done += len(batch)
            if n_done <= max(BATCH, n_strings // 10):
                peak_early_kb = _peak_kb()
    table = Table("strings", "readable", "strings/s", "slowest batch", "peak early", "peak")
    rate = n_done / (time.perf_counter() - began)
    memory = (f"{kb / 1024:.0f} MB" for kb in (peak_early_kb, _peak_kb()))
    table.add_row(f"{n_done:,}", f"{n_valid:,}", f"{rate:,.0f}", f"{slowest_sec:.2f} s", *memory)
    return table


def _peak_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    Console(width=100).print(fuzz(int(sys.argv[1]) if len(sys.argv) > 1 else N_STRINGS))
