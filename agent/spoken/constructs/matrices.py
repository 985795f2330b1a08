"""Matrices, determinants and vectors: by rows, by columns, by size."""

import math
from typing import NamedTuple

from agent.spoken.parsing.binding import Binding, Parse, Stop
from agent.spoken.parsing.nodes import Fenced, Letter, Listed, Node, Number, Rows, Scripts
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.letters import LATIN
from agent.spoken.vocabulary.numbers import ORDINALS, read_number
from agent.spoken.vocabulary.table import Table

_MARKS = frozenset((",", ".", "comma"))
_IN_CELL = Stop.PAUSE | Stop.TIMES
_NEXT_ROW = frozenset(("and", "semicolon", "then"))
_MAX_CELLS = 64
_MAX_CELL_HEIGHT = 16
KINDS = Table(
    {
        "matrix|row matrix|column matrix|row vector|column vector|vector": "pmatrix",
        "determinant": "vmatrix",
        "identity matrix": "identity",
    }
)
_ENTRIES = Table(
    {
        "with entries|with elements|with components|whose entries are|containing|with the entries": True
    }
)
_ENDS = Table({"end matrix|end vector|end determinant|close matrix": True})


class _Cells(NamedTuple):
    """Cells side by side, and the index after them."""

    nodes: tuple[Node, ...]
    end: int


def read_sized(parser: Parser, at: int, n_rows: int) -> list[Parse]:
    """Two by three matrix, then all its cells or its rows; without a matrix, two by three."""
    n_columns = read_number(parser.words, at)
    kind = KINDS.match(parser.words, n_columns.end) if n_columns else None
    if n_columns is None or kind is None or not n_columns.text.isdigit():
        return []
    environment, end = kind
    if environment == "identity":
        return [Parse(end, Scripts(Letter("I"), sub=Number(str(n_rows))))]
    return _labelled(parser, end, environment) or _filled(
        parser, end, environment, (n_rows, int(n_columns.text))
    )


def read_matrix(parser: Parser, at: int, environment: str) -> list[Parse]:
    """A matrix by rows or columns; "matrix A" is A."""
    at = _past_entries(parser, at)
    found = (
        _labelled(parser, at, environment)
        or _by_semicolons(parser, at, environment)
        or _square(parser, at, environment)
    )
    is_letter = parser.word(at) in LATIN and environment == "pmatrix"
    return found or ([Parse(at + 1, Letter(parser.said[at]))] if is_letter else [])


def read_column(parser: Parser, at: int, is_column: bool) -> list[Parse]:
    """The column vector two three; the row vector one comma two."""
    cells = _cells(parser, _past_marks(parser, at), "row")
    if len(cells.nodes) < 2:
        return []
    rows = tuple((node,) for node in cells.nodes) if is_column else (cells.nodes,)
    return [_finished(parser, cells.end, Rows("pmatrix", rows))]


