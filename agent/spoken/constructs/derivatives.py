"""Derivatives: d y d x, d by d x of f, partials, the derivative with respect to x."""

from typing import NamedTuple

from agent.spoken.constructs.powers import POWERS
from agent.spoken.parsing.binding import Binding, Parse, dearer, joined
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import (
    Applied,
    Differential,
    Fenced,
    Fraction,
    Letter,
    Node,
    Number,
    Product,
    Scripts,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import FAIR_CALL, SMALL
from agent.spoken.vocabulary.letters import GLUED, GREEK, LATIN
from agent.spoken.vocabulary.numbers import read_ordinal
from agent.spoken.vocabulary.relation_words import EQUALS_WORDS, RELATIONS
from agent.spoken.vocabulary.table import Table

DERIVATIVES = Table(
    {
        "derivative of|first derivative of|differentiate": ("d", 1),
        "second derivative of": ("d", 2),
        "third derivative of": ("d", 3),
        "fourth derivative of": ("d", 4),
        "partial derivative of|first partial derivative of|partial of": ("\\partial", 1),
        "second partial derivative of": ("\\partial", 2),
    }
)
_MAX_MORE = 5
_BARS = ("by", "over", "slash", "divided by", "upon")


class _Part(NamedTuple):
    """One side of the bar: its order, its variable if any, and the index after it."""

    order: Node | None
    variable: Node | None
    end: int
    more: tuple[Node, ...] = ()  # further variables below: partial x partial y


def read_leibniz(parser: Parser, at: int, sign: str) -> list[Parse]:
    """d y by d x; without a function, the operator and what follows it."""
    above = _part(parser, at)
    for numerator in (above,) if above.variable is None else (above, _Part(above.order, None, at)):
        below_at = numerator.end + (sign != "d" and parser.word(numerator.end) == ",")
        if parser.words[below_at : below_at + 2] == ["divided", "by"]:
            below_at += 2
        elif parser.word(below_at) in _BARS:
            below_at += 1
        below = _denominator(parser, below_at, sign)
        if below is not None:
            return _derivatives(parser, sign, numerator, _with_more(parser, below, sign))
    return []


def read_derivative(parser: Parser, at: int, kind: tuple[str, int]) -> list[Parse]:
    """The second derivative of y with respect to x; without it only in an equation."""
    sign, order = kind
    found: list[Parse] = []
    for body in parser.parse(at, Binding.SUM):
        after = body.end
        if parser.words[after : after + 3] == ["with", "respect", "to"]:
            for variable in parser.operands(after + 3)[:1]:
                node = _named(sign, order, body.node, variable.node)
                found.append(joined(body, variable, node, Binding.FACTOR))
        elif sign == "d" and (_begins_equation(parser, after) or _is_all(parser, at, after)):
            node = _named(sign, order, body.node, _variable_of(parser, at, after))
            found.append(dearer(body._replace(node=node, level=Binding.FACTOR), SMALL, "d by d x"))
    return found


def glued(parser: Parser, at: int) -> list[Parse]:
    """dy/dx with its differentials written in one word."""
    if parser.word(at) not in GLUED:
        return []
    above = _Part(None, Letter(parser.said[at][1:]), at + 1)
    below = _denominator(parser, above.end + (parser.word(above.end) in _BARS), "d")
    return _derivatives(parser, "d", above, below) if below else []


def _derivatives(parser: Parser, sign: str, above: _Part, below: _Part) -> list[Parse]:
    under: Node = Differential(sign, below.variable)
    for variable in below.more:
        under = Product("", under, Differential(sign, variable))
    fraction = Fraction(Differential(sign, above.variable, above.order), under)
    head = Parse(below.end, fraction, level=Binding.TIGHT)
    if above.variable is not None:
        squared = _squared(sign, above, below)
        return [*squared, dearer(head, FAIR_CALL, "the power is below")] if squared else [head]
    has_of = parser.word(below.end) == "of"
    if not has_of:
        bodies: tuple[Parse, ...] = parser.parse(below.end, Binding.FRACTION)
    else:
        bodies = parser.parse(below.end + 1, Binding.SUM)
    applied = [joined(head, body, Applied(fraction, body.node), Binding.FACTOR) for body in bodies]
    return applied or [head]


def _with_more(parser: Parser, below: _Part, sign: str) -> _Part:
    """Partial x partial y: all variables that follow."""
    following = _denominator(parser, below.end, sign) if sign == "\\partial" else None
    if following is None or following.variable is None or len(below.more) >= _MAX_MORE:
        return below
    more = (*below.more, following.variable)
    return _with_more(parser, below._replace(end=following.end, more=more), sign)


def _squared(sign: str, above: _Part, below: _Part) -> list[Parse]:
    """d y by d x squared: without an order above, the power is of the whole."""
    variable = below.variable
    if above.order or not isinstance(variable, Scripts) or variable.sup is None:
        return []
    core = Fraction(Differential(sign, above.variable), Differential(sign, variable.base))
    power = Scripts(Fenced(core), sup=variable.sup)
    return [Parse(below.end, power, level=Binding.TIGHT, height=4)]


def _part(parser: Parser, at: int) -> _Part:
    order, at = _order(parser, at)
    variable, end = _letter(parser, at)
    return _Part(order, variable, end)


def _denominator(parser: Parser, at: int, sign: str) -> _Part | None:
    word = parser.word(at)
    if sign == "d" and word in GLUED:
        variable: Node | None = Letter(parser.said[at][1:])
        end = at + 1
    elif word in (("d",) if sign == "d" else ("partial", "del")):
        variable, end = _letter(parser, at + 1)
    else:
        return None
    order, end = _order(parser, end)
    if variable is None:
        return None
    return _Part(None, Scripts(variable, sup=order) if order else variable, end)


def _order(parser: Parser, at: int) -> tuple[Node | None, int]:
    power = POWERS.match(parser.words, at)
    if power:
        return Number(power[0]), power[1]
    if parser.words[at : at + 2] == ["to", "the"]:
        ordinal = read_ordinal(parser.words, at + 2)
        if ordinal:
            is_letter = ordinal.text.isalpha()
            return (Letter if is_letter else Number)(ordinal.text), ordinal.end
    return None, at


def _letter(parser: Parser, at: int) -> tuple[Node | None, int]:
    word = parser.word(at)
    if word in LATIN and word != "d":
        return Letter(parser.said[at]), at + 1
    if word in GREEK:
        return Letter(GREEK[word]), at + 1
    return None, at


def _named(sign: str, order: int, body: Node, variable: Node) -> Node:
    power = Number(str(order)) if order > 1 else None
    below = Differential(sign, Scripts(variable, sup=power) if power else variable)
    if isinstance(body, Letter):
        return Fraction(Differential(sign, body, power), below)
    return Applied(Fraction(Differential(sign, None, power), below), body)


def _is_all(parser: Parser, at: int, end: int) -> bool:
    """Whether nothing but "the derivative of" and its function was said."""
    return end == len(parser.words) and at <= len(("the", "first", "derivative", "of"))


def _begins_equation(parser: Parser, at: int) -> bool:
    relation = RELATIONS.match(parser.words, at) or EQUALS_WORDS.match(parser.words, at)
    return relation is not None and bool(parser.parse(relation[1], Binding.SUM))


def _variable_of(parser: Parser, at: int, end: int) -> Node:
    """What one would differentiate by: the first likely variable that was said."""
    said = parser.words[at:end]
    return Letter(next((name for name in "xtyzuvr" if name in said), "x"))


RULES = (
    Prefix(
        Table({"d": "d", "partial": "\\partial", "del": "\\partial"}),
        read_leibniz,
        is_doubtful=True,
    ),
    Prefix(DERIVATIVES, read_derivative),
)
