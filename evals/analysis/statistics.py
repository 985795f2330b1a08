"""Rates that never stand alone: value, 95 % interval and how many utterances."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import le
from statistics import NormalDist
from typing import Literal

import numpy as np
from numpy.typing import NDArray

N_RESAMPLES = 2000
CONFIDENCE = 0.95
_NORMAL = NormalDist()
_Z = _NORMAL.inv_cdf((1 + CONFIDENCE) / 2)
MIN_SPEAKERS = 10  # fewer are too few clusters for an interval
_CELLS_PER_BLOCK = 4_000_000  # bounds a block of drawn clusters to 32 MB


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate over `n` utterances with its 95 % interval.

    `value` is None when nothing was counted; `low` and `high` are None when fewer than two
    clusters were seen, because one cluster says nothing about spread.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int


NO_DATA = Rate(None, None, None, 0)


@dataclass(frozen=True, slots=True)
class RateDifference:
    """One rate less another over the same `n` utterances, with its 95 % interval.

    `p` is two-sided, of the same standard error. All three are None with fewer than two
    clusters or nothing counted.
    """

    value: float | None
    low: float | None
    high: float | None
    p: float | None
    n: int


def share(outcomes: Sequence[bool], clusters: Sequence[str], seed: int = 0) -> Rate:
    """The share of true outcomes, resampling whole clusters (all takes of one phrase).

    Where every outcome is the same a bootstrap sees no spread at all; there the bound is
    Clopper and Pearson's for as many independent trials as there are clusters.
    """
    rate = ratio([int(outcome) for outcome in outcomes], [1] * len(outcomes), clusters, seed)
    if rate.value not in (0.0, 1.0) or rate.low is None:
        return rate
    bound: float = ((1 - CONFIDENCE) / 2) ** (1 / len(set(clusters)))
    if rate.value == 1.0:
        return Rate(1.0, bound, 1.0, rate.n)
    return Rate(0.0, 0.0, 1.0 - bound, rate.n)


def ratio(
    numerators: Sequence[float], denominators: Sequence[int], clusters: Sequence[str], seed: int = 0
) -> Rate:
    """Sum over sum, as in corpus WER, with a percentile bootstrap over clusters.

    The three sequences hold one entry per utterance. Resamples whose denominators sum to
    zero are left out; a zero denominator overall is no data.
    Source: Bisani and Ney, "Bootstrap estimates for confidence intervals in ASR
    performance evaluation", ICASSP 2004, with phrases as the unit of resampling.
    """
    if not sum(denominators):
        return NO_DATA
    value = sum(numerators) / sum(denominators)
    errors, units = _sums_by_cluster(numerators, denominators, clusters)
    resampled = _resampled_ratios(errors, units, seed) if len(units) > 1 else None
    return _with_interval(value, resampled, len(denominators))


def information_lost(
    hits: Sequence[int],
    reference_lengths: Sequence[int],
    heard_lengths: Sequence[int],
    clusters: Sequence[str],
    seed: int = 0,
) -> Rate:
    """Word information lost: 1 less the product of the hits' shares in both texts.

    Source: Morris, Maier and Green, "From WER and RIL to MER and WIL", Interspeech 2004.
    """
    if not sum(reference_lengths) or not sum(heard_lengths):
        return NO_DATA
    value = 1 - sum(hits) ** 2 / (sum(reference_lengths) * sum(heard_lengths))
    found, said = _sums_by_cluster(hits, reference_lengths, clusters)
    _, heard = _sums_by_cluster(hits, heard_lengths, clusters)
    resampled = None
    if len(said) > 1:
        recall = _resampled_ratios(found, said, seed)
        precision = _resampled_ratios(found, heard, seed)
        size = min(len(recall), len(precision))
        resampled = 1 - recall[:size] * precision[:size]
    return _with_interval(value, resampled, len(hits))


def _with_interval(value: float, resampled: NDArray[np.float64] | None, n: int) -> Rate:
    if resampled is None:
        return Rate(value, None, None, n)
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(resampled, (tail, 1 - tail))
    return Rate(value, float(low), float(high), n)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a rate is made of, one entry an utterance: `numerators` over `denominators`."""

    numerators: Sequence[float]
    denominators: Sequence[int]


def paired_difference(
    one: Counts, other: Counts, clusters: Sequence[str], seed: int = 0
) -> RateDifference:
    """The second rate less the first, both over the same utterances in the same order.

    Whole clusters are resampled for both rates at once, which gives the standard error of the
    difference; interval and p are Student's with it, on one freedom less than clusters. With
    20 phrases percentiles called equal runs different in 6 to 7 % instead of 5.
    Source: Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 12.
    """
    n = len(clusters)
    if not sum(one.denominators) or not sum(other.denominators):
        return RateDifference(None, None, None, None, n)
    value = _ratio(other) - _ratio(one)
    sums = [_sums_by_cluster(c.numerators, c.denominators, clusters) for c in (one, other)]
    n_clusters = len(sums[0][0])
    if n_clusters < 2:
        return RateDifference(value, None, None, None, n)
    first, second = (_resampled_ratios(*each, seed) for each in sums)
    size = min(len(first), len(second))
    narrowed = float(np.std(second[:size] - first[:size]))
    error = narrowed * math.sqrt(n_clusters / (n_clusters - 1))
    half_width = error * _student_of_normal(_Z, n_clusters - 1)
    most = 1.0 if _are_shares(one) and _are_shares(other) else math.inf
    low, high = max(-most, value - half_width), min(most, value + half_width)
    return RateDifference(value, low, high, _p_value(value, error, n_clusters), n)


