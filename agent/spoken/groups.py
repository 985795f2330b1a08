"""Brackets, magnitudes, the quantity, the fraction."""

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.spoken.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.functions import CLOSINGS
from agent.spoken.listed_calls import read_items
from agent.spoken.nodes import (
    Accented,
    Called,
    Fenced,
    Fraction,
    Letter,
    Listed,
    Node,
    Number,
    Product,
    Relation,
    Scripts,
    Sum,
    Symbol,
)
from agent.spoken.operators import ENDINGS
from agent.spoken.trees import last_term

if TYPE_CHECKING:
    from agent.spoken.parser import Parser


_ROUNDING = ("\\lfloor ", "\\lceil ")
_NAMES = Letter | Scripts | Accented | Called


def read_group(parser: "Parser", at: int, fence: tuple[str, str]) -> list[Parse]:
    """What stands between spoken or written brackets; the closing one may be missing at the end."""
    found: list[Parse] = []
    for inner in parser.parse(at, Binding.LIST, Stop.NOTHING):
        closing = CLOSINGS.match(parser.words, _past_comma(parser, inner.end))
        node = Fenced(inner.node, *fence)
        if closing:
            found.append(wrapped(inner, node, end=closing[1]))
        elif inner.end >= len(parser.words):
            found.append(dearer(wrapped(inner, node), 1.0, "the bracket was never closed"))
    return found


def read_bars(parser: "Parser", at: int, bar: str) -> list[Parse]:
    """|x - 3| as recognisers write it."""
    return [
        wrapped(inner, Fenced(inner.node, bar, bar), end=inner.end + 1)
        for inner in parser.parse(at, Binding.SUM, Stop.NOTHING)
        if parser.word(inner.end) == parser.word(at - 1)
    ]


def read_set(parser: "Parser", at: int, fence: tuple[str, str]) -> list[Parse]:
    """The set of all x such that x is positive; the set of one comma two."""
    found: list[Parse] = []
    for inner in parser.parse(at, Binding.LIST):
        if tuple(parser.words[inner.end : inner.end + 2]) == ("such", "that"):
            found += [
                wrapped(
                    joined(inner, rest, rest.node, Binding.LIST), _such_that(inner, rest, fence)
                )
                for rest in parser.parse(inner.end + 2, Binding.RELATION)
            ]
        elif isinstance(inner.node, Listed) and not _goes_on(parser, inner.end):
            found.append(wrapped(inner, Fenced(inner.node, *fence)))
    return found or _listed_set(parser, at, fence)


def _goes_on(parser: "Parser", at: int) -> bool:
    """Whether an "and" comes next, perhaps after a comma."""
    return "and" in parser.words[at : at + 1 + (parser.word(at) == ",")]


def _listed_set(parser: "Parser", at: int, fence: tuple[str, str]) -> list[Parse]:
    """The set containing u, v and w; the set one to n; the set S."""
    items = read_items(parser, at, Binding.SUM)
    if items:
        return [items._replace(node=Fenced(items.node, *fence))]
    first = parser.parse(at, Binding.SUM)[:1]
    for low in first:
        if parser.word(low.end) == "to":
            return [
                joined(low, high, Fenced(_run(low.node, high.node), *fence), Binding.OPERAND)
                for high in parser.parse(low.end + 1, Binding.SUM)[:1]
            ]
    is_name = parser.word(at - 1) == "set" and bool(first) and isinstance(first[0].node, _NAMES)
    return list(first) if is_name else []


def _run(low: Node, high: Node) -> Node:
    return Listed((low, Symbol("\\dots"), high))


def _such_that(inner: Parse, rest: Parse, fence: tuple[str, str]) -> Node:
    return Fenced(Relation("\\mid", inner.node, rest.node), *fence)