def read_components(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The vector x comma y comma z; the vector one two three."""
    at = _past_entries(parser, at)
    cells = _cells(parser, at, "row")
    is_told = "comma" in parser.words[at : cells.end]
    if len(cells.nodes) < 2 or not (is_told or all(isinstance(n, Number) for n in cells.nodes)):
        return []
    return [Parse(cells.end, Fenced(Listed(cells.nodes)))]


def _square(parser: Parser, at: int, environment: str) -> list[Parse]:
    """The matrix one two three four: cells that fill a square."""
    cells = _cells(parser, at, "row")
    size = math.isqrt(len(cells.nodes))
    if size < 2 or size * size != len(cells.nodes):
        return []
    rows = tuple(cells.nodes[i : i + size] for i in range(0, size * size, size))
    return [_finished(parser, cells.end, Rows(environment, rows))]


def _past_entries(parser: Parser, at: int) -> int:
    """Past "with entries"."""
    entries = _ENTRIES.match(parser.words, at)
    return entries[1] if entries else at


def _labelled(parser: Parser, at: int, environment: str) -> list[Parse]:
    """Row one ... row two ...; with rows one two and three four; with columns ..."""
    at = _past_marks(parser, at)
    at += parser.word(at) in ("with", "whose")
    unit = "column" if _begins_columns(parser, at) else "row"
    start = _after_label(parser, at, unit)
    if start is None:
        return []
    rows, end = _rows_from(parser, start, unit)
    shown = tuple(zip(*rows, strict=True)) if rows and unit == "column" else rows
    return [_finished(parser, end, Rows(environment, shown))] if rows else []


def _by_semicolons(parser: Parser, at: int, environment: str) -> list[Parse]:
    """a b semicolon c d; one two next row three four."""
    rows, end = _rows_from(parser, at, "row")
    return [_finished(parser, end, Rows(environment, rows))] if len(rows) > 1 else []


def _rows_from(parser: Parser, at: int, unit: str) -> tuple[tuple[tuple[Node, ...], ...], int]:
    """Rows of equal length with a label or a separator between them, and where they end."""
    rows: list[tuple[Node, ...]] = []
    start: int | None = at
    while start is not None and len(rows) < _MAX_CELLS:
        cells = _cells(parser, start, unit)
        if not cells.nodes:
            break
        rows.append(cells.nodes)
        at = cells.end
        start = _after_label(parser, at, unit) or _after_separator(parser, at)
    is_rectangle = len({len(row) for row in rows}) == 1
    return (tuple(rows) if is_rectangle else ()), at


def _filled(parser: Parser, at: int, environment: str, size: tuple[int, int]) -> list[Parse]:
    """All cells of a matrix whose size was said."""
    n_rows, n_columns = size
    at = _past_entries(parser, _past_marks(parser, at))
    nodes: list[Node] = []
    while len(nodes) < min(n_rows * n_columns, _MAX_CELLS):
        cells = _cells(parser, at, "row", n_rows * n_columns - len(nodes))
        if not cells.nodes:
            return []
        nodes += cells.nodes
        at = _past_marks(parser, cells.end) if len(nodes) < n_rows * n_columns else cells.end
    rows = tuple(
        tuple(nodes[i : i + n_columns]) for i in range(0, n_rows * n_columns, max(n_columns, 1))
    )
    return [_finished(parser, at, Rows(environment, rows))] if rows else []


def _cells(parser: Parser, at: int, unit: str, n_most: int = _MAX_CELLS) -> _Cells:
    """The cells of one row: with commas between, or each a single operand."""
    at = _past_column_label(parser, at)
    first = parser.parse(at, Binding.SUM, _IN_CELL)[:1]
    has_commas = bool(first) and parser.word(first[0].end) in (",", "comma")
    binding = Binding.SUM if has_commas else Binding.TIGHT
    nodes: list[Node] = []
    end = at
    while len(nodes) < n_most and _label(parser, at, unit) is None:
        found = parser.parse(_past_column_label(parser, at), binding, _IN_CELL)[:1]
        if not found or found[0].height > _MAX_CELL_HEIGHT:
            break
        nodes.append(found[0].node)
        end = at = found[0].end
        if has_commas and not _is_comma(parser, at):
            break
        at += has_commas
    return _Cells(tuple(nodes), end)


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


def _after_label(parser: Parser, at: int, unit: str) -> int | None:
    at = _past_marks(parser, at)
    at += parser.word(at) in _NEXT_ROW
    label = _label(parser, at, unit)
    return _past_marks(parser, label) if label is not None else None


def _after_separator(parser: Parser, at: int) -> int | None:
    is_semicolon = parser.word(at) == "," and parser.said[at] == ";"
    return at + 1 if is_semicolon or parser.word(at) in _NEXT_ROW else None


def _begins_columns(parser: Parser, at: int) -> bool:
    return parser.word(at) in ("column", "columns") or parser.word(at + 1) == "column"


def _past_column_label(parser: Parser, at: int) -> int:
    """Past "column 1," inside a row."""
    if parser.word(at) != "column":
        return at
    number = read_number(parser.words, at + 1)
    return _past_marks(parser, number.end) if number else at


def _past_marks(parser: Parser, at: int) -> int:
    while parser.word(at) in _MARKS:
        at += 1
    return at


def _finished(parser: Parser, at: int, node: Node) -> Parse:
    """Past "end matrix"."""
    end = _ENDS.match(parser.words, _past_marks(parser, at))
    return Parse(end[1] if end else at, node, height=_MAX_CELL_HEIGHT + 1)
