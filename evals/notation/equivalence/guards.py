"""What must agree before two formulas may have the same value.

Symbolic libraries read f' and f'' as f, X as x, dy/dx as dx/dy, a partial derivative as an
ordinary one, plus-minus as minus-plus, and an integral without its differential as the
integral; so these are compared on the canonical trees first.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from evals.notation.symbols import RELATIONS
from evals.notation.tree import EMPTY, Node, TreeKey, members, tree_key, walk

Nodes = Sequence[Node]
_DIFFERENTIALS = frozenset(("d", "∂"))
_INTEGRALS = frozenset("∫∬∭∮")
_LIMITS = frozenset(("lim", "sup", "inf", "limsup", "liminf", "max", "min"))
_COMMON = frozenset(("=", "<", ">", "≤", "≥", "∈"))
_MARKS = frozenset("∂∇±∓∪∩∖∀∃∧∨¬!") | {"cross", "dot"}
_UNITS = frozenset(("%", "∘", "°"))
_CONNECTIVES = frozenset(("or", "not", "iff"))


def contradicts(one: Node, other: Node) -> bool:
    """Whether these spoken trees can't mean the same, whatever their values."""
    left, right = walk(one), walk(other)
    if any(trait(left) != trait(right) for trait in _TRAITS):
        return True
    return (
        _differ_in_case_alone(left, right)
        or _differ_in_units_alone(one, other)
        or _lacks_differential(left, right)
        or _go_elsewhere(left, right)
    )


def _primes(nodes: Nodes) -> object:
    return sorted(node.text for node in nodes if node.kind == "scripts" and node.text != "0")


def _derivatives(nodes: Nodes) -> object:
    return sorted(tree_key(node) for node in nodes if node.kind == "frac" and _derives(node))


def _derives(fraction: Node) -> bool:
    return all(_first_letter(part) in _DIFFERENTIALS for part in fraction.children)


def _first_letter(part: Node) -> str:
    first = members(part)[0] if members(part) else EMPTY
    return first.children[0].text if first.kind == "scripts" else first.text


def _signs(nodes: Nodes) -> object:
    return [node.text for node in nodes if node.text in ("±", "∓")]


def _marks(nodes: Nodes) -> object:
    """Rare relations and operators, which a library may overlook."""
    rare = (RELATIONS - _COMMON) | _MARKS
    return Counter(node.text for node in nodes if node.kind == "op" and node.text in rare)


def _accents(nodes: Nodes) -> object:
    return {tree_key(node) for node in nodes if node.kind in ("accent", "enclose")}


def _fonts(nodes: Nodes) -> object:
    return {node.text for node in nodes if node.kind == "id" and ":" in node.text}


def _matrix_brackets(nodes: Nodes) -> object:
    return [node.text for node in nodes if node.kind == "group" and _holds_table(node)]


def _holds_table(node: Node) -> bool:
    return any(child.kind == "table" for child in node.children)


def _list_length(nodes: Nodes) -> object:
    return sum(
        node.text in (",", ";") or (node.kind == "word" and node.text == "and") for node in nodes
    )


def _connectives(nodes: Nodes) -> object:
    return [node.text for node in nodes if node.kind == "word" and node.text in _CONNECTIVES]


def _nth_derivatives(nodes: Nodes) -> object:
    """How many superscripts are bracketed: `f^{(n)}` is no power."""
    return sum(
        node.kind == "scripts"
        and node.children[2].kind == "group"
        and node.children[2].text == "()"
        for node in nodes
    )


_TRAITS: tuple[Callable[[Nodes], object], ...] = (
    _primes,
    _derivatives,
    _signs,
    _marks,
    _accents,
    _fonts,
    _matrix_brackets,
    _list_length,
    _connectives,
    _nth_derivatives,
)


def _differ_in_case_alone(left: Nodes, right: Nodes) -> bool:
    one, other = _letters(left), _letters(right)
    return one != other and {x.lower() for x in one} == {x.lower() for x in other}


def _letters(nodes: Nodes) -> set[str]:
    return {node.text for node in nodes if node.kind == "id"}


def _differ_in_units_alone(one: Node, other: Node) -> bool:
    """`5\\%` and 5, or 90 degrees and 90."""
    return tree_key(one) != tree_key(other) and _without_units(one) == _without_units(other)


def _without_units(tree: Node) -> list[tuple[str, str]]:
    plain = [node for node in walk(tree) if node.kind not in ("row", "scripts") and node != EMPTY]
    return [(node.kind, node.text) for node in plain if node.text not in _UNITS]


def _lacks_differential(left: Nodes, right: Nodes) -> bool:
    one, other = _variables(left), _variables(right)
    if one is None or other is None:
        return one == [] or other == []
    return one != other


def _variables(nodes: Nodes) -> list[str] | None:
    """The variables of integration in order; None where nothing is integrated."""
    if not any(node.text in _INTEGRALS for node in nodes):
        return None
    return [
        siblings[index + 1].text
        for siblings in (node.children for node in nodes if len(node.children) > 1)
        for index, node in enumerate(siblings[:-1])
        if node == Node("id", "d")
    ]


def _go_elsewhere(left: Nodes, right: Nodes) -> bool:
    """Limits at other points; one limit and its value may agree."""
    one, other = _limit_points(left), _limit_points(right)
    return bool(one and other) and one != other


def _limit_points(nodes: Nodes) -> list[TreeKey]:
    return [
        tree_key(node.children[1])
        for node in nodes
        if node.kind == "scripts" and node.children[0].text in _LIMITS
    ]