def read_point(parser: "Parser", at: int, fence: tuple[str, str]) -> list[Parse]:
    """The point two comma three."""
    return [
        wrapped(inner, Fenced(inner.node, *fence))
        for inner in parser.parse(at, Binding.LIST)
        if isinstance(inner.node, Listed) and "comma" in parser.words[at : inner.end]
    ]


def read_magnitude(parser: "Parser", at: int, fence: tuple[str, str]) -> list[Parse]:
    """The absolute value of a sum, or of its first term; the floor of a quotient."""
    found: list[Parse] = []
    quotients = _quotients(parser, at) if fence[0] in _ROUNDING else []
    for inner in (*quotients, *read_scope(parser, at, "the bars close early")):
        end = ending(parser, inner.end)
        whole = wrapped(inner, Fenced(inner.node, *fence), end=end)
        core = inner.node
        is_squared = parser.word(inner.end - 1) in ("squared", "cubed")
        if end == inner.end and is_squared and isinstance(core, Scripts) and core.sup:
            bars = Fenced(replace(core, sup=None) if core.sub else core.base, *fence)
            found.append(wrapped(inner, Scripts(bars, sup=core.sup)))
            whole = dearer(whole, 0.7, "the power is inside")
        found.append(whole)
    return found


def _quotients(parser: "Parser", at: int) -> list[Parse]:
    """n over two, which one rounds; whole numbers one does not."""
    found = parser.parse(at, Binding.FRACTION)[:1]
    return [dearer(p, -0.1) for p in found if isinstance(p.node, Fraction) and p.node.has_bar]


def read_scope(parser: "Parser", at: int, choice: str) -> list[Parse]:
    """All the terms that follow, or, less likely, the first one; bars and commas end them."""
    stops = parser.stops | Stop.BAR | Stop.PAUSE
    wide = parser.parse(at, Binding.SUM, stops)
    short = parser.parse(at, Binding.ARGUMENT, stops)
    if not short or not wide or wide[0].end <= short[0].end:
        return list(wide)
    if any(_repeats(parser, at, parse) for parse in wide[:1]):
        return [*short, *(dearer(parse, 1.2, "it goes on") for parse in wide)]
    return [*wide, *(dearer(parse, 1.2, choice) for parse in short)]


def _repeats(parser: "Parser", at: int, wide: Parse) -> bool:
    """The root of x plus the root of y: the next one of its kind closes the first."""
    opener_at = next(
        (i for i in (at - 1, at - 2) if parser.word(i) not in ("of", "the", ",")), at - 1
    )
    opener = parser.word(opener_at)
    is_second = opener in parser.words[:opener_at] and "times" in (
        parser.word(opener_at - 1),
        parser.word(opener_at - 2),
    )
    return is_second or opener in parser.words[at : wide.end]


def read_quantity_words(parser: "Parser", at: int, _said: bool) -> list[Parse]:
    """The quantity x plus one squared: brackets, and the power belongs to all of it."""
    found: list[Parse] = []
    for inner in parser.parse(at, Binding.SUM, Stop.BAR | Stop.TIMES):
        end = ending(parser, inner.end)
        last = last_term(inner.node)
        is_lifted = end == inner.end and isinstance(inner.node, Sum) and has_power(last)
        if is_lifted:
            found.append(wrapped(inner, lifted(inner.node)))
        whole = wrapped(inner, Fenced(inner.node), end=end)
        found.append(dearer(whole, 1.0, "the power is inside") if is_lifted else whole)
    return found


def read_fraction(parser: "Parser", at: int, _said: bool) -> list[Parse]:
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
        for inner in parser.parse(at, Binding.WIDE, Stop.NOTHING)
        if isinstance(inner.node, Fraction)
    ]


def read_binomial(parser: "Parser", at: int, _said: bool) -> list[Parse]:
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


def ending(parser: "Parser", at: int) -> int:
    """The index after a spoken end ("end root") at `at`."""
    found = ENDINGS.match(parser.words, _past_comma(parser, at))
    return found[1] if found else at


def _past_comma(parser: "Parser", at: int) -> int:
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
