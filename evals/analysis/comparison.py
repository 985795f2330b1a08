"""Whether one run is better than another, and how sure that is."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from evals.analysis.difference import MetricDifference, adjusted, metric, pair_clusters
from evals.analysis.measure import Among, Compared, Measure, Part
from evals.analysis.measures import LEADING, WER
from evals.analysis.pairing import Pair, pair_up
from evals.analysis.scored_run import ScoredRun
from evals.analysis.statistics import RateDifference, mcnemar
from evals.scoring.normalisers import OTHERS, OURS, WordCount, normaliser_name
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
    """Compare by utterance and by the measures of the first run.

    A failed attempt counts as all wrong in the run that failed; answers are compared where
    both runs gave one. Raises RunError as `pair_up`.
    """
    pairs = pair_up(one, other, only_shared=only_shared)
    formulas = [pair for pair in pairs if _is_scored(pair)]
    metrics = _differences(pairs, (each for each in one.measures if each.group != "answers"))
    return RunComparison(
        one,
        other,
        metrics,
        _differences(pairs, (each for each in one.measures if each.group == "answers")),
        tuple(_by_normaliser(pairs, metrics)),
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


def _has_no_formula(pair: Pair) -> bool:
    return not pair.one.utterance.latex


def _change(pair: Pair) -> int:
    return int(pair.other.score.is_understood) - int(pair.one.score.is_understood)


_PAIRS: Mapping[Among, Callable[[Pair], bool]] = MappingProxyType(
    {
        Among.FORMULA_SAID: _is_scored,
        Among.NO_FORMULA_SAID: _has_no_formula,
        Among.ALL_PAIRS: lambda _: True,
        Among.BOTH_KNOWN: lambda _: True,
    }
)


def _differences(
    pairs: Sequence[Pair], measures: Iterable[Measure]
) -> tuple[MetricDifference, ...]:
    """The leading measure first."""
    ordered = sorted(measures, key=lambda measure: measure.key != LEADING)
    return adjusted([found for each in ordered for found in _difference(pairs, each)])


def _difference(pairs: Sequence[Pair], measure: Measure) -> Iterator[MetricDifference]:
    """None of a measure that is not compared, or known of no pair."""
    compared = measure.compared
    if compared is None:
        return
    among = list(filter(_PAIRS[compared.among], pairs))
    part = _part(measure, compared)
    sides = [(part(pair.one.score), part(pair.other.score)) for pair in among]
    known = [
        (pair, (one, other))
        for pair, (one, other) in zip(among, sides, strict=True)
        if one is not None and other is not None
    ]
    found = metric(
        compared.name, measure, [pair for pair, _ in known], [parts for _, parts in known]
    )
    if compared.among is not Among.BOTH_KNOWN or found.difference.value is not None:
        yield _by_mcnemar(found, among) if measure.key == LEADING else found


def _part(measure: Measure, compared: Compared) -> Callable[[UtteranceScore], Part | None]:
    """What an attempt adds to a run's rate; as all wrong where it has no value, if that counts."""
    part = measure.part_of()
    if compared.among is Among.BOTH_KNOWN:
        return part
    return lambda score: part(score) or compared.all_wrong(score)


def _by_mcnemar(found: MetricDifference, pairs: Sequence[Pair]) -> MetricDifference:
    """McNemar where every pair is a cluster of its own, otherwise the clustered bootstrap."""
    if not pairs or len(set(pair_clusters(pairs).names)) < len(pairs):
        return found
    changes = [_change(pair) for pair in pairs]
    return replace(found, test="exact McNemar", p=mcnemar(changes.count(1), changes.count(-1)))


def _by_normaliser(
    pairs: Sequence[Pair], metrics: Iterable[MetricDifference]
) -> Iterator[MetricDifference]:
    """The word error rate under ours and under others, each p for itself."""
    ours = next(each for each in metrics if each.measure.key == WER)
    yield replace(ours, name=OURS, p=ours.difference.p)
    for name in OTHERS:
        parts = [
            (
                _word_part(pair.one.score.other_words[name]),
                _word_part(pair.other.score.other_words[name]),
            )
            for pair in pairs
        ]
        yield metric(name, ours.measure, pairs, parts)


def _word_part(count: WordCount) -> Part:
    return count.n_errors, count.n_reference_words
