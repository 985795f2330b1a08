"""`import evals`: frames that say what they hold, sentences where something is wrong."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

import evals
from agent.errors import DatasetError, RunError
from evals.api.blocking import finish
from evals.dataset.utterances import load_dataset
from evals.runs.folder import RecordedTutor
from tests.builders import FAILED, PROMPT, heard, run_over, write_run
from tests.paths import DATASET

N_UTTERANCES = 40


def recorded_run(folder: Path, n_wrong: int, *, n_utterances: int = N_UTTERANCES) -> Path:
    """A complete run over the shipped dataset: the last one failed, `n_wrong` before it wrong."""
    dataset = load_dataset(DATASET, with_recordings=False)
    tutor = RecordedTutor(model="gemini-3.8-live", prompt=PROMPT)
    info = run_over(dataset, n_utterances, engine="embedded", tutor=tutor)
    first_wrong = n_utterances - 1 - n_wrong
    predictions = [
        heard(each.transcript, "wrong" if number >= first_wrong else each.latex[0])
        for number, each in enumerate(dataset.utterances[: n_utterances - 1])
    ]
    write_run(folder, info, (*predictions, FAILED))
    return folder


def test_importing_it_loads_nothing_heavy() -> None:
    """Every command imports the package; `--help` must not wait for pandas."""
    code = (
        "import sys, evals; "
        "print([name for name in ('pandas', 'google.genai', 'livekit', 'gradio', 'numpy') "
        "if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_it_promises_what_it_has() -> None:
    """A name that is promised and not there breaks only who uses it."""
    assert all(getattr(evals, name).__doc__ for name in evals.__all__)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = evals.nonsense  # type: ignore[attr-defined]


def test_a_run_is_rows_rates_and_slices(tmp_path: Path) -> None:
    """Frames agree with each other; what is not known is missing, never 0."""
    results = evals.score(str(recorded_run(tmp_path / "run", n_wrong=3)))
    rows = results.rows
    assert len(rows) == N_UTTERANCES
    assert rows["exact_spoken"].sum() == N_UTTERANCES - 4
    assert rows.iloc[-1]["status"] == "failed"
    assert pd.isna(rows.iloc[-1]["word_errors"])
    assert pd.isna(rows.iloc[-1]["exact_spoken"])
    assert rows.iloc[0]["accepted"] == (r"12+35=47",)
    assert rows.iloc[0]["voice"] == "hibari-heart"
    rate = results.rates.loc["notation.exact_spoken"]
    assert rate["value"] == pytest.approx(rows["exact_spoken"].mean())
    assert rate["low"] < rate["value"] < rate["high"]
    assert rate["n"] == N_UTTERANCES - 1
    assert results.rates.loc["words.wer", "value"] == 0
    assert pd.isna(results.rates.loc["answers.gave_away", "value"])
    slices = results.slices("voice")
    assert slices["n"].sum() == rate["n"]
    assert results.slices("voice", "wer")["value"].eq(0).all()
    assert "say nothing about Gemini" in str(results)


def test_a_column_that_is_no_slice_is_told_with_those_that_are(tmp_path: Path) -> None:
    """A typing error must not look like an empty plot."""
    results = evals.score(recorded_run(tmp_path / "run", n_wrong=0))
    with pytest.raises(RunError, match=r"column of category, .*voice.*'voise'"):
        results.slices("voise")
    with pytest.raises(RunError, match="exact_spoken or wer"):
        results.slices("voice", "cer")  # type: ignore[arg-type]


def test_two_runs_compare_as_frames(tmp_path: Path) -> None:
    """Folders and results alike; the sentence, the measures, and what changed."""
    better = evals.score(recorded_run(tmp_path / "better", n_wrong=0))
    worse = recorded_run(tmp_path / "worse", n_wrong=9)
    compared = evals.compare(better, worse)
    assert "loses 9" in compared.verdict
    assert str(compared).startswith("better -> worse: ")
    understood = compared.metrics.loc["formula exact as spoken"]
    assert understood["value"] == pytest.approx(-9 / N_UTTERANCES)
    assert understood["low"] < understood["value"] < understood["high"]
    assert list(compared.changes["change"]) == ["regression"] * 9
    assert compared.changes.loc[0, "second"] == ("wrong",)
    assert evals.compare(worse, worse).changes.empty


def test_runs_over_other_utterances_are_compared_only_when_asked(tmp_path: Path) -> None:
    """A difference between them would be one of the data."""
    one = recorded_run(tmp_path / "one", n_wrong=0)
    other = recorded_run(tmp_path / "other", n_wrong=0, n_utterances=10)
    with pytest.raises(RunError, match="not over the same utterances"):
        evals.compare(one, other)
    assert evals.compare(one, other, only_shared=True).compared.n_pairs == 10


PREDICTION = {"id": "a", "reference": "x squared", "latex": ["x^2"], "transcript": "x squared"}


def test_predictions_of_another_system_may_come_as_a_frame() -> None:
    """Cells that are missing are left out, as they would be in a file."""
    frame = pd.DataFrame(
        [
            PREDICTION | {"formulas": ["x^{2}"], "tags": {"voice": "v"}},
            {"id": "b", "reference": "y", "latex": ["y"], "status": "failed"},
        ]
    )
    results = evals.score(frame)
    assert list(results.rows["verdict"]) == ["exact", "failed"]
    assert list(results.rows["voice"]) == ["v", ""]
    assert results.folder is None
    with pytest.raises(RunError, match="expected two runs, got predictions"):
        evals.compare(results, results)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "at least one"),
        ([{"id": "a"}], "prediction 1: reference"),
        ([PREDICTION, PREDICTION | {"extra": 1}], "prediction 2: extra"),
        ([PREDICTION, PREDICTION], "prediction 2: .* came before"),
        ([PREDICTION | {"latex": {1, 2}}], "prediction 1: expected plain values"),
        (["x^2"], "prediction 1: expected a mapping"),
    ],
)
def test_what_is_no_prediction_is_told_in_a_sentence(
    given: list[Mapping[str, object]], said: str
) -> None:
    """It names which one, and what is wrong with it."""
    with pytest.raises(DatasetError, match=said):
        evals.score(given)


def test_a_path_without_a_run_is_told_in_a_sentence(tmp_path: Path) -> None:
    """The commonest mistake is a folder above."""
    with pytest.raises(RunError, match=r"run\.json"):
        evals.score(tmp_path)
    with pytest.raises(DatasetError, match="nothing"):
        evals.score(tmp_path / "nothing")


async def test_work_is_waited_for_where_a_loop_runs_already() -> None:
    """As in a notebook; what it raises comes out."""
    done = []

    async def work() -> None:
        await asyncio.sleep(0)
        done.append(asyncio.get_running_loop())
        raise RunError("told")

    with pytest.raises(RunError, match="told"):
        finish(work())
    assert done
    assert done[0] is not asyncio.get_running_loop()


def test_an_interrupt_lets_the_work_clean_up() -> None:
    """A run folder must say that it was stopped, so that it can go on."""
    told = []

    async def work() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            told.append("stopped")
            raise

    with pytest.raises(KeyboardInterrupt):
        finish(work())
    assert told == ["stopped"]
