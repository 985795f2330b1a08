"""Brackets, magnitudes, the quantity, the fraction."""

from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.nodes import (
    Accented,
    Fenced,
    Fraction,
    Listed,
    Node,
    Number,
    Product,
    Scripts,
    Sum,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import USUAL
from agent.spoken.parsing.trees import last_term
from agent.spoken.vocabulary.functions import CLOSINGS
from agent.spoken.vocabulary.operators import ENDINGS


def read_group(parser: Parser, at: int, fence: tuple[str, str]) -> list[Parse]:
    """What stands between spoken or written brackets; the closing one may be missing at the end."""
    found: list[Parse] = []
    for inner in parser.parse(at, Binding.LIST, Stop.NOTHING):
        closing = CLOSINGS.match(parser.words, _past_comma(parser, inner.end))
        node = Fenced(inner.node, *fence)
        if closing:
            node = Fenced(inner.node, fence[0], _right(inner.node, fence, closing[0]))
            found.append(wrapped(inner, node, end=closing[1]))
        elif inner.end >= len(parser.words):
            found.append(dearer(wrapped(inner, node), USUAL, "the bracket was never closed"))
    return found


def read_point(parser: Parser, at: int, fence: tuple[str, str]) -> list[Parse]:
    """The point two comma three."""
    return [
        wrapped(inner, Fenced(inner.node, *fence))
        for inner in parser.parse(at, Binding.LIST)
        if isinstance(inner.node, Listed) and "comma" in parser.words[at : inner.end]
    ]


def _right(inner: Node, fence: tuple[str, str], closed_with: str) -> str:
    """The closing bracket: another kind than the opening one only in a half open interval."""
    is_interval = isinstance(inner, Listed) and len(inner.items) == 2
    return closed_with if is_interval and closed_with in (")", "]") else fence[1]


def read_quantity_words(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The quantity x plus one squared: brackets, and the power belongs to all of it."""
    found: list[Parse] = []
    for inner in parser.parse(at, Binding.SUM, Stop.BAR | Stop.TIMES):
        end = ending(parser, inner.end)
        last = last_term(inner.node)
        is_lifted = end == inner.end and isinstance(inner.node, Sum) and has_power(last)
        if is_lifted:
            found.append(wrapped(inner, lifted(inner.node)))
        whole = wrapped(inner, Fenced(inner.node), end=end)
        found.append(dearer(whole, USUAL, "the power is inside") if is_lifted else whole)
    return found


def read_fraction(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The fraction with numerator a and denominator b; the fraction a over b."""
    found: list[Parse] = []
    for above in parser.parse(at, Binding.WIDE, Stop.NOTHING):
        end = _past_comma(parser, above.end)
        end += parser.word(end) == "and"
        end = _past_comma(parser, end)
        is_numerator = "numerator" in parser.words[max(0, at - 3) : at]
        if parser.word(end) == "denominator" and is_numerator:
            found += [
                wrapped(
                    joined(above, below, Fraction(above.node, below.node), Binding.OPERAND),
                    Fraction(above.node, below.node),
                    end=ending(parser, below.end),
                )
                for below in parser.parse(end + 1, Binding.WIDE, Stop.PAUSE)
            ]
    if "numerator" in parser.words[max(0, at - 2) : at]:
        return found
    return found or [
        wrapped(inner, inner.node, end=ending(parser, inner.end))
        for stop in (Stop.PAUSE, Stop.NOTHING)
        for inner in parser.parse(at, Binding.WIDE, stop)
        if isinstance(inner.node, Fraction)
    ]


def read_binomial(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The binomial coefficient n over k; n plus one choose k."""
    found: list[Parse] = []
    at += parser.word(at) == "of"
    for above in parser.parse(at, Binding.SUM, Stop.BAR | Stop.CHOICE):
        if parser.word(above.end) in ("over", "choose", "and"):
            found += [
                joined(above, below, Accented("binom", (above.node, below.node)), Binding.OPERAND)
                for below in parser.parse(above.end + 1, Binding.TIGHT)
            ]
    return found


def ending(parser: Parser, at: int) -> int:
    """The index after a spoken end ("end root") at `at`."""
    found = ENDINGS.match(parser.words, _past_comma(parser, at))
    return found[1] if found else at


def _past_comma(parser: Parser, at: int) -> int:
    return at + (parser.word(at) == ",")


def has_power(node: Node) -> bool:
    """Whether a product ends with a power."""
    if isinstance(node, Product) and not isinstance(node.left, Number):
        return has_power(node.right)
    return isinstance(node, Scripts) and node.sup is not None and node.sub is None


def lifted(node: Node) -> Node:
    """(x + 1)^2 from x + 1^2."""
    last = last_term(node)
    while isinstance(last, Product):
        last = last.right
    power = last.sup if isinstance(last, Scripts) else None
    return Scripts(Fenced(_without_power(node)), sup=power)


def _without_power(node: Node) -> Node:
    if isinstance(node, Sum | Product):
        return type(node)(node.sign, node.left, _without_power(node.right))
    return node.base if isinstance(node, Scripts) else node
