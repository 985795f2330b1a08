"""One reading beside one turn: which formula answers which, and how alike they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from evals.notation.alignment import Aligned, align
from evals.notation.canonical import Canonical, Trees
from evals.notation.edit_distance import flatten
from evals.notation.several import Said, said_apart, same_said
from evals.notation.similarity import similarity
from evals.notation.written import Written

FEW_PAIRS = 9  # of formulas, however large
MAX_NODE_PAIRS = 1_000_000  # of one side's formulas with the other's: two hundred long ones


@dataclass(frozen=True, slots=True)
class Comparison:
    """`n_exact` of the pairs are equal in the spoken tier; `similarity` is the mean over the
    longer side, what is missing, added or unreadable counting as 0.
    """

    reading: Sequence[Written]
    predicted: Sequence[Written]
    pairs: tuple[Aligned, ...]
    n_exact: int
    similarity: float

    @property
    def is_exact(self) -> bool:
        """Whether every formula is there, right, and none besides."""
        return self.n_exact == max(len(self.reading), len(self.predicted))


def compare(reading: Sequence[Written], predicted: Sequence[Written], trees: Trees) -> Comparison:
    """Align the formulas of both sides, in order, the likest together.

    Where both sides are so large that it would take minutes, formulas are alike only if equal.
    """
    is_near_counted = (
        len(reading) * len(predicted) <= FEW_PAIRS
        or _n_nodes(reading, trees) * _n_nodes(predicted, trees) <= MAX_NODE_PAIRS
    )
    likeness = [
        [_likeness(trees[one.latex], trees[other.latex], is_near_counted) for other in predicted]
        for one in reading
    ]
    pairs = align(likeness) if predicted else []
    alike = [likeness[i][j] for i, j in pairs]
    longer = max(len(reading), len(predicted))
    return Comparison(reading, predicted, tuple(pairs), alike.count(1.0), sum(alike) / longer)


def _n_nodes(formulas: Sequence[Written], trees: Trees) -> int:
    return sum(len(flatten(tree.spoken[0]).labels) for tree in _readable(formulas, trees))


def _likeness(one: object, other: object, is_near_counted: bool) -> float:
    if not isinstance(one, Canonical) or not isinstance(other, Canonical):
        return 0.0
    if one.strict == other.strict or one.spoken_keys & other.spoken_keys:
        return 1.0
    if not is_near_counted:
        return 0.0
    return max(similarity(a, b) for a, b in zip(one.spoken, other.spoken, strict=False))


def same_however_cut(
    reading: Sequence[Written], predicted: Sequence[Written], trees: Trees
) -> bool:
    """Equal in what is said, though the two sides cut it into strings differently."""
    left, right = _readable(reading, trees), _readable(predicted, trees)
    if len(left) == len(right):
        return False
    return any(
        same_said(_said(reading, left, i), _said(predicted, right, j))
        for i, j in product(range(_most_forms(left)), range(_most_forms(right)))
    )


def _readable(formulas: Sequence[Written], trees: Trees) -> list[Canonical]:
    found = (trees[formula.latex] for formula in formulas)
    return [tree for tree in found if isinstance(tree, Canonical)]


def _most_forms(trees: list[Canonical]) -> int:
    return max(len(tree.spoken) for tree in trees)


def _said(written: Sequence[Written], trees: list[Canonical], form: int) -> list[Said]:
    return [
        said
        for formula, tree in zip(written, trees, strict=True)
        for said in said_apart(tree.spoken[min(form, len(tree.spoken) - 1)], formula.link)
    ]
