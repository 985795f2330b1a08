"""What stands between two operands: relations, sums, products and fraction bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.spoken.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.nodes import (
    Fenced,
    Fraction,
    Letter,
    Listed,
    Node,
    Number,
    Product,
    Relation,
    Root,
    Signed,
    Sum,
    Symbol,
)
from agent.spoken.trees import first_factor

if TYPE_CHECKING:
    from agent.spoken.parser import Parser

_QUOTIENT_WORDS = 30
_STEPS = (Letter("h"), Letter("\\Delta"), Letter("\\delta"))


def listed(parser: "Parser", left: Parse, at: int, _sign: str) -> list[Parse]:
    """Another item after a comma."""
    items = left.node.items if isinstance(left.node, Listed) else (left.node,)
    return [
        joined(left, right, Listed((*items, right.node)), Binding.LIST)
        for right in parser.parse(at, Binding.RELATION)
    ]


def relation(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """Equals, less than, approaches, and what follows."""
    return [
        joined(left, right, Relation(sign, left.node, right.node), Binding.RELATION)
        for right in parser.parse(at, Binding.WIDE)
    ]


def loose_equals(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """x is five: an equation where a formula follows, prose where it doesn't."""
    is_set = isinstance(left.node, Symbol)
    if is_set or parser.word(at) in ("a", "an", "i", "in", "to", "for", "why", "see", "be"):
        return []
    return [
        dearer(parse, 0.3, "is means equals")
        for parse in relation(parser, left, at, sign)
        if parser.word(parse.end) not in ("of", "more", "less")
    ]


def addition(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """Another term; a fraction as the last term may reach back over all terms."""
    if parser.stops & Stop.BAR and parser.word(at) == "c" and "integral" in parser.words:
        return []  # the constant of integration is under no root
    said = parser.words[max(0, at - _QUOTIENT_WORDS) : at]
    return [
        term
        for right in parser.parse(at, Binding.PRODUCT)
        for term in _with_term(said, left, right, sign)
    ]


def _with_term(said: Sequence[str], left: Parse, right: Parse, sign: str) -> list[Parse]:
    last = right.node
    alone = Sum(sign, left.node, last)
    if not isinstance(last, Fraction) or not last.has_bar:
        return [joined(left, right, alone, Binding.SUM)]
    whole = Fraction(Sum(sign, left.node, last.numerator), last.denominator)
    if _reaches_back(said, left.node, sign, last):
        usual, other, choice = whole, alone, "the fraction takes only the last term"
        return [
            joined(left, right, usual, Binding.SUM),
            dearer(joined(left, right, other, Binding.SUM), 1.0, choice),
        ]
    return [
        joined(left, right, alone, Binding.SUM),
        dearer(joined(left, right, whole, Binding.SUM), 1.0, "the fraction takes all terms"),
    ]


def product(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """Another factor; brackets that nobody spoke may hold a sum after "times"."""
    rights = parser.parse(at, Binding.FRACTION)
    found = [
        joined(left, right, Product(sign, left.node, right.node), Binding.PRODUCT)
        for right in rights
    ]
    found += [whole for right in rights for whole in _all_over(left, right, sign)]
    if sign != "\\times" or not rights or parser.word(rights[0].end) not in ("plus", "minus"):
        return found
    sums = _times_sum(parser, left, at)
    if rights[0].node == left.node:  # n times n plus one
        return sums + [dearer(parse, 1.0, "times one term") for parse in found]
    return found + [dearer(parse, 1.5, "times all that follows") for parse in sums]


def _all_over(left: Parse, right: Parse, sign: str) -> list[Parse]:
    """Factors, the last of them a fraction, as one fraction."""
    last = right.node
    if not isinstance(last, Fraction) or not last.has_bar:
        return []
    node = Fraction(Product(sign, left.node, last.numerator), last.denominator)
    return [dearer(joined(left, right, node, Binding.PRODUCT), 0.8, "all factors over")]


def _times_sum(parser: "Parser", left: Parse, at: int) -> list[Parse]:
    return [
        joined(left, right, Product("\\times", left.node, Fenced(right.node)), Binding.FACTOR)
        for right in parser.parse(at, Binding.SUM, parser.stops | Stop.BAR)
    ]


def fraction(parser: "Parser", left: Parse, at: int, _bar: bool) -> list[Parse]:
    """What stands over what; after one over one plus, all the terms."""
    if parser.stops & Stop.BAR:
        return []
    found = [
        joined(left, right, Fraction(left.node, right.node), Binding.FRACTION)
        for right in parser.parse(at, Binding.FACTOR)
    ]
    if found and parser.word(found[0].end) in ("plus", "minus"):
        found += _longer_denominators(parser, left, at)
        if _is_one_over_one(left, found[0]):
            found[0] = dearer(found[0], 1.5, "the denominator is one")
    return found


def wide_fraction(parser: "Parser", left: Parse, at: int, _bar: bool) -> list[Parse]:
    """All over: everything since the relation is the numerator."""
    short = parser.parse(at, Binding.PRODUCT)
    found = [joined(left, right, Fraction(left.node, right.node), Binding.WIDE) for right in short]
    if short and parser.word(short[0].end) in ("plus", "minus"):
        for right in parser.parse(at, Binding.SUM):
            node = Fraction(left.node, right.node)
            longer = joined(left, right, node, Binding.WIDE)
            found.append(dearer(longer, 0.3, "a longer denominator"))
    return found


def _longer_denominators(parser: "Parser", left: Parse, at: int) -> list[Parse]:
    is_one = left.node == Number("1") and parser.word(at) in ("1", "one")
    longer = [
        joined(left, right, Fraction(left.node, right.node), Binding.FRACTION)
        for right in parser.parse(at, Binding.SUM)
        if isinstance(right.node, Sum)
    ]
    return longer if is_one else [dearer(p, 1.0, "a longer denominator") for p in longer]


def _is_one_over_one(left: Parse, found: Parse) -> bool:
    node = found.node
    return left.node == Number("1") and isinstance(node, Fraction) and node.denominator == left.node


def _reaches_back(said: Sequence[str], left: Node, sign: str, last: Fraction) -> bool:
    """Difference quotients and the quadratic formula are fractions as a whole."""
    if sign == "\\pm" and isinstance(last.numerator, Root):
        return isinstance(left, Signed)
    return first_factor(last.denominator) in _STEPS and ("h" in said or "delta" in said)
