"""Intervals: from a to b, open or closed, with or without their ends."""

from typing import NamedTuple

from agent.spoken.parsing.binding import Binding, Parse, Stop, joined, wrapped
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Fenced, Listed, Node, Signed, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.table import Table

INTERVALS = Table(
    {
        "interval from|interval|closed interval from|closed interval": ("[", "]"),
        "open interval from|open interval": ("(", ")"),
        "half open interval from|half open interval": ("[", ")"),
    }
)
_BETWEEN = frozenset(("to", "and", ",", "comma"))


class _Excluded(NamedTuple):
    """The ends that were said not to belong, and the index after all that was said of ends."""

    ends: tuple[Node, ...]
    end: int


def read_interval(parser: Parser, at: int, fences: tuple[str, str]) -> list[Parse]:
    """The interval from zero to one; "including" and "not including" tell which ends belong."""
    found: list[Parse] = []
    for low in _lows(parser, at):
        high_at = low.end + (parser.word(low.end) in _BETWEEN)
        with parser.until(Stop.OF):
            highs = parser.parse(high_at, Binding.SUM)
        for high in highs[:1]:
            excluded = _read_excluded(parser, high.end)
            left = _fence(low.node, excluded, fences[0], "(")
            right = _fence(high.node, excluded, fences[1], ")")
            both = joined(low, high, Listed((low.node, high.node)), Binding.OPERAND)
            found.append(wrapped(both, Fenced(both.node, left, right), end=excluded.end))
    return found


def _lows(parser: Parser, at: int) -> tuple[Parse, ...]:
    """The lower end: up to a word between the ends, or else the first operand."""
    with parser.until(Stop.OF):
        low = parser.parse(at, Binding.SUM)[:1]
    if low and parser.word(low[0].end) in _BETWEEN:
        return low
    is_told = parser.word(at - 1) == "from"
    with parser.until(Stop.OF):
        return () if is_told else parser.parse(at, Binding.TIGHT)[:1]


def _fence(end: Node, excluded: _Excluded, usual: str, opened: str) -> str:
    core = end.operand if isinstance(end, Signed) else end
    return opened if core == Symbol("\\infty") or end in excluded.ends else usual


def _read_excluded(parser: Parser, at: int) -> _Excluded:
    """Not including c or d; including c but not including d."""
    excluded: list[Node] = []
    while (clause := _clause(parser, at)) is not None:
        is_excluded, at = clause
        while ends := parser.operands(at)[:1]:
            excluded += [ends[0].node] if is_excluded else []
            at = ends[0].end
            if parser.word(at) not in ("or", "and") or parser.word(at + 1) == "not":
                break
            at += 1
    return _Excluded(tuple(excluded), at)


def _clause(parser: Parser, at: int) -> tuple[bool, int] | None:
    """Whether ends are excluded by the words at `at`, and where the ends follow."""
    at += parser.word(at) == ","
    at += parser.word(at) in ("but", "and")
    is_excluded = parser.word(at) in ("not", "excluding")
    at += parser.word(at) == "not"
    if parser.word(at) not in ("including", "excluding"):
        return None
    return is_excluded, at + 1


RULES = (Prefix(INTERVALS, read_interval),)
