"""Matrices, determinants and vectors: by rows, by columns, by size."""

import math

from agent.spoken.constructs.cells import (
    MAX_CELL_HEIGHT,
    MAX_CELLS,
    after_label,
    past_marks,
    read_cells,
    read_rows,
)
from agent.spoken.parsing.binding import Parse
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Fenced, Letter, Listed, Node, Number, Rows, Scripts
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.letters import LATIN
from agent.spoken.vocabulary.numbers import read_number
from agent.spoken.vocabulary.table import Table

MATRICES = Table({"matrix": "pmatrix", "determinant": "vmatrix"})
SIZES = Table(
    {
        f"{name} by|{n} by": n
        for n, name in enumerate(("one", "two", "three", "four", "five", "six"), start=1)
    }
)
COLUMNS = Table({"column vector|column matrix": True, "row vector|row matrix": False})
COMPONENTS = Table({"vector": True})
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
    cells = read_cells(parser, past_marks(parser, at), "row")
    if len(cells.nodes) < 2:
        return []
    rows = tuple((node,) for node in cells.nodes) if is_column else (cells.nodes,)
    return [_finished(parser, cells.end, Rows("pmatrix", rows))]


def read_components(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The vector x comma y comma z; the vector one two three."""
    at = _past_entries(parser, at)
    cells = read_cells(parser, at, "row")
    is_told = "comma" in parser.words[at : cells.end]
    if len(cells.nodes) < 2 or not (is_told or all(isinstance(n, Number) for n in cells.nodes)):
        return []
    return [Parse(cells.end, Fenced(Listed(cells.nodes)))]


def _square(parser: Parser, at: int, environment: str) -> list[Parse]:
    """The matrix one two three four: cells that fill a square."""
    cells = read_cells(parser, at, "row")
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
    at = past_marks(parser, at)
    at += parser.word(at) in ("with", "whose")
    unit = "column" if _begins_columns(parser, at) else "row"
    start = after_label(parser, at, unit)
    if start is None:
        return []
    rows, end = read_rows(parser, start, unit)
    shown = tuple(zip(*rows, strict=True)) if rows and unit == "column" else rows
    return [_finished(parser, end, Rows(environment, shown))] if rows else []


def _by_semicolons(parser: Parser, at: int, environment: str) -> list[Parse]:
    """a b semicolon c d; one two next row three four."""
    rows, end = read_rows(parser, at, "row")
    return [_finished(parser, end, Rows(environment, rows))] if len(rows) > 1 else []


def _filled(parser: Parser, at: int, environment: str, size: tuple[int, int]) -> list[Parse]:
    """All cells of a matrix whose size was said."""
    n_rows, n_columns = size
    at = _past_entries(parser, past_marks(parser, at))
    nodes: list[Node] = []
    while len(nodes) < min(n_rows * n_columns, MAX_CELLS):
        cells = read_cells(parser, at, "row", n_rows * n_columns - len(nodes))
        if not cells.nodes:
            return []
        nodes += cells.nodes
        at = past_marks(parser, cells.end) if len(nodes) < n_rows * n_columns else cells.end
    rows = tuple(
        tuple(nodes[i : i + n_columns]) for i in range(0, n_rows * n_columns, max(n_columns, 1))
    )
    return [_finished(parser, at, Rows(environment, rows))] if rows else []


def _begins_columns(parser: Parser, at: int) -> bool:
    return parser.word(at) in ("column", "columns") or parser.word(at + 1) == "column"


def _finished(parser: Parser, at: int, node: Node) -> Parse:
    """Past "end matrix"."""
    end = _ENDS.match(parser.words, past_marks(parser, at))
    return Parse(end[1] if end else at, node, height=MAX_CELL_HEIGHT + 1)


RULES = (
    Prefix(SIZES, read_sized),
    Prefix(MATRICES, read_matrix, is_doubtful=True),
    Prefix(COLUMNS, read_column),
    Prefix(COMPONENTS, read_components, is_doubtful=True),
)
