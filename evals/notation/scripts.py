"""Subscripts, superscripts and primes on whatever they belong to."""

from collections.abc import Sequence

from evals.notation.symbols import CLOSING, OPENING, PRIMES
from evals.notation.tree import EMPTY, Node, row


def attach_scripts(
    base: Sequence[Node], below: Sequence[Node], above: Sequence[Node]
) -> tuple[Node, ...]:
    """The base's nodes with the scripts on it.

    On a bracketed base they go to the closing bracket, so that `\\left(x\\right)^2` and
    `(x)^2` agree; primes are counted; scripts given one after the other are merged.
    """
    n_primes, above = _split_primes(above)
    if _is_bracketed(base):
        return (*base[:-1], _scripted(base[-1], row(below), row(above), n_primes))
    return (_scripted(row(base), row(below), row(above), n_primes),)


def _split_primes(above: Sequence[Node]) -> tuple[int, Sequence[Node]]:
    count = 0
    for index, node in enumerate(above):
        if node.text not in PRIMES:
            return count, above[index:]
        count += PRIMES[node.text]
    return count, ()


def _scripted(base: Node, below: Node, above: Node, n_primes: int) -> Node:
    if base.kind == "scripts":
        inner, old_below, old_above = base.children
        n_old = int(base.text)
        below_free = EMPTY in (old_below, below)
        above_free = old_above == EMPTY
        if below_free and above_free and not (n_primes and n_old):
            below = below if old_below == EMPTY else old_below
            return Node("scripts", str(n_old + n_primes), (inner, below, above))
    return Node("scripts", str(n_primes), (base, below, above))


def _is_bracketed(base: Sequence[Node]) -> bool:
    """Whether one pair of brackets (or fences) holds all of the base."""
    if len(base) < 2 or base[-1].kind != "op":
        return False
    if base[0].text in ("|", "‖") and base[-1] == base[0]:
        return True
    if base[0].text not in OPENING or base[-1].text not in CLOSING:
        return base[-1].text == "|"  # \left. ... \right|
    depth = 0
    for node in base[:-1]:
        if node.kind == "op":
            depth += (node.text in OPENING) - (node.text in CLOSING)
        elif node.kind == "scripts":
            depth -= node.children[0].text in CLOSING
        if depth == 0:
            return False
    return True
