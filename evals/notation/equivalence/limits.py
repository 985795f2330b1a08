"""What a formula may hold before a symbolic library sees it."""

from evals.notation.edit_distance import flatten
from evals.notation.tree import Node, walk

MAX_NODES = 300
MAX_DEPTH = 40
MAX_DIGITS = 30
MAX_EXPONENT = 1000
MAX_FACTORIAL = 500
_FACTORIAL = Node("op", "!")


def exceeds_limits(tree: Node) -> bool:
    """Whether this spoken tree might keep a symbolic library busy for ever.

    Long literals, exponents and bounds over 1,000, powers of powers of numbers, factorials
    of more than 500 and of factorials; and numbers with a decimal comma, which such a
    library reads as one number or two.
    """
    nodes = walk(tree)
    return (
        len(nodes) > MAX_NODES
        or flatten(tree).depth > MAX_DEPTH
        or any(_is_strange_number(node) for node in nodes)
        or any(_is_high(node) or _is_tower(node) for node in nodes if node.kind == "scripts")
        or any(_has_high_factorial(node.children) for node in nodes)
    )


def _is_strange_number(node: Node) -> bool:
    return node.kind == "num" and ("," in node.text or len(node.text) > MAX_DIGITS)


def _is_high(scripts: Node) -> bool:
    """An exponent or an upper bound."""
    return any(_value(node) > MAX_EXPONENT for node in walk(scripts.children[2]))


def _is_tower(scripts: Node) -> bool:
    base, _, above = scripts.children
    if not _is_numeric(base):
        return False
    return any(node.kind == "scripts" and _is_numeric(node.children[0]) for node in walk(above))


def _is_numeric(base: Node) -> bool:
    return any(node.kind == "num" for node in walk(base))


def _has_high_factorial(siblings: tuple[Node, ...]) -> bool:
    for index, node in enumerate(siblings):
        if node != _FACTORIAL or not index:
            continue
        below = walk(siblings[index - 1])
        if _FACTORIAL in below or siblings[index - 1] == _FACTORIAL:
            return True
        if any(_value(each) > MAX_FACTORIAL for each in below):
            return True
    return False


def _value(node: Node) -> float:
    """A number's value; 0 for anything else. Called after long literals were refused."""
    if node.kind != "num" or len(node.text) > MAX_DIGITS:
        return 0
    try:
        return float(node.text)
    except ValueError:
        return 0
