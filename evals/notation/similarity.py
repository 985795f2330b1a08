"""How near a wrong formula came."""

from rapidfuzz.distance import Levenshtein

from evals.notation.edit_distance import flatten, tree_distance
from evals.notation.tree import Node, tree_key


def similarity(one: Node, other: Node) -> float:
    """1 for equal trees, 0 for trees that share nothing.

    One minus the tree edit distance over the larger tree's nodes; for trees too large for
    that, over their nodes in order. Insertions and deletions can't outnumber the larger
    tree's nodes by more than the smaller's, so the result is cut off at 0.
    """
    left, right = flatten(one), flatten(other)
    distance = tree_distance(left, right)
    if distance is None:
        return float(Levenshtein.normalized_similarity(tree_key(one), tree_key(other)))
    return max(0.0, 1 - distance / max(len(left.labels), len(right.labels)))
