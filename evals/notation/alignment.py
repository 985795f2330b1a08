"""Which predicted formula answers which: in order, the likest together."""

from collections.abc import Sequence
from typing import NamedTuple


class Aligned(NamedTuple):
    """A reference formula beside the prediction that answers it, by their places."""

    reference: int
    prediction: int


def align(similarities: Sequence[Sequence[float]]) -> list[Aligned]:
    """The monotone pairs of the highest sum; formulas with nothing in common stay alone.

    `similarities[i][j]` is that of reference i and prediction j.
    """
    n_columns = len(similarities[0]) if similarities else 0
    best = [[0.0] * (n_columns + 1)]
    for row in similarities:
        above, line = best[-1], [0.0]
        for j, alike in enumerate(row):
            line.append(max(above[j] + alike, above[j + 1], line[j]))
        best.append(line)
    return _traced(best, similarities)


def _traced(best: list[list[float]], similarities: Sequence[Sequence[float]]) -> list[Aligned]:
    pairs: list[Aligned] = []
    i, j = len(best) - 1, len(best[0]) - 1
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append(Aligned(i, j))
    return pairs[::-1]
