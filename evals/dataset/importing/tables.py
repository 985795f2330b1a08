"""The table of a folder or archive: which recording is what."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import NamedTuple

from agent.errors import DatasetError
from agent.storable import read_json
from evals.dataset.importing.columns import file_of
from evals.dataset.importing.sources import Source
from evals.dataset.utterances import MAX_LINE_CHARS, METADATA

MAX_TABLE_BYTES = 64_000_000
TABLES = (".csv", ".tsv", ".jsonl")
DELIMITERS = ",;\t"
HINT = (
    "expected metadata.jsonl, or a CSV with the columns file_name, transcript and latex, "
    "beside the recordings"
)


class Clip(NamedTuple):
    """One row and its recording; `where` begins a sentence about it.

    `read` gives the recording's content, DatasetError when there is none. Rows of one `source`
    share a recording; empty where every row brings its own.
    """

    where: str
    file_name: str
    read: Callable[[], bytes]
    row: Mapping[str, object]
    source: str = ""


def read_clips(source: Source, table: str | None = None) -> Iterator[Clip]:
    """Every row of `table`, or of all there are, with its recording.

    DatasetError for the first row that has none, and when there is no table.
    """
    known = set(source.names())
    for name_of_table in [table] if table else _tables(source):
        base = PurePosixPath(name_of_table).parent
        for where, row in _rows(name_of_table, source.read(name_of_table)):
            file_name = file_of(row)
            if not file_name:
                raise DatasetError(f"{where}: no column file_name says which recording it is.")
            name = (base / file_name).as_posix().removeprefix("./")
            if name not in known:
                raise DatasetError(f"{where}: {file_name[:100]} is not among the files.")
            yield Clip(where, file_name, partial(source.read, name), row, name)


def _tables(source: Source) -> list[str]:
    """The metadata files; where there is none, the one table that there is."""
    names = [name for name in source.names() if not _is_hidden(name)]
    for wanted in (METADATA, "metadata.csv"):
        if found := [name for name in names if PurePosixPath(name).name == wanted]:
            return sorted(found)
    others = [name for name in names if name.lower().endswith(TABLES)]
    if len(others) != 1:
        got = f"{len(others)} tables" if others else f"{len(names):,} files and no table"
        raise DatasetError(f"There are {got}; {HINT}.")
    return others


def _is_hidden(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return any(part.startswith(".") or part == "__MACOSX" for part in parts)


def _rows(table: str, content: bytes) -> Iterator[tuple[str, Mapping[str, object]]]:
    if len(content) > MAX_TABLE_BYTES:
        raise DatasetError(f"{table}: expected at most {MAX_TABLE_BYTES // 1_000_000} MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(
            f"{table}: expected UTF-8, got another encoding; save it as CSV UTF-8."
        ) from error
    yield from _json_rows(table, text) if table.endswith(".jsonl") else _csv_rows(table, text)


def _json_rows(table: str, text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        where = f"{table}, line {number}"
        try:
            if len(line) > MAX_LINE_CHARS:
                raise ValueError
            row = read_json(line)
        except ValueError:
            raise DatasetError(f"{where}: expected one JSON object a line.") from None
        if not isinstance(row, dict):
            raise DatasetError(f"{where}: expected one JSON object a line.")
        yield where, row


def _csv_rows(table: str, text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    head = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=head.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in rows:
            where = f"{table}, line {rows.line_num}"
            if None in row:
                raise DatasetError(f"{where}: more columns than the first line names.")
            yield where, row
    except csv.Error as error:
        raise DatasetError(f"{table}, line {rows.line_num}: {error}.") from error
