"""The answers of two runs side by side."""

from collections.abc import Sequence

from evals.analysis.answer_rates import MEANS, SHARES, Counted, n_said, n_written
from evals.analysis.difference import MetricDifference, Unit, metric
from evals.analysis.pairing import Pair
from evals.analysis.statistics import Counts

_Shown = tuple[str, str, bool | None]
_SHARES: tuple[_Shown, ...] = (
    ("LaTeX read aloud", "latex_aloud", False),
    ("asked back, several readings", "asked_back", True),
    ("asked back, one reading", "asked_needlessly", False),
    ("gave the solution away", "gave_away", False),
)
_MEANS: tuple[tuple[str, str, bool | None, Unit], ...] = (
    ("words an answer", "words", None, "words"),
    ("length of an answer", "duration_sec", None, "s"),
    ("time to first audio", "first_audio_sec", False, "s"),
)


def answer_metrics(pairs: Sequence[Pair]) -> list[MetricDifference]:
    """What is known of both answers of a pair; measures without any are left out.

    Longer is neither better nor worse, and so is more formulas a formula said.
    """
    found = [
        *(_compared(name, pairs, SHARES[key], is_good, "points") for name, key, is_good in _SHARES),
        _written_per_said(pairs),
        *(_compared(name, pairs, MEANS[key], is_good, unit) for name, key, is_good, unit in _MEANS),
    ]
    return [each for each in found if each.difference.value is not None]


def _compared(
    name: str, pairs: Sequence[Pair], counted: Counted, is_good: bool | None, unit: Unit
) -> MetricDifference:
    values = [(pair, counted(pair.one.score), counted(pair.other.score)) for pair in pairs]
    known = [
        (pair, one, other) for pair, one, other in values if one is not None and other is not None
    ]
    ones = [1] * len(known)
    return metric(
        name,
        [pair for pair, _, _ in known],
        Counts([one for _, one, _ in known], ones),
        Counts([other for _, _, other in known], ones),
        is_better_high=is_good,
        unit=unit,
    )


def _written_per_said(pairs: Sequence[Pair]) -> MetricDifference:
    known = [
        pair
        for pair in pairs
        if n_written(pair.one.score) is not None and n_written(pair.other.score) is not None
    ]
    sides = ([pair.one.score for pair in known], [pair.other.score for pair in known])
    one, other = (
        Counts([n_written(score) or 0 for score in side], [n_said(score) for score in side])
        for side in sides
    )
    name = "formulas written per formula said"
    return metric(name, known, one, other, is_better_high=None, unit="formulas")
