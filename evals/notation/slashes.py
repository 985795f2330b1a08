"""`a/b` as the fraction it is read as."""

from evals.notation.needless import is_function, unbracket_atoms, unbracket_whole
from evals.notation.products import is_times, without_times
from evals.notation.tree import Node, row

_SLASH = Node("op", "/")
_FACTORIAL = Node("op", "!")
_FACTORS = frozenset(("num", "id", "frac", "sqrt", "root", "scripts", "accent", "group"))
_DIFFERENTIALS = frozenset(("d", "∂"))


def slashes_to_fractions(nodes: list[Node]) -> list[Node]:
    """Each `/` with the product before it and the one factor after it as a fraction.

    `2\\pi/3` is all over 3 and `1/2x` a half x; `dy/dx` keeps its differential whole. Where
    the factor is not plain, as in `1/f(x)`, the slash stays.
    """
    done: list[Node] = []
    index = 0
    while index < len(nodes):
        start, end = len(done), index
        if nodes[index] == _SLASH:
            start = _start_of_product(done)
            end = _end_of_divisor(nodes, index + 1, done[start:])
        if start < len(done) and end > index + 1:
            done[start:] = [Node("frac", "", (_part(done[start:]), _part(nodes[index + 1 : end])))]
            index = end
        else:
            done.append(nodes[index])
            index += 1
    return done


def _start_of_product(done: list[Node]) -> int:
    start = len(done)
    while start and _continues(done[start - 1], done[start:]):
        start -= 1
    return start


def _continues(before: Node, after: list[Node]) -> bool:
    """Whether this node belongs to the product that `after` holds the rest of."""
    if _is_factor(before) or before == _FACTORIAL:
        return True
    return bool(after) and (is_times(before) or _applies(before, after[0]))


def _applies(function: Node, argument: Node) -> bool:
    """`\\sin(x)/2` is all over 2, `\\sin x/2` the sine of a half x."""
    core = argument.children[0] if argument.kind == "scripts" else argument
    return is_function(function) and core.kind == "group"


def _end_of_divisor(nodes: list[Node], start: int, above: list[Node]) -> int:
    if start >= len(nodes) or not _is_factor(nodes[start]):
        return start
    end = start + 1
    differential = bool(above) and _letter(above[0]) in _DIFFERENTIALS
    if end < len(nodes) and differential and _letter(nodes[start]) in _DIFFERENTIALS:
        return end + 1
    if end < len(nodes) and nodes[end] == _FACTORIAL:
        return end + 1
    applied = end < len(nodes) and nodes[start].kind == "id" and nodes[end].kind == "group"
    return start if applied else end


def _is_factor(node: Node) -> bool:
    core = node.children[0] if node.kind == "scripts" else node
    return core.kind in _FACTORS or core.text in ("∂", "∞")


def _letter(node: Node) -> str:
    return node.children[0].text if node.kind == "scripts" else node.text


def _part(nodes: list[Node]) -> Node:
    return unbracket_whole(row(without_times(unbracket_atoms(nodes))))
