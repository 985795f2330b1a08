"""Square, cube and other roots."""

from typing import TYPE_CHECKING

from agent.spoken.binding import Binding, Parse, Stop, dearer, wrapped
from agent.spoken.groups import ending, read_scope
from agent.spoken.nodes import Letter, Node, Number, Root
from agent.spoken.table import Table
from agent.spoken.trees import unfenced

_STARTS = Table({"start root|begin root|root of|of": True})

if TYPE_CHECKING:
    from agent.spoken.parser import Parser


def read_root(parser: "Parser", at: int, index: str) -> list[Parse]:
    """The square root of a sum; without "of", root two, the next factor."""
    if parser.word(at) == "of":
        radicands = read_scope(parser, at + 1, "the root ends early")
    else:
        radicands = _short(parser, at)
    shown = _index(index)
    return [
        wrapped(inner, Root(unfenced(inner.node), shown), end=ending(parser, inner.end))
        for inner in radicands
    ]


def read_ordinal_root(parser: "Parser", at: int, index: str) -> list[Parse]:
    """The fourth root of x."""
    return read_root(parser, at, index)


def read_indexed_root(parser: "Parser", at: int, _said: bool) -> list[Parse]:
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


def _index(text: str) -> Node | None:
    if not text:
        return None
    return Number(text) if text.isdigit() else Letter(text)


def _short(parser: "Parser", at: int) -> list[Parse]:
    stops = parser.stops | Stop.BAR
    short = parser.parse(at, Binding.TIGHT, stops)
    found = list(short)
    if short and parser.word(short[0].end) in ("plus", "minus"):
        wide = parser.parse(at, Binding.SUM, stops)
        found += [dearer(parse, 1.0, "the root goes on") for parse in wide]
    return found
