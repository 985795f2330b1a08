"""Whether one run is better than another, and how sure that is."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from evals.pairing import Pair, pair_up
from evals.scored_runs import ScoredRun
from evals.scoring import UtteranceScore
from evals.statistics import (
    Clusters,
    Counts,
    RateDifference,
    clusters_of,
    holm,
    mcnemar,
    paired_difference,
)

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class MetricDifference:
    """One measure in both runs; `is_better_high` says which way is good.

    `p` is adjusted for all measures compared (Holm); `test` says where it comes from.
    """

    name: str
    difference: RateDifference
    is_better_high: bool
    test: str
    p: float | None

    @property
    def gain(self) -> float | None:
        """The difference, positive where the second run is better."""
        value = self.difference.value
        return value if value is None or self.is_better_high else -value

    @property
    def is_decisive(self) -> bool:
        """Whether chance is an unlikely explanation."""
        return self.p is not None and self.p < SIGNIFICANT


@dataclass(frozen=True, slots=True)
class RunComparison:
    """The second run against the first; the pairs that changed, by utterance and epoch."""

    one: ScoredRun
    other: ScoredRun
    metrics: tuple[MetricDifference, ...]
    n_pairs: int
    clustered_by: str
    improvements: tuple[Pair, ...]
    regressions: tuple[Pair, ...]

    @property
    def runs(self) -> tuple[ScoredRun, ScoredRun]:
        """Both, the baseline first."""
        return self.one, self.other


def compare_runs(one: ScoredRun, other: ScoredRun, *, only_shared: bool = False) -> RunComparison:
    """Compare by utterance: formulas understood, words heard, prose left alone.

    A failed attempt counts as all wrong in the run that failed. Raises RunError as `pair_up`.
    """
    pairs = pair_up(one, other, only_shared=only_shared)
    formulas = [pair for pair in pairs if _is_scored(pair)]
    metrics = [_understood(formulas), _heard(pairs), _prose(pairs)]
    return RunComparison(
        one,
        other,
        tuple(_adjusted(metrics)),
        len(pairs),
        _clusters(pairs).kind,
        improvements=tuple(pair for pair in formulas if _change(pair) > 0),
        regressions=tuple(pair for pair in formulas if _change(pair) < 0),
    )


def verdict(compared: RunComparison) -> str:
    """One sentence about the headline measure, and what more data would be needed."""
    understood = compared.metrics[0]
    difference = understood.difference
    if difference.value is None or understood.p is None:
        return "Too few utterances with formulas to compare."
    won, lost = len(compared.improvements), len(compared.regressions)
    if not won and not lost:
        return f"None of {difference.n} formulas came out differently."
    lead = f"The second run wins {won} and loses {lost} of {difference.n} formulas"
    figures = f"p = {understood.p:.2g}; {_points(difference)}"
    if understood.is_decisive:
        return f"{lead}; {figures}; decisive."
    return f"{lead}; {figures}; not decisive{_needed(difference)}."


def _points(difference: RateDifference) -> str:
    text = f"{100 * (difference.value or 0):+.1f} points"
    if difference.low is None or difference.high is None:
        return text
    return f"{text} [{100 * difference.low:+.1f}, {100 * difference.high:+.1f}]"


def _needed(difference: RateDifference) -> str:
    """An interval shrinks with the square root of the utterances, if the effect stays."""
    if not difference.value or difference.low is None or difference.high is None:
        return ""
    half_width = (difference.high - difference.low) / 2
    more = difference.n * ((half_width / abs(difference.value)) ** 2 - 1)
    if more <= 0 or more > 100_000:
        return ""
    return f", about {max(10, math.ceil(more / 10) * 10)} more utterances needed"


def _is_scored(pair: Pair) -> bool:
    """Whether a formula was said that can be scored; a failed attempt does not know."""
    known = [score.notation for score in (pair.one.score, pair.other.score) if score.notation]
    return pair.one.score.formula_said and all(
        notation.exact_spoken is not None for notation in known
    )


def _is_left_alone(score: UtteranceScore) -> bool:
    return score.notation is not None and not score.notation.present


def _change(pair: Pair) -> int:
    return int(pair.other.score.is_understood) - int(pair.one.score.is_understood)


def _clusters(pairs: Sequence[Pair]) -> Clusters:
    utterances = [pair.one.utterance for pair in pairs]
    return clusters_of(
        [utterance.phrase_id for utterance in utterances],
        [utterance.tags.get("speaker", "") for utterance in utterances],
    )


def _understood(pairs: Sequence[Pair]) -> MetricDifference:
    """McNemar where every pair is a cluster of its own, else the clustered bootstrap."""
    metric = _metric("formula exact as spoken", pairs, *_shares(pairs, attrgetter("is_understood")))
    if not pairs or len(set(_clusters(pairs).names)) < len(pairs):
        return metric
    changes = [_change(pair) for pair in pairs]
    return replace(metric, test="exact McNemar", p=mcnemar(changes.count(1), changes.count(-1)))


def _prose(pairs: Sequence[Pair]) -> MetricDifference:
    without = [pair for pair in pairs if not pair.one.utterance.latex]
    return _metric("no formula said, none written", without, *_shares(without, _is_left_alone))


def _heard(pairs: Sequence[Pair]) -> MetricDifference:
    """A failed attempt lost every word of its reference."""
    metric = _metric("word error rate", pairs, *_word_counts(pairs))
    return replace(metric, is_better_high=False)


def _shares(
    pairs: Sequence[Pair], is_right: Callable[[UtteranceScore], bool]
) -> tuple[Counts, Counts]:
    ones = [1] * len(pairs)
    return (
        Counts([int(is_right(pair.one.score)) for pair in pairs], ones),
        Counts([int(is_right(pair.other.score)) for pair in pairs], ones),
    )


def _word_counts(pairs: Sequence[Pair]) -> tuple[Counts, Counts]:
    lengths = [pair.one.score.n_reference_words for pair in pairs]
    return (
        Counts([_n_errors(pair.one.score) for pair in pairs], lengths),
        Counts([_n_errors(pair.other.score) for pair in pairs], lengths),
    )


def _n_errors(score: UtteranceScore) -> int:
    return score.words.n_errors if score.words else score.n_reference_words


def _metric(name: str, pairs: Sequence[Pair], one: Counts, other: Counts) -> MetricDifference:
    clusters = _clusters(pairs)
    difference = paired_difference(one, other, clusters.names)
    test = f"bootstrap clustered by {clusters.kind}"
    return MetricDifference(name, difference, True, test, difference.p)


def _adjusted(metrics: Sequence[MetricDifference]) -> list[MetricDifference]:
    tested = [metric for metric in metrics if metric.p is not None]
    adjusted = holm([metric.p or 0.0 for metric in tested])
    by_name = {metric.name: p for metric, p in zip(tested, adjusted, strict=True)}
    return [replace(metric, p=by_name.get(metric.name)) for metric in metrics]
