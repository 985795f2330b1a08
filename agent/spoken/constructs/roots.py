"""Square, cube and other roots."""

from agent.spoken.constructs.fractions import BARS
from agent.spoken.constructs.groups import ending
from agent.spoken.constructs.magnitudes import read_scope
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, wrapped
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Letter, Node, Number, Product, Root
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MORE_UNLIKELY, USUAL
from agent.spoken.parsing.trees import unfenced
from agent.spoken.vocabulary.numbers import LETTER_ORDINALS, ORDINALS
from agent.spoken.vocabulary.table import Table

ROOTS = Table(
    {
        "square root|square route|route|start root|begin root|start square root|begin square root|positive square root|principal square root|root|sqrt": "",
        "cube root|cubed root|cubic root": "3",
    }
)
_ORDINAL_NAMES = {**{name: str(value) for name, value in ORDINALS.items() if value > 2}}
_ORDINAL_NAMES |= (
    {"n": "n"} | {f"{n}th": str(n) for n in range(4, 21)} | {"3rd": "3"} | LETTER_ORDINALS
)
ORDINAL_ROOTS = Table({f"{name} root": index for name, index in _ORDINAL_NAMES.items()})
_STARTS = Table({"start root|begin root|root of|of": True})


def read_root(parser: Parser, at: int, index: str) -> list[Parse]:
    """The square root of a sum; without "of", root two, the next factor."""
    if parser.word(at) == "of":
        radicands = read_scope(parser, at + 1, "the root ends early") + _others(parser, at + 1)
    else:
        radicands = _short(parser, at)
    shown = _index(index)
    return [
        wrapped(inner, Root(unfenced(inner.node), shown), end=ending(parser, inner.end))
        for inner in radicands
    ]


def read_ordinal_root(parser: Parser, at: int, index: str) -> list[Parse]:
    """The fourth root of x."""
    return read_root(parser, at, index)


def read_indexed_root(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """Root index three start root x end root."""
    found: list[Parse] = []
    for index in parser.operands(at)[:1]:
        start = _STARTS.match(parser.words, index.end)
        if start is None:
            continue
        found += [
            wrapped(inner, Root(unfenced(inner.node), index.node), end=ending(parser, inner.end))
            for inner in parser.parse(start[1], Binding.SUM)
        ]
    return found


def _others(parser: Parser, at: int) -> list[Parse]:
    """A root over a whole quotient, or over the number alone."""
    with parser.until(parser.stops | Stop.BAR):
        short = parser.parse(at, Binding.ARGUMENT)[:1]
    found: list[Parse] = []
    for first in short:
        if BARS.match(parser.words, first.end) and not parser.stops & Stop.BAR:
            wide = parser.parse(at, Binding.FRACTION)
            found += [dearer(p, USUAL, "the root is over the quotient") for p in wide[:1]]
        if isinstance(first.node, Product) and isinstance(first.node.left, Number):
            number = parser.parse(at, Binding.TIGHT)[:1]
            found += [dearer(p, MORE_UNLIKELY, "the root is over the number") for p in number]
    return found


def _index(text: str) -> Node | None:
    if not text:
        return None
    return Number(text) if text.isdigit() else Letter(text)


def _short(parser: Parser, at: int) -> list[Parse]:
    with parser.until(parser.stops | Stop.BAR):
        short = parser.parse(at, Binding.TIGHT)
        goes_on = bool(short) and parser.word(short[0].end) in ("plus", "minus")
        wide = parser.parse(at, Binding.SUM) if goes_on else ()
    return [*short, *(dearer(parse, USUAL, "the root goes on") for parse in wide)]


RULES = (
    Prefix(ROOTS, read_root),
    Prefix(ORDINAL_ROOTS, read_ordinal_root, is_doubtful=True),
    Prefix(Table({"root index": True}), read_indexed_root),
)
