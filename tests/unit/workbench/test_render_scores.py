"""Verdicts and rates as the page shows them."""

from dataclasses import replace

import pytest

from evals.analysis.statistics import Rate
from evals.notation import NotationScore
from evals.report.wording import percent, verdict
from evals.runs.prediction import Status
from evals.scoring.utterance import UtteranceScore
from tests.notation_scores import RIGHT
from workbench.shared.views import reading_view


def score(status: Status, notation: NotationScore | None) -> UtteranceScore:
    return UtteranceScore("a", "a", 0, status, None, notation, None, (), 1, True, False, {}, {})


def notation(**changes: bool | None) -> NotationScore:
    return replace(RIGHT, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "found", "expected"),
    [
        ("ok", notation(), "exact"),
        ("ok", notation(exact_strict=False), "as spoken"),
        ("ok", notation(exact_strict=False, exact_spoken=False), "different"),
        ("ok", notation(valid=False, exact_strict=False, exact_spoken=False), "unreadable"),
        ("ok", notation(present=False, exact_strict=False, exact_spoken=False), "no formula"),
        ("ok", notation(exact_strict=None, exact_spoken=None), "unscored"),
        ("ok", notation(formula_said=False, present=False), "no formula, rightly"),
        ("ok", notation(formula_said=False), "spurious formula"),
        ("cut_off", notation(), "cut off"),
        ("failed", None, "failed"),
        ("ok", None, "words wrong"),  # of a model that transcribes only
    ],
)
def test_a_verdict_says_how_far_it_got(
    status: Status, found: NotationScore | None, expected: str
) -> None:
    """A lost utterance must not look like a wrong answer, nor a right one."""
    assert verdict(score(status, found)) == expected


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Rate(0.125, 0.08, 0.171, 48), "12.5 % (8.0 to 17.1, n 48)"),
        (Rate(1.0, None, None, 1), "100.0 % (n 1)"),
        (Rate(0.0, 0.0, 0.1, 9), "0.0 % (0.0 to 10.0, n 9)"),
        (Rate(None, None, None, 0), "no data"),
    ],
)
def test_a_rate_never_stands_alone(rate: Rate, text: str) -> None:
    """No data is not zero, and a number without its n is no result."""
    assert percent(rate) == text


def test_a_sentence_keeps_its_prose_and_typesets_its_islands() -> None:
    """Accepted readings are formulas, or sentences with formulas in them."""
    view = reading_view("so $x=1$, then", lambda latex: f"<math>{latex}</math>")
    assert view == [
        {"text": "so "},
        {"latex": "x=1", "mathml": "<math>x=1</math>"},
        {"text": ", then"},
    ]
