"""The canonical tree: what two spellings of one formula have in common."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

Source = TypeVar("Source")
Built = TypeVar("Built")


class Node(NamedTuple):
    """One part of a formula.

    Kinds: `row` (siblings), `id` (one letter, "bold:v" with a font), `num`, `op`, `word`
    (function names and prose), `frac`, `sqrt`, `root` (radicand, index), `scripts` (base,
    subscript, superscript; `text` is the number of primes), `accent` (base; `text` the
    mark), `table` > `tr` > cells, `enclose`, and in the spoken tier `group` (bracketed).
    """

    kind: str
    text: str = ""
    children: tuple["Node", ...] = ()


EMPTY = Node("row")
TreeKey = tuple[tuple[str, str, int], ...]


def row(nodes: Sequence[Node]) -> Node:
    """Siblings as one node; a single one stands for itself."""
    return nodes[0] if len(nodes) == 1 else Node("row", "", tuple(nodes))


def members(node: Node) -> tuple[Node, ...]:
    """A row's siblings, or the node alone."""
    return node.children if node.kind == "row" else (node,)


def fold(
    root: Source,
    children_of: Callable[[Source], Sequence[Source]],
    build: Callable[[Source, list[Built]], Built],
) -> Built:
    """Build bottom-up without recursion: a formula may nest deeper than Python's stack."""
    order = [root]
    first_child: list[int] = []
    children: list[Sequence[Source]] = []
    for node in order:
        below = children_of(node)
        first_child.append(len(order))
        children.append(below)
        order.extend(below)
    built: list[Built] = []
    for index in range(len(order) - 1, -1, -1):
        # `built` grows from the last node backwards: child c sits at len(order) - 1 - c
        last = len(order) - first_child[index]
        below_built = built[last - len(children[index]) : last]
        built.append(build(order[index], below_built[::-1]))
    return built[-1]


def walk(root: Node) -> list[Node]:
    """Every node, parents before their children."""
    nodes: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        nodes.append(node)
        stack.extend(reversed(node.children))
    return nodes


def tree_key(root: Node) -> TreeKey:
    """The tree written flat, equal exactly for equal trees and comparable at any depth."""
    return tuple((node.kind, node.text, len(node.children)) for node in walk(root))
