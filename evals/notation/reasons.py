"""Why a formula is wrong, in words."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain

from evals.notation.edit_distance import MAX_DEPTH, flatten
from evals.notation.narrow import Nodes, Place, narrow
from evals.notation.tree import EMPTY, Node, row
from evals.notation.writing import as_text, write

MAX_SHOWN = 40
_BRACKETS = frozenset("()[]|‖⟨⟩⌊⌋⌈⌉") | {"\\{", "\\}"}
_STRUCTURE = frozenset(("{", "}", "\\frac", "\\sqrt", "^", "_"))
_BOUND_VERBS = {
    "∑": "sums",
    "∏": "multiplies",
    "∫": "integrates",
    "∬": "integrates",
    "∮": "integrates",
}
_PARTS = {
    ("frac", 0): "in the numerator",
    ("frac", 1): "in the denominator",
    ("sqrt", 0): "under the root",
    ("root", 0): "under the root",
    ("root", 1): "in the root's order",
    ("scripts", 1): "in the index",
    ("scripts", 2): "in the exponent",
}
_SCOPES = {"frac": "fraction", "sqrt": "root", "root": "root", "scripts": "exponent or index"}


def why_different(said: Node, written: Node) -> str:
    """What distinguishes the formula written from the one said, in a few words."""
    if max(flatten(said).depth, flatten(written).depth) > MAX_DEPTH:
        return "too deeply nested to say where it differs"
    place = narrow(said, written)
    return _bounds(place) or f"{_local(place)}{_where(place)}"


def why_unreadable(complaint: str) -> str:
    """KaTeX's complaint, shortened; lost brackets by their name."""
    lost = ("Expected '}'", "got '}'", "\\right", "got '\\left'", "Expected 'EOF', got ']'")
    if any(sign in complaint for sign in lost):
        return "missing bracket: it can't be read"
    return f"it can't be read: {complaint.removeprefix('KaTeX parse error: ')}"


def _bounds(place: Place) -> str:
    """`sums to n instead of n-1`, where the difference lies in a big operator's bounds."""
    for said, written, index in place.within:
        verb = _BOUND_VERBS.get(said.children[0].text, "") if said.kind == "scripts" else ""
        if verb and index in (1, 2):
            one, other = _shown([said.children[index]]), _shown([written.children[index]])
            word = "to" if index == 2 else "from"
            return f"renders, but {verb} {word} {other} instead of {one}"
    return ""


def _local(place: Place) -> str:
    said, written = place.said, place.written
    rules: tuple[Callable[[Nodes, Nodes], str], ...] = (
        _turned_fraction,
        _primes,
        _scripts,
        _case,
        _lost_or_added,
        _brackets,
        _order,
        _scope,
    )
    for rule in rules:
        if reason := rule(said, written):
            return reason
    return f"{_shown(written)} instead of {_shown(said)}"


def _turned_fraction(said: Nodes, written: Nodes) -> str:
    are_fractions = _kinds(said) == _kinds(written) == ["frac"]
    if are_fractions and said[0].children == written[0].children[::-1]:
        return "numerator and denominator swapped"
    return ""


def _primes(said: Nodes, written: Nodes) -> str:
    one, other = map(_n_primes, (said, written))
    bare = tuple(map(_without_primes, said)) == tuple(map(_without_primes, written))
    return f"{other or 'no'} prime{'s' * (other != 1)} instead of {one}" if bare else ""


def _n_primes(nodes: Nodes) -> int:
    return sum(int(node.text) for node in nodes if node.kind == "scripts")


def _without_primes(node: Node) -> Node:
    if node.kind != "scripts" or node.text == "0":
        return node
    if node.children[1:] == (EMPTY, EMPTY):
        return node.children[0]
    return Node("scripts", "0", node.children)


def _scripts(said: Nodes, written: Nodes) -> str:
    if len(said) != 1 or len(written) != 1:
        return ""
    one, other = _three(said[0]), _three(written[0])
    if one[0] != other[0]:
        return ""
    if one[1:] == other[:0:-1] and one[0].text in _BOUND_VERBS:
        return "lower and upper bound swapped"
    if one[1:] == other[:0:-1]:
        return "an index instead of a power" if one[2] != EMPTY else "a power instead of an index"
    if other[1:] == (EMPTY, EMPTY):
        return f"{_script_name(one)} lost"
    return f"{_script_name(other)} added" if one[1:] == (EMPTY, EMPTY) else ""


def _three(node: Node) -> Nodes:
    return node.children if node.kind == "scripts" else (node, EMPTY, EMPTY)


def _script_name(three: Nodes) -> str:
    return f"index {_shown([three[1]])}" if three[2] == EMPTY else f"power {_shown([three[2]])}"


def _case(said: Nodes, written: Nodes) -> str:
    one, other = _shown(said), _shown(written)
    if one.lower() != other.lower():
        return ""
    return f"{'capital' if other[:1].isupper() else 'small'} {other} instead of {one}"


def _lost_or_added(said: Nodes, written: Nodes) -> str:
    if said and written:
        return ""
    nodes, verb = (written, "added") if written else (said, "missing")
    return (
        f"{verb} bracket"
        if _BRACKETS.intersection(_tokens(nodes[:1])[:1])
        else f"{verb} {_shown(nodes)}"
    )


def _brackets(said: Nodes, written: Nodes) -> str:
    one, other = _tokens(said), _tokens(written)
    if _without(one, _BRACKETS) != _without(other, _BRACKETS):
        return ""
    if len(one) == len(other):
        return f"{_shown(written)} instead of {_shown(said)}"
    return "missing bracket" if len(one) > len(other) else "added bracket"


def _order(said: Nodes, written: Nodes) -> str:
    if Counter(said) == Counter(written) and len(said) > 1:
        return "the same parts in another order"
    return ""


def _scope(said: Nodes, written: Nodes) -> str:
    """The same symbols, held together otherwise."""
    one, other = _tokens(said), _tokens(written)
    if _without(one, _STRUCTURE) != _without(other, _STRUCTURE):
        return ""
    for kind, name in _SCOPES.items():
        parts = [
            next((node for node in each if node.kind == kind), None) for each in (said, written)
        ]
        if parts[0] and parts[1]:
            held, covered = (_covered(part) for part in parts if part)
            return f"the {name} covers {covered} instead of {held}"
    return "the same symbols, grouped otherwise"


def _covered(node: Node) -> str:
    if node.kind == "frac":
        return " over ".join(_shown([part]) for part in node.children)
    return _shown([part for part in node.children[node.kind == "scripts" :] if part != EMPTY])


def _where(place: Place) -> str:
    for parent, _, index in place.within:
        if part := _PARTS.get((parent.kind, index)):
            return f" {part}"
    return ""


def _kinds(nodes: Nodes) -> list[str]:
    return [node.kind for node in nodes]


def _tokens(nodes: Nodes) -> list[str]:
    return list(chain.from_iterable(map(write, nodes)))


def _without(tokens: Sequence[str], left_out: frozenset[str]) -> list[str]:
    return [token for token in tokens if token not in left_out]


def _shown(nodes: Sequence[Node]) -> str:
    text = as_text(write(row(nodes))) or "nothing"
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"
