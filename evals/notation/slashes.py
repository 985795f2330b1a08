"""`a/b` as the fraction it is read as."""

from evals.notation.symbols import TIMES
from evals.notation.tree import Node, row

_SLASH = Node("op", "/")
_FACTORS = frozenset(("num", "id", "frac", "sqrt", "root", "scripts", "accent", "group"))
_DIFFERENTIALS = frozenset(("d", "∂"))


def slashes_to_fractions(nodes: list[Node]) -> list[Node]:
    """Each `/` with the product before it and the one factor after it as a fraction.

    `2\\pi/3` is all over 3 and `1/2x` a half x; `dy/dx` keeps its differential whole.
    """
    done: list[Node] = []
    index = 0
    while index < len(nodes):
        start = _start_of_product(done)
        end = _end_of_divisor(nodes, index + 1, done[start:])
        if nodes[index] == _SLASH and start < len(done) and end > index + 1:
            above, below = done[start:], nodes[index + 1 : end]
            done[start:] = [Node("frac", "", (_part(above), _part(below)))]
            index = end
        else:
            done.append(nodes[index])
            index += 1
    return done


def _start_of_product(done: list[Node]) -> int:
    start = len(done)
    while start and (
        _is_factor(done[start - 1]) or (start < len(done) and _is_times(done[start - 1]))
    ):
        start -= 1
    return start


def _end_of_divisor(nodes: list[Node], start: int, above: list[Node]) -> int:
    if start >= len(nodes) or not _is_factor(nodes[start]):
        return start
    differential = bool(above) and _core(above[0]) in _DIFFERENTIALS
    if differential and _core(nodes[start]) in _DIFFERENTIALS and start + 1 < len(nodes):
        return start + 2
    return start + 1


def _is_factor(node: Node) -> bool:
    core = node.children[0] if node.kind == "scripts" else node
    return core.kind in _FACTORS or core.text in ("∂", "∞")


def _is_times(node: Node) -> bool:
    return node.kind == "op" and node.text in TIMES


def _core(node: Node) -> str:
    return node.children[0].text if node.kind == "scripts" else node.text


def _part(nodes: list[Node]) -> Node:
    if len(nodes) == 1 and nodes[0].kind == "group" and nodes[0].text == "()":
        return row(nodes[0].children)
    return row([node for node in nodes if not _is_times(node)])
