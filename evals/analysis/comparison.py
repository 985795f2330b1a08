"""Whether one run is better than another, and how sure that is."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from evals.analysis.answer_difference import answer_metrics
from evals.analysis.difference import MetricDifference, adjusted, metric, pair_clusters
from evals.analysis.pairing import Pair, pair_up
from evals.analysis.scored_run import ScoredRun
from evals.analysis.statistics import Counts, RateDifference, mcnemar
from evals.scoring.normalisers import OTHERS, OURS, normaliser_name
from evals.scoring.utterance import UtteranceScore


@dataclass(frozen=True, slots=True)
class RunComparison:
    """The second run against the first; the pairs that changed, by utterance and epoch.

    `metrics` are of what was heard and understood, `answers` of what was answered; p is
    adjusted within each. `by_normaliser` is the word error rate again, under ours and others.
    """

    one: ScoredRun
    other: ScoredRun
    metrics: tuple[MetricDifference, ...]
    answers: tuple[MetricDifference, ...]
    by_normaliser: tuple[MetricDifference, ...]
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

    A failed attempt counts as all wrong in the run that failed; answers are compared where
    both runs gave one. Raises RunError as `pair_up`.
    """
    pairs = pair_up(one, other, only_shared=only_shared)
    formulas = [pair for pair in pairs if _is_scored(pair)]
    metrics = [_understood(formulas), _heard(pairs), _prose(pairs)]
    return RunComparison(
        one,
        other,
        adjusted(metrics),
        adjusted(answer_metrics(pairs)),
        tuple(_heard_under(name, pairs) for name in (OURS, *OTHERS)),
        len(pairs),
        pair_clusters(pairs).kind,
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
    figures = f"p = {understood.p:.2g}; {understood.told()}"
    if understood.is_decisive:
        return f"{lead}; {figures}; decisive."
    return f"{lead}; {figures}; not decisive{_needed(difference)}."


def _needed(difference: RateDifference) -> str:
    """An interval shrinks with the square root of the utterances, if the effect stays."""
    if not difference.value or difference.low is None or difference.high is None:
        return ""
    half_width = (difference.high - difference.low) / 2
    more = difference.n * ((half_width / abs(difference.value)) ** 2 - 1)
    if more <= 0 or more > 100_000:
        return ""
    return f", about {max(10, math.ceil(more / 10) * 10)} more utterances needed"


def normaliser_verdict(compared: RunComparison) -> str:
    """Whether the order of the two runs by word error rate hangs on the normaliser."""
    gains = {each.name: each.gain for each in compared.by_normaliser if each.gain is not None}
    better = [name for name, gain in gains.items() if gain > 0]
    worse = [name for name, gain in gains.items() if gain < 0]
    if not better or not worse:
        return "Which run has fewer word errors does not depend on the normaliser."
    return (
        "Which run has fewer word errors depends on the normaliser: the second by "
        f"{_listed(better)}, the first by {_listed(worse)}."
    )


def _listed(names: Sequence[str]) -> str:
    return " and ".join(map(normaliser_name, names))


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


def _understood(pairs: Sequence[Pair]) -> MetricDifference:
    """McNemar where every pair is a cluster of its own, else the clustered bootstrap."""
    found = metric("formula exact as spoken", pairs, *_shares(pairs, attrgetter("is_understood")))
    if not pairs or len(set(pair_clusters(pairs).names)) < len(pairs):
        return found
    changes = [_change(pair) for pair in pairs]
    return replace(found, test="exact McNemar", p=mcnemar(changes.count(1), changes.count(-1)))


def _prose(pairs: Sequence[Pair]) -> MetricDifference:
    without = [pair for pair in pairs if not pair.one.utterance.latex]
    return metric("no formula said, none written", without, *_shares(without, _is_left_alone))


def _heard(pairs: Sequence[Pair]) -> MetricDifference:
    """A failed attempt lost every word of its reference."""
    return metric("word error rate", pairs, *_word_counts(pairs), is_better_high=False)


def _heard_under(name: str, pairs: Sequence[Pair]) -> MetricDifference:
    if name == OURS:
        return metric(name, pairs, *_word_counts(pairs), is_better_high=False)
    one, other = (
        Counts([count.n_errors for count in side], [count.n_reference_words for count in side])
        for side in (
            [pair.one.score.other_words[name] for pair in pairs],
            [pair.other.score.other_words[name] for pair in pairs],
        )
    )
    return metric(name, pairs, one, other, is_better_high=False)


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