def _are_shares(counts: Counts) -> bool:
    return all(map(le, counts.numerators, counts.denominators))


def _ratio(counts: Counts) -> float:
    return float(sum(counts.numerators) / sum(counts.denominators))


def _p_value(value: float, error: float, n_clusters: int) -> float:
    """Two-sided; no surer than one resample, or than all clusters falling one way by chance."""
    if not value:
        return 1.0
    z = _normal_of_student(abs(value) / error, n_clusters - 1) if error else math.inf
    return max(2 * (1 - _NORMAL.cdf(z)), 2.0 ** (1 - n_clusters), 1 / N_RESAMPLES)


def _normal_of_student(t: float, freedom: int) -> float:
    """The normal deviate as far out as this Student's t, to 0.02.

    Source: Wallace, "Bounds on normal approximations to Student's and the chi-square
    distributions", Ann. Math. Statist. 30 (1959).
    """
    return (8 * freedom + 1) / (8 * freedom + 3) * math.sqrt(freedom * math.log1p(t**2 / freedom))


def _student_of_normal(z: float, freedom: int) -> float:
    """The other way round."""
    scaled = z * (8 * freedom + 3) / (8 * freedom + 1)
    return math.sqrt(freedom * math.expm1(scaled**2 / freedom))


def mcnemar(n_won: int, n_lost: int) -> float:
    """The exact two-sided p of a fair coin falling so unevenly; 1 where nothing differs.

    Source: McNemar 1947, with the binomial distribution instead of its approximation.
    """
    n = n_won + n_lost
    tail: float = sum(math.comb(n, k) for k in range(min(n_won, n_lost) + 1)) / 2**n
    return min(1.0, 2 * tail)


def holm(p_values: Sequence[float]) -> list[float]:
    """Each p adjusted for all of them being looked at (Holm 1979), in their order."""
    adjusted = [0.0] * len(p_values)
    highest = 0.0
    for rank, index in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[index]))
        adjusted[index] = highest
    return adjusted


@dataclass(frozen=True, slots=True)
class Clusters:
    """What is resampled: the kind, and each utterance's cluster by name."""

    kind: Literal["phrase", "speaker"]
    names: Sequence[str]


def clusters_of(phrases: Sequence[str], speakers: Sequence[str]) -> Clusters:
    """Phrases; speakers from ten speakers on.

    Utterances of one phrase, or of one speaker, are not independent: resampling them one by
    one gave intervals that covered 84 % where they promise 95.
    """
    if len(set(speakers)) >= MIN_SPEAKERS and all(speakers):
        return Clusters("speaker", speakers)
    return Clusters("phrase", phrases)


def _sums_by_cluster(
    numerators: Sequence[float], denominators: Sequence[int], clusters: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    _, index = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    sums = (np.bincount(index, weights=weights) for weights in (numerators, denominators))
    errors, units = (each.astype(np.float64) for each in sums)
    return errors, units


def _resampled_ratios(
    errors: NDArray[np.float64], units: NDArray[np.float64], seed: int
) -> NDArray[np.float64]:
    """One ratio a resample; the same clusters are drawn for the same seed."""
    sums = np.stack((errors, units), axis=1)
    ratios = []
    for times_drawn in _times_drawn(len(units), seed):
        drawn_errors, drawn_units = (times_drawn.astype(np.float64) @ sums).T
        ratios.append(drawn_errors[drawn_units > 0] / drawn_units[drawn_units > 0])
    return np.concatenate(ratios)


@lru_cache(maxsize=4)  # a run's rates are over the same few numbers of clusters: 5 times faster
def _times_drawn(n_clusters: int, seed: int) -> tuple[NDArray[np.uint8], ...]:
    """How often each resample drew each cluster, in blocks of shape (resamples, clusters).

    Never more than 255 times: of n clusters no one is drawn more than n times, and among
    thousands hardly ten.
    """
    rng = np.random.default_rng(seed)
    block = max(1, min(N_RESAMPLES, _CELLS_PER_BLOCK // n_clusters))
    blocks = []
    for start in range(0, N_RESAMPLES, block):
        size = min(block, N_RESAMPLES - start)
        drawn = rng.integers(n_clusters, size=(size, n_clusters))
        places = (drawn + n_clusters * np.arange(size)[:, None]).ravel()
        counts = np.bincount(places, minlength=size * n_clusters)
        blocks.append(counts.reshape(size, n_clusters).astype(np.uint8))
    return tuple(blocks)
