"""A run of many utterances, made here, and what it costs to score, compare and report it.

Phrases and formulas of school size, each said by twelve speakers; about two thirds of the
formulas and a quarter of the transcripts wrong, most in a way of their own; recordings of the
shipped dataset. Each step is a process of
its own, as a user starts it: the start of Python and of V8 is in its seconds, and the memory is
its peak.
"""

import json
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from rich.table import Table

from agent.models import DEFAULT_MODEL
from agent.prompts.prompt import find_prompt
from agent.transcript import Formula
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from benchmarks._spoken_suite import load_phrases
from evals.dataset.catalogue import SHIPPED_DATASETS
from evals.dataset.utterances import METADATA, load_dataset
from evals.replay.runner import Plan, create_run
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt

N_SPEAKERS = 12
GEMINI = LiveEndpoint("gemini", "none")  # a label: nothing is sent
AIMS = {"score": "10 s", "compare": "3 s", "report (HTML)": "10 s, 400 MB"}


def measure_big_run(pairs: Sequence[tuple[str, str]]) -> Table:
    """Seconds and peak memory of each command on a run with an utterance a pair."""
    table = Table(
        "command", "seconds", "CPU s", "peak MB", "to reach", title=f"{len(pairs):,} utterances"
    )
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_dataset(folder / "data", pairs)
        one, other = folder / "one", folder / "other"
        for run, seed in ((one, 1), (other, 2)):
            write_run(folder / "data", run, pairs, seed)
        commands = {
            "score": ("score", str(one)),
            "score (the other)": ("score", str(other)),
            "compare": ("compare", str(one), str(other)),
            "report (HTML)": ("report", str(one), "-o", str(folder / "report.html")),
        }
        for name, words in commands.items():
            took = _timed(words, folder / "output.txt")
            figures = (f"{took.wall_sec:.1f}", f"{took.cpu_sec:.1f}", f"{took.peak_mb:.0f}")
            table.add_row(name, *figures, AIMS.get(name, ""))
    return table


def write_dataset(folder: Path, pairs: Sequence[tuple[str, str]]) -> None:
    """A dataset with an utterance a pair, its sound linked to the shipped one's."""
    shipped = SHIPPED_DATASETS / "spoken-math-mini"
    rows = [json.loads(line) for line in (shipped / METADATA).read_text().splitlines()]
    phrases = [phrase.text for phrase in load_phrases()]
    (folder / "audio").mkdir(parents=True)
    lines = []
    for number in range(len(pairs)):
        phrase = number // N_SPEAKERS
        row = rows[number % len(rows)]
        name = f"audio/{number}{Path(row['file_name']).suffix}"
        (folder / name).symlink_to(shipped / row["file_name"])
        own = {
            "file_name": name,
            "id": f"u{number}",
            "phrase_id": f"p{phrase}",
            "transcript": f"{phrases[phrase % len(phrases)]} plus {phrase}",
            "latex": [pairs[phrase][0]],
            "speaker": f"s{number % N_SPEAKERS}",
        }
        lines.append(json.dumps(row | own, ensure_ascii=False) + "\n")
    (folder / METADATA).write_text("".join(lines), encoding="utf-8")


def write_run(data: Path, folder: Path, pairs: Sequence[tuple[str, str]], seed: int) -> None:
    """A complete run over that dataset; another seed hears and understands otherwise."""
    dataset = load_dataset(data)
    run = create_run(Plan(dataset, Tutor(find_prompt("tutor"), DEFAULT_MODEL), folder), GEMINI)
    rng = random.Random(seed)  # noqa: S311 (a benchmark's input, not a secret)
    for number, utterance in enumerate(dataset.utterances):
        words = utterance.transcript.split()
        if rng.random() < 0.25:
            del words[rng.randrange(len(words))]
        phrase = number // N_SPEAKERS
        latex = pairs[phrase if rng.random() < 0.6 else number][1]
        made = Prediction(
            "ok",
            transcript=" ".join(words),
            formulas=(Formula(latex, "model", "student"),),
            answer="You said it well. What is your next step?",
            answer_sec=2.5,
            timings_sec={"sent": 0.1, "words": 0.6, "formula": 0.7, "answer": 0.9, "complete": 2},
        )
        run.add(Attempt(utterance.id, 0, 1, made))
    run.set_status("complete")


class _Took(NamedTuple):
    wall_sec: float
    cpu_sec: float
    peak_mb: float


def _timed(words: Sequence[str], output: Path) -> _Took:
    """What one command took."""
    command = [sys.executable, "-m", "evals", *words]
    began_sec = time.perf_counter()
    with output.open("wb") as sink:
        streams = [(os.POSIX_SPAWN_DUP2, sink.fileno(), stream) for stream in (1, 2)]
        child = os.posix_spawn(command[0], command, os.environ, file_actions=streams)
        _, status, used = os.wait4(child, 0)
    wall_sec = time.perf_counter() - began_sec
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(output.read_text(encoding="utf-8"))
    return _Took(wall_sec, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
