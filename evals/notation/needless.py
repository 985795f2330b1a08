"""Brackets that nobody says."""

from evals.notation.tree import Node, row

_ATOMS = frozenset(("num", "id", "frac", "sqrt", "root", "accent", "scripts"))
# fmt: off
FUNCTION_NAMES = frozenset((
    "sin", "cos", "tan", "sec", "csc", "cot", "sinh", "cosh", "tanh", "arcsin", "arccos",
    "arctan", "ln", "log", "lg", "exp",
))
# fmt: on


def unbracket_whole(node: Node) -> Node:
    """A part that the fraction bar or root sign already holds together needs no brackets."""
    return row(node.children) if _is_round(node) else node


def unbracket_atoms(nodes: list[Node]) -> list[Node]:
    """`\\ln(x)` as `\\ln x` and `2(3)` as `2 3`; but `f(x)` is not `fx`."""
    kept: list[Node] = []
    for index, node in enumerate(nodes):
        before = nodes[index - 1] if index else None
        alone = len(nodes) == 1 and node.kind == "group"
        kept.append(node if alone or _may_apply(before) else _unbracket_atom(node, before))
    return kept


def bracket_arguments(nodes: list[Node]) -> list[Node]:
    """A function's argument as a group, bracketed or not: `\\sin 2x` as `\\sin(2x)`.

    Without brackets it reaches over the factors that follow, up to a differential.
    """
    done: list[Node] = []
    index = 0
    while index < len(nodes):
        done.append(nodes[index])
        index += 1
        if not is_function(done[-1]) or index >= len(nodes):
            continue
        if _is_round(nodes[index]):
            done.append(Node("group", "argument", nodes[index].children))
            index += 1
            continue
        end = _end_of_argument(nodes, index)
        if end > index:
            done.append(Node("group", "argument", tuple(nodes[index:end])))
            index = end
    return done


def is_function(node: Node) -> bool:
    """Whether this is a function's name, perhaps with a base or a power."""
    core = node.children[0] if node.kind == "scripts" else node
    return core.kind == "word" and core.text in FUNCTION_NAMES


def is_mixed_number(before: Node | None, node: Node) -> bool:
    """A whole number before a fraction of numbers: "two and a half", no product."""
    if before is None or before.kind != "num" or node.kind != "frac":
        return False
    return all(part.kind == "num" for part in node.children)


def _end_of_argument(nodes: list[Node], start: int) -> int:
    end = start
    while end < len(nodes) and nodes[end].kind in _ATOMS:
        is_differential = nodes[end] == Node("id", "d") and end + 1 < len(nodes)
        if is_differential and end > start:
            break
        end += 1
    return end


def _may_apply(before: Node | None) -> bool:
    """Whether brackets after this node may hold an argument, as in `f(x)`."""
    if before is None:
        return False
    core = before.children[0] if before.kind == "scripts" else before
    return core.kind in ("id", "accent")


def _unbracket_atom(node: Node, before: Node | None) -> Node:
    if _is_round(node):
        is_atom = _is_atom(node.children) and not is_mixed_number(before, node.children[0])
        return node.children[0] if is_atom else node
    if node.kind != "scripts" or (before is not None and before.kind in ("word", "scripts")):
        return node  # `\sin(x)^2` is not `\sin x^2`
    base, below, above = node.children
    if _is_round(base) and _is_atom(base.children) and base.children[0].kind in ("id", "num"):
        return Node("scripts", node.text, (base.children[0], below, above))
    return node


def _is_round(node: Node) -> bool:
    return node.kind == "group" and node.text == "()"


def _is_atom(nodes: tuple[Node, ...]) -> bool:
    return len(nodes) == 1 and nodes[0].kind in _ATOMS and nodes[0].text != "bare"
