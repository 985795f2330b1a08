"""How many edits turn one canonical tree into another."""

from dataclasses import dataclass

from evals.notation.tree import Node

MAX_NODE_PAIRS = 40_000
MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class FlatTree:
    """A tree in post-order.

    `leftmost[i]` is the first leaf below node i, `keyroots` the nodes that are the root or
    have a left sibling, both as Zhang and Shasha define them.
    """

    labels: tuple[tuple[str, str], ...]
    leftmost: tuple[int, ...]
    keyroots: tuple[int, ...]
    depth: int


def flatten(root: Node) -> FlatTree:
    """The tree as flat arrays, without recursion."""
    labels: list[tuple[str, str]] = []
    leftmost: list[int] = []
    depth = 0
    stack: list[tuple[Node, int]] = [(root, -1)]  # a second visit carries the first leaf's place
    open_nodes = 0
    while stack:
        node, first_leaf = stack.pop()
        if first_leaf >= 0:
            open_nodes -= 1
        elif node.children:
            open_nodes += 1
            depth = max(depth, open_nodes)
            stack.append((node, len(labels)))
            stack.extend((child, -1) for child in reversed(node.children))
            continue
        labels.append((node.kind, node.text))
        leftmost.append(first_leaf if first_leaf >= 0 else len(leftmost))
    last_with = {first: index for index, first in enumerate(leftmost)}
    return FlatTree(tuple(labels), tuple(leftmost), tuple(sorted(last_with.values())), depth)


def tree_distance(one: FlatTree, other: FlatTree) -> int | None:
    """Nodes to insert, delete or rename at least; None where that would take too long.

    Source: Zhang and Shasha, "Simple fast algorithms for the editing distance between trees
    and related problems", SIAM J. Comput. 18 (1989).
    """
    if len(one.labels) * len(other.labels) > MAX_NODE_PAIRS:
        return None
    if max(one.depth, other.depth) > MAX_DEPTH:
        return None
    if one.leftmost == other.leftmost:
        renamed = sum(a != b for a, b in zip(one.labels, other.labels, strict=True))
        if renamed <= 1:
            return renamed
    distances = [[0] * len(other.labels) for _ in one.labels]
    for i in one.keyroots:
        for j in other.keyroots:
            _fill(one, other, i, j, distances)
    return distances[-1][-1]


def _fill(one: FlatTree, other: FlatTree, i: int, j: int, distances: list[list[int]]) -> None:
    """The distances of all subtrees whose leftmost leaf is that of keyroots i and j."""
    left, right = one.leftmost, other.leftmost
    first, second = left[i], right[j]
    above = list(range(j - second + 2))
    forests = [above]
    for x in range(first, i + 1):
        row = [x - first + 1]
        label, known, whole = one.labels[x], distances[x], left[x] == first
        before = forests[left[x] - first]
        for y in range(second, j + 1):
            k = y - second
            is_whole = whole and right[y] == second
            if is_whole:
                cost = above[k] + (label != other.labels[y])
            else:
                cost = before[right[y] - second] + known[y]
            if above[k + 1] < cost:  # twice as fast as min() where most of the time goes
                cost = above[k + 1] + 1
            if row[k] < cost:
                cost = row[k] + 1
            if is_whole:
                known[y] = cost
            row.append(cost)
        forests.append(row)
        above = row
