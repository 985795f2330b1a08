"""Integrals with and without bounds."""

from agent.spoken.constructs.bounds import read_bounds
from agent.spoken.constructs.differentials import read_differential
from agent.spoken.constructs.products import factor_after_pause, with_article
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Differential, Fraction, Integral, Node, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import SLIGHTLY_LIKELIER, USUAL
from agent.spoken.vocabulary.table import by_meaning

INTEGRALS = by_meaning(
    {
        "\\int": "integral|integrate|indefinite integral|definite integral",
        "\\iint": "double integral",
        "\\iiint": "triple integral",
        "\\oint": "contour integral|closed integral|line integral",
    }
)


def read_integral(parser: Parser, at: int, sign: str) -> list[Parse]:
    """The integral from a to b of what follows, up to its differential."""
    symbol = Symbol(sign)
    at += parser.word(at) == ","
    heads = read_bounds(parser, at, symbol, Binding.SUM) or [Parse(at, symbol)]
    found: list[Parse] = []
    for head in heads:
        body_at = head.end + (parser.word(head.end) == ",")
        body_at += parser.word(body_at) == "of"
        found += _with_body(parser, head, body_at)
    return found


def _with_body(parser: Parser, head: Parse, at: int) -> list[Parse]:
    found: list[Parse] = []
    with parser.until(parser.stops | Stop.DIFFERENTIAL):
        bodies = parser.parse(at, Binding.SUM)
    for body in bodies:
        found += _closed(parser, head, body)
    variables, end = _differentials(parser, at)
    if variables:
        found.append(Parse(end, Integral(head.node, None, variables), head.cost, head.choices))
        found += _over_something(parser, head, at)
    if found or "integrate" in parser.words[max(0, at - 2) : at]:
        return found  # "integrate x squared" asks for it
    bodies = parser.parse(at, Binding.PRODUCT)
    return [dearer(_without_differential(parser, head, body), USUAL, "no d x") for body in bodies]


def _without_differential(parser: Parser, head: Parse, body: Parse) -> Parse:
    sign, end = _late_bounds(parser, head.node, body.end)
    node = Integral(sign, body.node, ())
    return joined(head, body, node, Binding.FACTOR)._replace(end=end)


def _late_bounds(parser: Parser, sign: Node, at: int) -> tuple[Node, int]:
    """The bounds that come last: of f of x d x from a to b."""
    late = read_bounds(parser, at, sign, Binding.SUM)[:1] if isinstance(sign, Symbol) else []
    return (late[0].node, late[0].end) if late else (sign, at)


def _closed(parser: Parser, head: Parse, body: Parse) -> list[Parse]:
    variables, end = _differentials(parser, body.end)
    if not variables:
        return []
    sign, end = _late_bounds(parser, head.node, end)
    node = Integral(sign, body.node, variables)
    return [joined(head, body, node, Binding.OPERAND)._replace(end=end)]


def _over_something(parser: Parser, head: Parse, at: int) -> list[Parse]:
    """The integral of d x over x."""
    with parser.until(Stop.NOTHING):
        bodies = parser.parse(at, Binding.FRACTION)
    return [
        dearer(
            joined(head, body, Integral(head.node, body.node, ()), Binding.FACTOR),
            SLIGHTLY_LIKELIER,
        )
        for body in bodies
        if isinstance(body.node, Fraction)
    ]


def _differentials(parser: Parser, at: int) -> tuple[tuple[Node, ...], int]:
    """The differentials at `at`, and where they end."""
    found: list[Node] = []
    start = at
    while (spoken := read_differential(parser, at + (parser.word(at) == ","))) is not None:
        found.append(Differential("d", spoken.variable))
        at = spoken.end
    if not found and tuple(parser.words[start : start + 3]) == ("with", "respect", "to"):
        for variable in parser.operands(start + 3)[:1]:
            return (Differential("d", variable.node),), variable.end
    return tuple(found), at


RULES = (
    Prefix(INTEGRALS, read_integral),
    Infix(with_article(INTEGRALS), Binding.PRODUCT, factor_after_pause, after_pause=True),
)
