"""The smallest place at which two trees part."""

from dataclasses import dataclass

from evals.notation.tree import Node, members

Nodes = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where two trees differ: the siblings of either that the other lacks.

    `within` are the pairs of larger and larger parts around it, innermost first, each with
    the place among its children at which the difference lies.
    """

    said: Nodes
    written: Nodes
    within: tuple[tuple[Node, Node, int], ...]


def narrow(said: Node, written: Node) -> Place:
    """Follow both trees down for as long as all of their difference lies in one child."""
    within: list[tuple[Node, Node, int]] = []
    while (step := _only_difference(said, written)) is not None:
        within.insert(0, (said, written, step))
        said, written = said.children[step], written.children[step]
    one, other = _without_common_ends(members(said), members(written))
    if len(one) == len(other) == 1 and (said, written) != (one[0], other[0]):
        deeper = narrow(one[0], other[0])
        return Place(deeper.said, deeper.written, (*deeper.within, *within))
    return Place(one, other, tuple(within))


def _only_difference(said: Node, written: Node) -> int | None:
    if said[:2] != written[:2] or len(said.children) != len(written.children):
        return None
    pairs = zip(said.children, written.children, strict=True)
    differing = [index for index, (one, other) in enumerate(pairs) if one != other]
    return differing[0] if len(differing) == 1 else None


def _without_common_ends(said: Nodes, written: Nodes) -> tuple[Nodes, Nodes]:
    start = 0
    while start < min(len(said), len(written)) and said[start] == written[start]:
        start += 1
    end = 0
    while end < min(len(said), len(written)) - start and said[-1 - end] == written[-1 - end]:
        end += 1
    return said[start : len(said) - end], written[start : len(written) - end]
