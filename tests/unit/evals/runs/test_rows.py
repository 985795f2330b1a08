"""Attempts on disk: what can't be read is left out, counted, and hides nothing."""

import json
from pathlib import Path

import pytest

from evals.runs.folder import ATTEMPTS, Run
from evals.runs.rows import Attempt, attempt_of, line_of
from tests.builders import heard, run_info

GOOD = Attempt("u1", 0, 1, heard("x squared", "x^2", usage={"total_token_count": 7}))
MEGABYTE = "x squared plus " * 70_000


def changed(**fields: object) -> bytes:
    """The line of a good attempt with other fields, on one line whatever they hold."""
    return json.dumps(json.loads(line_of(GOOD)) | fields).encode() + b"\n"


def test_an_attempt_comes_back_as_it_was() -> None:
    """All of it."""
    assert attempt_of(line_of(GOOD).encode()) == GOOD


@pytest.mark.parametrize(
    "line",
    [
        b"7\n", b"[]\n", b"null\n", b"{\n", b"\xff\n", b"[" * 100_000 + b"\n",
        changed(usage={"total_token_count": float("nan")}),
        changed(timings_sec={"sent": float("inf")}),
        changed(answer_sec=1e300),
        changed(transcript="\ud800"),
        changed(transcript=MEGABYTE),
        changed(answer=MEGABYTE),
        changed(formulas=[{"latex": MEGABYTE, "source": "model", "speaker": "student"}]),
        changed(formulas=[{"latex": "x", "source": "model", "speaker": "student"}] * 1_000),
        changed(formulas="x"),
        changed(status="perhaps"),
        changed(epoch=-1),
    ],
)  # fmt: skip
def test_a_line_that_holds_no_attempt_hides_no_other(tmp_path: Path, line: bytes) -> None:
    """It made the whole run unreadable, or its scoring endless."""
    run = Run.create(tmp_path, run_info(["u1", "u2"]))
    (tmp_path / ATTEMPTS).write_bytes(line + line_of(GOOD).encode() + line)
    assert list(run.attempts()) == [GOOD]
    assert run.outcomes() == [GOOD]
    assert run.n_unreadable == 2


def test_a_line_that_a_crash_cut_short_is_not_told_of(tmp_path: Path) -> None:
    """The attempt is replayed when the run goes on, as ever."""
    run = Run.create(tmp_path, run_info(["u1", "u2"]))
    (tmp_path / ATTEMPTS).write_bytes(line_of(GOOD).encode() + line_of(GOOD).encode()[:-9])
    assert list(run.attempts()) == [GOOD]
    assert run.n_unreadable == 0


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "no_answer"),
        ({"answer_sec": 0.0, "timings_sec": {"sent": 0.1, "complete": 0.2}}, "no_answer"),
        ({"timings_sec": {"words": 0.2}}, "ok"),  # a model that only writes heard nothing
        ({"transcript": "x"}, "ok"),
        ({"answer_sec": 0.4}, "ok"),
        ({"status": "cut_off"}, "cut_off"),
    ],
)
def test_an_empty_answer_of_an_earlier_version_is_none(
    fields: dict[str, object], status: str
) -> None:
    """It was written as `ok`, and every word of it would count as wrong."""
    row = {"utterance_id": "u", "epoch": 0, "attempt": 1, "status": "ok"} | fields
    prediction = attempt_of(json.dumps(row).encode()).prediction
    assert prediction.status == status
    assert bool(prediction.error) == (status == "no_answer")
