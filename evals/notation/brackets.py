"""Which bracket belongs to which, in a row that KaTeX left flat."""

from collections.abc import Callable

from evals.notation.symbols import CLOSING, OPENING
from evals.notation.tree import Node

_BARS = ("|", "‖")


def group_brackets(nodes: list[Node], inside: Callable[[list[Node]], list[Node]]) -> list[Node]:
    """Matched brackets as `group` nodes (`text` is the pair), scripts of the closing one on them.

    `[0,1)` is a pair too; a bracket without partner stays. `inside` rewrites a group's row.
    """
    open_rows: list[list[Node]] = [[]]
    for node in nodes:
        closing = _closing_of(node)
        if node.kind == "op" and node.text in OPENING:
            open_rows.append([node])
        elif closing and len(open_rows) > 1 and _may_close(open_rows[-1][0].text, closing):
            opening, *content = open_rows.pop()
            group = _group(opening.text + closing, inside(_group_bars(content, inside)))
            open_rows[-1].append(_with_scripts_of(node, group))
        else:
            open_rows[-1].append(node)
    flat = [node for unclosed in open_rows for node in unclosed]
    return _group_bars(flat, inside)


def _closing_of(node: Node) -> str:
    """The closing bracket that this node is or carries its scripts on; else nothing."""
    core = node.children[0] if node.kind == "scripts" else node
    return core.text if core.kind == "op" and core.text in CLOSING else ""


def _may_close(opening: str, closing: str) -> bool:
    return OPENING[opening] == closing or (opening in "([" and closing in ")]")


def _with_scripts_of(closing: Node, group: Node) -> Node:
    if closing.kind != "scripts":
        return group
    return Node("scripts", closing.text, (group, *closing.children[1:]))


def _group(pair: str, content: list[Node]) -> Node:
    if pair in ("()", "[]") and len(content) == 1 and content[0].kind == "table":
        pair = "matrix"
    return Node("group", pair, tuple(content))


def _group_bars(nodes: list[Node], inside: Callable[[list[Node]], list[Node]]) -> list[Node]:
    """`|x|` as a group, where the bars of a row pair up one after the other."""
    places = [index for index, node in enumerate(nodes) if _bar_of(node)]
    pairs = list(zip(places[::2], places[1::2], strict=False))
    if len(places) % 2 or any(end - start < 2 for start, end in pairs):
        return nodes
    if any(nodes[start].kind == "scripts" for start, _ in pairs):
        return nodes
    grouped: list[Node] = []
    done = 0
    for start, end in pairs:
        bar = _bar_of(nodes[end])
        group = Node("group", bar * 2, tuple(inside(nodes[start + 1 : end])))
        grouped += [*nodes[done:start], _with_scripts_of(nodes[end], group)]
        done = end + 1
    return grouped + nodes[done:]


def _bar_of(node: Node) -> str:
    core = node.children[0] if node.kind == "scripts" else node
    return core.text if core.kind == "op" and core.text in _BARS else ""
