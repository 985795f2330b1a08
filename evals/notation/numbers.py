"""Digits that belong to one number."""

from collections.abc import Sequence

from evals.notation.symbols import CLOSING, OPENING
from evals.notation.tree import Node

_COMMA = Node("op", ",")


def join_numbers(nodes: Sequence[Node]) -> list[Node]:
    """`1,000` and `1\\,000` as one number, like `1{,}000`; lists and what stands in brackets stay apart.

    `(1,000)` may be a point, and `1,20` a list: only groups of three digits outside
    brackets are joined.
    """
    if sum(node.kind == "num" for node in nodes) < 2:
        return list(nodes)
    joined: list[Node] = []
    depth = index = 0
    while index < len(nodes):
        node = nodes[index]
        depth += _bracket_step(node)
        end = _end_of_number(nodes, index) if depth == 0 and node.kind == "num" else index + 1
        text = ",".join(part.text for part in nodes[index:end] if part != _COMMA)
        joined.append(node if end == index + 1 else Node("num", text))
        index = end
    return joined


def _bracket_step(node: Node) -> int:
    if node.kind == "op":
        return (node.text in OPENING) - (node.text in CLOSING)
    if node.kind == "scripts":
        return -(node.children[0].text in CLOSING)
    return 0


def without_grouping(number: str) -> str:
    """`1,000` as `1000`; a decimal comma, as in `3,14`, stays."""
    first, *groups = number.partition(".")[0].split(",")
    grouped = 1 <= len(first) <= 3 and all(len(group) == 3 for group in groups)
    return number.replace(",", "") if grouped else number


def _end_of_number(nodes: Sequence[Node], start: int) -> int:
    """Where the groups of three digits end, if this is one number; else `start + 1`."""
    first = nodes[start].text
    within_list = start >= 2 and nodes[start - 1] == _COMMA and nodes[start - 2].kind == "num"
    if within_list or not (first.isdigit() and len(first) <= 3 and first[0] != "0"):
        return start + 1
    end = start + 1
    while (group := _next_group(nodes, end)) is not None:
        whole, _, decimals = nodes[group].text.partition(".")
        if len(whole) != 3 or not whole.isdigit():
            return start + 1
        end = group + 1
        if decimals:
            break
    return end


def _next_group(nodes: Sequence[Node], end: int) -> int | None:
    """The number after a comma or a thin space (which is gone by now)."""
    if end < len(nodes) and nodes[end].kind == "num":
        return end
    if end + 1 < len(nodes) and nodes[end] == _COMMA and nodes[end + 1].kind == "num":
        return end + 1
    return None
