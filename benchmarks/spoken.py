"""How fast spoken phrases are read, on one core.

    python -m benchmarks.spoken [--inputs N]

Phrases are those of the suite. The worst case is sought in N inputs of 500 words drawn from
the parser's own vocabulary and from prose, which no speaker would say. Times are CPU seconds.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.table import Table

from agent.spoken import annotate, readings
from benchmarks._spoken_suite import load_phrases, load_prose

N_INPUTS = 10_000
N_WORDS = 500
N_ROUNDS = 5


def times_ms(read: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """CPU milliseconds for each text."""
    taken: list[float] = []
    for text in texts:
        began = time.process_time()
        read(text)
        taken.append(1000 * (time.process_time() - began))
    return taken


def random_inputs(n_inputs: int) -> list[str]:
    """Texts of N_WORDS words that phrases and sentences are made of, in any order."""
    rng = random.Random(11)  # noqa: S311 (a benchmark's input, not a secret)
    phrases = [phrase.text for phrase in load_phrases()]
    words = " ".join((*phrases, *load_prose())).split()
    vocabulary = sorted(set(words))
    return [
        " ".join(rng.choices(vocabulary if index % 2 else words, k=N_WORDS))
        for index in range(n_inputs)
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--inputs", type=int, default=N_INPUTS, help="random inputs")
    asked = parser.parse_args()
    table = Table("what", "n", "a second", "median ms", "p99 ms", "worst ms")
    phrases = [phrase.text for phrase in load_phrases()] * N_ROUNDS
    inputs = random_inputs(asked.inputs)
    for name, read, texts in (
        ("readings of a phrase", readings, phrases),
        ("annotate a sentence", annotate, list(load_prose()) * N_ROUNDS),
        (f"annotate {N_WORDS} random words", annotate, inputs),
        (f"readings of {N_WORDS} random words", readings, inputs),
    ):
        taken = sorted(times_ms(read, texts))
        figures = (
            len(taken) / (sum(taken) / 1000),
            statistics.median(taken),
            taken[int(0.99 * len(taken))],
            taken[-1],
        )
        table.add_row(name, str(len(taken)), *(f"{figure:,.2f}" for figure in figures))
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
