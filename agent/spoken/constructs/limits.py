"""Limits, one-sided ones too."""

from collections.abc import Sequence

from agent.spoken.constructs.big_operators import with_body
from agent.spoken.constructs.bounds import past
from agent.spoken.constructs.named_calls import read_items
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Applied, Node, Relation, Scripts, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MODERATE, SMALL
from agent.spoken.vocabulary.table import Table, by_meaning

LIMITS = by_meaning(
    {
        "\\lim": "limit|lim",
        "\\limsup": "lim sup|limit superior|limsup",
        "\\liminf": "lim inf|limit inferior|liminf",
    }
)
SIDED_LIMITS = Table(
    {"left hand limit|left sided limit": "-", "right hand limit|right sided limit": "+"}
)
_ARROWS = Table({"approaches|goes to|tends to|nears|to|equals|is approaching|approach|go to": True})
_SIDES = Table(
    {
        "right|above|right side|right hand side|positive side|values greater than": "+",
        "left|below|left side|left hand side|negative side|values less than": "-",
        "values larger than|values bigger than": "+",
        "values smaller than": "-",
    }
)


def read_sided_limit(parser: Parser, at: int, side: str) -> list[Parse]:
    """The left hand limit as x approaches zero of f."""
    return read_limit(parser, at, "\\lim", side)


def read_limit(parser: Parser, at: int, name: str, side: str = "") -> list[Parse]:
    """The limit as x approaches zero of f, or of f as x approaches zero."""
    if not side:
        side, at = _side(parser, at)
    found: list[Parse] = []
    for head in _targets(parser, at, name, side):
        body_at = past(parser, head.end, (",",), ("of",), (",",))
        found += with_body(parser, head, body_at, Binding.WIDE)
    if not found and parser.word(at) != "of":
        heads = _targets(parser, at, name, side)
        return [dearer(head, MODERATE, "nothing has this limit") for head in heads]
    if found:
        return found
    if name != "\\lim":  # the limit superior of a sub n
        bare = parser.parse(at + 1, Binding.PRODUCT)
        found += [
            dearer(wrapped(b, Applied(Symbol(name), b.node)), SMALL, "no range") for b in bare
        ]
    for body in parser.parse(at + 1, Binding.WIDE):
        for head in _targets(parser, past(parser, body.end, (",",)), name, side):
            found.append(joined(body, head, Applied(head.node, body.node), Binding.PRODUCT))
    return found


def _targets(parser: Parser, at: int, name: str, side: str) -> list[Parse]:
    """The scripts under a limit: as x approaches zero; or, of f, x to zero."""
    at = past(parser, at, (",",), ("as",))
    found: list[Parse] = []
    for variable in _variables(parser, at):
        arrow = _ARROWS.match(parser.words, variable.end)
        if arrow is None:
            continue
        with parser.until(Stop.OF):
            points = parser.parse(arrow[1], Binding.SUM)
        for point in points:
            both = joined(variable, point, point.node, Binding.SUM)
            found.append(_target(parser, both, variable.node, (name, side)))
    return found


def _variables(parser: Parser, at: int) -> Sequence[Parse]:
    """x, or x and y."""
    several = read_items(parser, at, Binding.TIGHT)
    if several:
        return [several]
    with parser.until(Stop.OF):
        return parser.parse(at, Binding.SUM)


def _target(parser: Parser, both: Parse, variable: Node, head: tuple[str, str]) -> Parse:
    """The limit's name over its variable and point; `both` is the reading of the point."""
    name, side = head
    end = both.end
    if not side:
        side, end = _side(parser, end)
    if not side and parser.word(end) in ("plus", "minus") and parser.word(end + 1) == "of":
        side, end = {"plus": "+", "minus": "-"}[parser.word(end)], end + 1
    point = Scripts(both.node, sup=Symbol(side)) if side else both.node
    return wrapped(both, Scripts(Symbol(name), Relation("\\to", variable, point)), end=end)


def _side(parser: Parser, at: int) -> tuple[str, int]:
    """From the right, from above, from values less than c; and where it ends."""
    at = past(parser, at, (",",)) if parser.word(at + 1) == "from" else at
    if parser.word(at) != "from":
        return "", at
    side = _SIDES.match(parser.words, at + 1 + (parser.word(at + 1) == "the"))
    if side is None:
        return "", at
    sign, end = side
    if parser.word(end - 1) == "than":  # values less than the point itself
        end = next((point.end for point in parser.operands(end)), end)
    return sign, end


RULES = (
    Prefix(LIMITS, read_limit),
    Prefix(SIDED_LIMITS, read_sided_limit),
)
