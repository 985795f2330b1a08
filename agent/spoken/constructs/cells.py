"""Cells of a matrix, side by side and in rows."""

from typing import NamedTuple

from agent.spoken.parsing.binding import Binding, Stop
from agent.spoken.parsing.nodes import Node
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.numbers import ORDINALS, read_number

_MARKS = frozenset((",", ".", "comma"))
_IN_CELL = Stop.PAUSE | Stop.TIMES
_NEXT_ROW = frozenset(("and", "semicolon", "then"))
MAX_CELLS = 64
MAX_CELL_HEIGHT = 16


class Cells(NamedTuple):
    """Cells side by side, and the index after them."""

    nodes: tuple[Node, ...]
    end: int


def read_cells(parser: Parser, at: int, unit: str, n_most: int = MAX_CELLS) -> Cells:
    """The cells of one row: with commas between, or each a single operand."""
    at = _past_column_label(parser, at)
    with parser.until(_IN_CELL):
        first = parser.parse(at, Binding.SUM)[:1]
    has_commas = bool(first) and parser.word(first[0].end) in (",", "comma")
    binding = Binding.SUM if has_commas else Binding.TIGHT
    nodes: list[Node] = []
    end = at
    while len(nodes) < n_most and _label(parser, at, unit) is None:
        with parser.until(_IN_CELL):
            found = parser.parse(_past_column_label(parser, at), binding)[:1]
        if not found or found[0].height > MAX_CELL_HEIGHT:
            break
        nodes.append(found[0].node)
        end = at = found[0].end
        if has_commas and not _is_comma(parser, at):
            break
        at += has_commas
    return Cells(tuple(nodes), end)


def read_rows(parser: Parser, at: int, unit: str) -> tuple[tuple[tuple[Node, ...], ...], int]:
    """Rows of equal length with a label or a separator between them, and where they end."""
    rows: list[tuple[Node, ...]] = []
    start: int | None = at
    while start is not None and len(rows) < MAX_CELLS:
        cells = read_cells(parser, start, unit)
        if not cells.nodes:
            break
        rows.append(cells.nodes)
        at = cells.end
        start = after_label(parser, at, unit) or _after_separator(parser, at)
    is_rectangle = len({len(row) for row in rows}) == 1
    return (tuple(rows) if is_rectangle else ()), at


def _is_comma(parser: Parser, at: int) -> bool:
    """Whether a comma goes on with the row; a semicolon ends it where commas part its cells."""
    if parser.word(at) == "comma":
        return True
    if parser.word(at) != ",":
        return False
    return parser.said[at] == "," or _past_column_label(parser, at + 1) > at + 1


def _label(parser: Parser, at: int, unit: str) -> int | None:
    """The index after "row two", "second row", "rows"; None where no such label stands."""
    word, following = parser.word(at), parser.word(at + 1)
    if word == f"{unit}s":
        return at + 1
    if word == unit:
        number = read_number(parser.words, at + 1)
        return number.end if number else None
    is_ordinal = word in ORDINALS or word in ("next", "last", "new")
    return at + 2 if is_ordinal and following == unit else None


def after_label(parser: Parser, at: int, unit: str) -> int | None:
    """Where the cells after a row's or a column's label begin; None without a label."""
    at = past_marks(parser, at)
    at += parser.word(at) in _NEXT_ROW
    label = _label(parser, at, unit)
    return past_marks(parser, label) if label is not None else None


def _after_separator(parser: Parser, at: int) -> int | None:
    is_semicolon = parser.word(at) == "," and parser.said[at] == ";"
    return at + 1 if is_semicolon or parser.word(at) in _NEXT_ROW else None


def _past_column_label(parser: Parser, at: int) -> int:
    """Past "column 1," inside a row."""
    if parser.word(at) != "column":
        return at
    number = read_number(parser.words, at + 1)
    return past_marks(parser, number.end) if number else at


def past_marks(parser: Parser, at: int) -> int:
    """The index after all commas and stops at `at`."""
    while parser.word(at) in _MARKS:
        at += 1
    return at
