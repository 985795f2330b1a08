"""Rates that never stand alone: value, 95 % interval and how many utterances."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

N_RESAMPLES = 2000
CONFIDENCE = 0.95
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
    numerators: Sequence[int], denominators: Sequence[int], clusters: Sequence[str], seed: int = 0
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
    if len(units) < 2:
        return Rate(value, None, None, len(denominators))
    resampled = _resampled_ratios(errors, units, np.random.default_rng(seed))
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(resampled, (tail, 1 - tail))
    return Rate(value, float(low), float(high), len(denominators))


def _sums_by_cluster(
    numerators: Sequence[int], denominators: Sequence[int], clusters: Sequence[str]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    _, index = np.unique(np.asarray(clusters, dtype=str), return_inverse=True)
    sums = (np.bincount(index, weights=weights) for weights in (numerators, denominators))
    errors, units = (each.astype(np.float64) for each in sums)
    return errors, units


def _resampled_ratios(
    errors: NDArray[np.float64], units: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    n_clusters = len(units)
    block = max(1, min(N_RESAMPLES, _CELLS_PER_BLOCK // n_clusters))
    ratios = []
    for start in range(0, N_RESAMPLES, block):
        size = min(block, N_RESAMPLES - start)
        drawn = rng.integers(n_clusters, size=(size, n_clusters))
        drawn_units = units[drawn].sum(axis=1)
        drawn_errors = errors[drawn].sum(axis=1)
        ratios.append(drawn_errors[drawn_units > 0] / drawn_units[drawn_units > 0])
    return np.concatenate(ratios)
