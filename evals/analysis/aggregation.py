"""A measure over the scores of a run."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from evals.analysis.figures import Figure
from evals.analysis.measure import (
    Aggregation,
    Count,
    InformationLost,
    Mean,
    Quantile,
    Ratio,
    Share,
)
from evals.analysis.statistics import information_lost, ratio, share
from evals.scoring.utterance import UtteranceScore

Value = TypeVar("Value")


def aggregate(
    how: Aggregation, scores: Sequence[UtteranceScore], clusters: Sequence[str], seed: int
) -> Figure:
    """The figure over the attempts that are not left out; `clusters` has an entry a score."""
    match how:
        case Share(of):
            return share(*_known(of, scores, clusters), seed)
        case Mean(of):
            values, names = _known(of, scores, clusters)
            return ratio(values, [1] * len(values), names, seed)
        case Ratio(of):
            parts, names = _known(of, scores, clusters)
            return ratio([above for above, _ in parts], [below for _, below in parts], names, seed)
        case InformationLost(of):
            counts, names = _known(of, scores, clusters)
            hits, said, heard = ([each[place] for each in counts] for place in range(3))
            return information_lost(hits, said, heard, names, seed)
        case Quantile(of, at):
            values, _ = _known(of, scores, clusters)
            return float(np.quantile(values, at)) if values else None
        case Count(of):
            return sum(map(bool, map(of, scores)))


def _known(
    of: Callable[[UtteranceScore], Value | None],
    scores: Sequence[UtteranceScore],
    clusters: Sequence[str],
) -> tuple[list[Value], list[str]]:
    found = [
        (value, cluster)
        for score, cluster in zip(scores, clusters, strict=True)
        if (value := of(score)) is not None
    ]
    return [value for value, _ in found], [cluster for _, cluster in found]
