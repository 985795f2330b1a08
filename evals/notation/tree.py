"""The canonical tree: what two spellings of one formula have in common."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar, cast

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
    children_of: Callable[[Source], Iterable[Source]],
    build: Callable[[Source, list[Built]], Built],
) -> Built:
    """Build bottom-up without recursion: a formula may nest deeper than Python's stack."""
    order = [root]
    starts: list[int] = []  # where each node's children begin in `order`; they end at the next's
    for node in order:
        starts.append(len(order))
        order.extend(children_of(node))
    end = len(order)
    built = cast("list[Built]", [None] * end)
    for index in range(end - 1, -1, -1):
        start = starts[index]
        built[index] = build(order[index], built[start:end])
        end = start
    return built[0]


def walk(root: Node) -> list[Node]:
    """Every node, parents before their children."""
    nodes: list[Node] = []
    stack = [root]
    while stack:
        node = stack.pop()
        nodes.append(node)
        if node.children:
            stack.extend(node.children[::-1])
    return nodes


def tree_key(root: Node) -> TreeKey:
    """The tree written flat, equal exactly for equal trees and comparable at any depth."""
    return tuple([(kind, text, len(children)) for kind, text, children in walk(root)])
