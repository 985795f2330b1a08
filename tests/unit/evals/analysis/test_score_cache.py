"""Scores that are kept beside a run, and when they no longer hold."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from evals.analysis.score_cache import FILE, read_scores
from evals.analysis.scored_run import score_or_recall
from evals.dataset.utterances import Dataset, Utterance
from evals.notation import Katex
from evals.runs.folder import Run
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt
from tests.builders import FAILED, heard, run_info, write_run


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    utterances = (
        Utterance("a", "p1", tmp_path, "so x squared", ("so $x^2$",), {"solution": "four"}),
        Utterance("b", "p2", tmp_path, "let me think", ()),
        Utterance("c", "p3", tmp_path, "y plus one", ("y+1", "y")),
    )
    return Dataset("d", tmp_path, utterances, "hash")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """One right, one that writes what nobody said, one that failed."""
    right = heard("so x squared", "x^2", answer="It is four.", answer_sec=1.5)
    predictions = (right, heard("let me drink", "x^2"), FAILED)
    return write_run(tmp_path / "run", run_info("abc"), predictions)


def test_what_is_kept_comes_back_as_it_was(run: Run, dataset: Dataset, katex: Katex) -> None:
    """Every figure of a report is the same the second time."""
    first = score_or_recall(run, dataset, katex)
    kept = read_scores(run, dataset, equivalent=False)
    assert kept == [each.score for each in first.attempts]
    assert score_or_recall(run, dataset, katex).summary == first.summary


def test_scores_of_other_attempts_references_or_rungs_are_not_taken(
    run: Run, dataset: Dataset, katex: Katex
) -> None:
    """A stale figure is worse than a slow one."""
    score_or_recall(run, dataset, katex)
    assert read_scores(run, replace(dataset, content_hash="other"), equivalent=False) is None
    assert read_scores(run, dataset, equivalent=True) is None
    run.add(Attempt("c", 0, 2, Prediction("ok", "y plus one")))
    assert read_scores(run, dataset, equivalent=False) is None
    assert score_or_recall(run, dataset, katex).attempts[2].score.status == "ok"


@pytest.mark.parametrize("content", ["", "nonsense", "{}\n{}\n"])
def test_a_spoilt_file_is_made_anew(run: Run, dataset: Dataset, katex: Katex, content: str) -> None:
    """A kill in the middle of a write costs a second scoring, no more."""
    score_or_recall(run, dataset, katex)
    path = run.folder / FILE
    key, *rest = path.read_text().splitlines()
    assert all(json.loads(line)["utterance_id"] for line in rest)
    path.write_text(content)
    assert read_scores(run, dataset, equivalent=False) is None
    path.write_text("\n".join([key, "{}", *rest[1:]]))
    assert read_scores(run, dataset, equivalent=False) is None
    assert len(score_or_recall(run, dataset, katex).attempts) == 3
    assert read_scores(run, dataset, equivalent=False) is not None


def test_a_run_under_way_keeps_nothing(run: Run, dataset: Dataset, katex: Katex) -> None:
    """Its next attempt would make it stale at once."""
    run.info = run.info.model_copy(update={"status": "stopped"})
    score_or_recall(run, dataset, katex)
    assert not (run.folder / FILE).exists()
