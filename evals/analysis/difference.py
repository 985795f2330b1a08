"""One measure of two runs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.analysis.measure import Measure, Part
from evals.analysis.pairing import Pair
from evals.analysis.statistics import (
    Clusters,
    Counts,
    RateDifference,
    clusters_of,
    holm,
    paired_difference,
)

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class MetricDifference:
    """One measure in both runs; `is_better_high` says which way is good, None: neither.

    `p` is adjusted for the measures that are looked at together (Holm); `test` says where it
    comes from. A difference in points is kept as a share.
    """

    name: str
    measure: Measure
    difference: RateDifference
    test: str
    p: float | None

    @property
    def is_better_high(self) -> bool | None:
        """Which way is good; None where neither is."""
        return self.measure.is_better_high

    @property
    def unit(self) -> str:
        """What the difference is counted in: `points` for shares."""
        return "points" if self.measure.unit == "%" else self.measure.unit

    @property
    def gain(self) -> float | None:
        """The difference, positive where the second run is better; None where neither is."""
        value = self.difference.value
        if value is None or self.is_better_high is None:
            return None
        return value if self.is_better_high else -value

    @property
    def is_decisive(self) -> bool:
        """Whether chance is an unlikely explanation."""
        return self.p is not None and self.p < SIGNIFICANT

    def told(self) -> str:
        """`+7.5 points [-0.4, +15.0]`."""
        value, low, high = self.difference.value, self.difference.low, self.difference.high
        if value is None:
            return "no data"
        if low is None or high is None:
            return f"{self._number(value)} {self.unit}"
        return f"{self._number(value)} {self.unit} [{self._number(low)}, {self._number(high)}]"

    def _number(self, value: float) -> str:
        return f"{100 * value:+.1f}" if self.unit == "points" else f"{value:+.2f}"


def metric(
    name: str, measure: Measure, pairs: Sequence[Pair], parts: Sequence[tuple[Part, Part]]
) -> MetricDifference:
    """The second run's rate less the first's; `parts` are what each pair adds to either."""
    clusters = pair_clusters(pairs)
    one = Counts([above for (above, _), _ in parts], [below for (_, below), _ in parts])
    other = Counts([above for _, (above, _) in parts], [below for _, (_, below) in parts])
    difference = paired_difference(one, other, clusters.names)
    test = f"bootstrap clustered by {clusters.kind}"
    return MetricDifference(name, measure, difference, test, difference.p)


def pair_clusters(pairs: Sequence[Pair]) -> Clusters:
    """What pairs are resampled by."""
    utterances = [pair.one.utterance for pair in pairs]
    return clusters_of(
        [utterance.phrase_id for utterance in utterances],
        [utterance.tags.get("speaker", "") for utterance in utterances],
    )


def adjusted(metrics: Sequence[MetricDifference]) -> tuple[MetricDifference, ...]:
    """Each p adjusted for all of these measures."""
    tested = [each for each in metrics if each.p is not None]
    p_values = holm([each.p or 0.0 for each in tested])
    by_name = {each.name: p for each, p in zip(tested, p_values, strict=True)}
    return tuple(replace(each, p=by_name.get(each.name)) for each in metrics)
