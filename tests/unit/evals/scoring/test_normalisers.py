"""The same words under several normalisers."""

from pathlib import Path

import pytest

from evals.analysis.comparison import compare_runs, normaliser_verdict
from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.dataset.utterances import Utterance
from evals.notation import Katex
from evals.runs.folder import Run
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt
from evals.scoring.normalisers import WordCount, counts_of_others
from evals.scoring.utterance import Scorable, score_utterances
from tests.builders import INFO


@pytest.mark.parametrize(
    ("said", "heard", "none", "whisper"),
    [
        ("x squared", "x squared", (0, 2), (0, 2)),
        ("x squared", "X squared.", (2, 2), (0, 2)),  # case and a full stop
        ("twelve plus x", "12 plus x", (1, 3), (0, 3)),  # numbers as digits
        ("f of (x plus one) squared", "f of squared", (3, 6), (0, 3)),  # brackets vanish
        ("x squared", "x²", (2, 2), (1, 2)),
        ("x squared", "", (2, 2), (2, 2)),
        ("", "x", (1, 0), (1, 0)),
    ],
)
def test_each_normaliser_forgives_something_else(
    said: str, heard: str, none: tuple[int, int], whisper: tuple[int, int]
) -> None:
    """None forgives nothing; Whisper's English forgets what stood in brackets."""
    found = counts_of_others(said, heard)
    assert found == {"none": WordCount(*none), "whisper_english": WordCount(*whisper)}


def scored(heard: list[str]) -> ScoredRun:
    """A run of "f of (x plus one) squared", so heard."""
    utterances = [
        Utterance(str(n), str(n), Path(), "f of (x plus one) squared", ("f(x+1)^2",))
        for n in range(len(heard))
    ]
    items = [
        Scorable(u.id, u.phrase_id, 0, "ok", u.transcript, u.latex, text, (), {})
        for u, text in zip(utterances, heard, strict=True)
    ]
    with Katex() as katex:
        scores = score_utterances(items, katex)
    attempts = tuple(
        ScoredAttempt(utterance, Attempt(utterance.id, 0, 1, Prediction("ok")), score)
        for utterance, score in zip(utterances, scores, strict=True)
    )
    return ScoredRun(Run(Path("run"), INFO), attempts)


def test_a_comparison_says_when_its_order_hangs_on_the_normaliser() -> None:
    """A winner that another normaliser makes the loser is no winner."""
    forgetful = scored(["f of squared"] * 6)
    misspelt = scored(["f of (x plus one) cubed"] * 6)
    compared = compare_runs(forgetful, misspelt)
    assert normaliser_verdict(compared) == (
        "Which run has fewer word errors depends on the normaliser: the second by ours and none, "
        "the first by Whisper's English."
    )
    assert "does not depend" in normaliser_verdict(compare_runs(forgetful, forgetful))


def test_a_summary_has_the_rate_under_each_normaliser() -> None:
    """Ours first: it is the one that all other figures use."""
    rates = scored(["f of squared"] * 3).summary.words.by_normaliser
    assert list(rates) == ["ours", "none", "whisper_english"]
    assert rates["whisper_english"].value == pytest.approx(0.0)
    assert rates["none"].value == pytest.approx(0.5)
