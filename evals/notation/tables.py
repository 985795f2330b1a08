"""Matrices, cases and aligned lines."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from evals.notation.tree import Node, members, row


def build_row(cells: Sequence[Sequence[Node]]) -> Node:
    """One table row without its empty tail."""
    kept = [row(cell) for cell in cells]
    while kept and not members(kept[-1]):
        kept.pop()
    return Node("tr", "", tuple(kept))


def build_table(element: Element, rows: Sequence[Node], newline: Node) -> tuple[Node, ...]:
    """A table without its empty tail; aligned lines as the lines they are.

    A numbered equation (`\\tag`) is only its equation.
    """
    lines = list(rows)
    while lines and not lines[-1].children:
        lines.pop()
    if element.get("width") == "100%":
        return members(lines[0].children[1])
    if element.get("columnspacing") != "0em" or element.get("columnalign", "")[:5] != "right":
        return (Node("table", "", tuple(lines)),)
    nodes: list[Node] = []
    for line in lines:
        if nodes:
            nodes.append(newline)
        nodes.extend(node for cell in line.children for node in members(cell))
    return tuple(nodes)
