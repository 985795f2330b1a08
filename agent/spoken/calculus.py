"""Derivatives, integrals and limits."""

from typing import TYPE_CHECKING

from agent.spoken import lexicon
from agent.spoken.binding import Binding
from agent.spoken.nodes import Applied, Atom, Fraction, Group, Integral, Node, Product, Script
from agent.spoken.numbers import ORDINALS

if TYPE_CHECKING:
    from agent.spoken.parser import Parser

D, PARTIAL = Atom("d"), Atom("\\partial ")
GLUED = {f"d{letter}": letter for letter in "xytuvrsz"}


def read_differential(parser: "Parser", *, look: bool = False) -> Node | None:
    """The variable of "d x" or "dx"; with `look` nothing is consumed."""
    at = parser.at
    name = GLUED.get(parser.peek())
    if name is None and parser.peek() == "d":
        following = parser.peek(1)
        name = following if len(following) == 1 else lexicon.GREEK.get(following)
        name = name if name and name[-1].isalpha() else None
        parser.at += 1
    if name is None:
        parser.at = at
        return None
    parser.at = at if look else parser.at + 1
    return Atom(name)


def read_derivative(parser: "Parser") -> Node | None:
    """d y d x, d by d x of f, the second derivative of y with respect to x, partials."""
    return _leibniz(parser) or _partial(parser) or _named(parser)


def read_integral(parser: "Parser") -> Node | None:
    """An integral with or without bounds, up to its differential."""
    sign = parser.look_up(lexicon.INTEGRALS)
    if sign is None:
        return None
    low = high = None
    if parser.take("from"):
        low = parser.attempt(Binding.SUM)
        high = parser.attempt(Binding.SUM) if parser.take("to") else None
    elif parser.take("over"):
        low = parser.attempt(Binding.TIGHT)
    parser.take("of")
    parser.n_integrals += 1
    body = parser.attempt(Binding.SUM)
    parser.n_integrals -= 1
    variables: list[Node] = []
    while (variable := read_differential(parser)) is not None:
        variables.append(variable)
    if not variables and parser.take("with", "respect", "to"):
        variable = parser.attempt(Binding.TIGHT)
        variables += [variable] if variable else []
    if body is None and not variables:
        return None
    parser.n_strong += 1
    return Integral(Script(Atom(sign), low, high) if low else Atom(sign), body, tuple(variables))


def read_limit(parser: "Parser") -> Node | None:
    """The limit as x approaches zero of f, or of f as x approaches zero."""
    if not parser.take("limit"):
        return None
    body: Node | None = None
    if parser.take("of"):
        body = parser.attempt(Binding.WIDE)
    if not parser.take("as"):
        return None
    target = parser.attempt(Binding.RELATION)
    if target is None:
        return None
    for side, mark in (("right", "+"), ("left", "-"), ("above", "+"), ("below", "-")):
        if parser.take("from", "the", side) or parser.take("from", side):
            target = Script(target, sup=Atom(mark))
    parser.take(",")
    if body is None:
        parser.take("of")
        body = parser.attempt(Binding.WIDE)
    if body is None:
        return None
    parser.n_strong += 1
    return Applied(Script(Atom("\\lim"), target), body)


def _leibniz(parser: "Parser") -> Node | None:
    if parser.peek() not in GLUED and parser.peek() != "d":
        return None
    at = parser.at
    above = read_differential(parser)
    if above is not None and above != D:
        _ = parser.take("over") or parser.take("by")
        below = read_differential(parser)
        if below is not None:
            parser.n_strong += 1
            return Fraction(Product(D, above), Product(D, below))
    parser.at = at
    if not parser.take("d"):
        return None
    _ = parser.take("over") or parser.take("by")
    variable = read_differential(parser)
    if variable is None:
        return None
    parser.take("of")
    parser.n_strong += 1
    return _applied(parser, Fraction(D, Product(D, variable)))


def _partial(parser: "Parser") -> Node | None:
    """Partial f partial x, said with or without "by" or "over"."""
    if not parser.take("partial") or parser.peek() == "derivative":
        return None
    above = parser.attempt(Binding.TIGHT)
    _ = parser.take("over") or parser.take("by")
    if above is None or not parser.take("partial"):
        return None
    below = parser.attempt(Binding.TIGHT)
    if below is None:
        return None
    parser.n_strong += 1
    return Fraction(Product(PARTIAL, above), Product(PARTIAL, below))


def _named(parser: "Parser") -> Node | None:
    order = ORDINALS.get(parser.peek(), 1)
    parser.at += parser.peek() in ORDINALS
    sign = PARTIAL if parser.take("partial") else D
    if not parser.take("derivative", "of"):
        return None
    body = parser.attempt(Binding.SUM)
    if body is None or not parser.take("with", "respect", "to"):
        return None
    variable = parser.attempt(Binding.TIGHT)
    if variable is None:
        return None
    parser.n_strong += 1
    power = Atom(str(order))
    above = Script(sign, sup=power) if order > 1 else sign
    below = Product(sign, Script(variable, sup=power) if order > 1 else variable)
    if isinstance(body, Atom):
        return Fraction(Product(above, body), below)
    return Product(Fraction(above, below), Group(body))


def _applied(parser: "Parser", operator: Node) -> Node:
    body = parser.attempt(Binding.PRODUCT)
    return operator if body is None else Applied(operator, body)
