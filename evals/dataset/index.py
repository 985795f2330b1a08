"""A dataset's utterances to look through: what can be read of them, searched and filtered."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from agent.errors import DatasetError
from evals.dataset.utterances import Row, read_metadata, read_row, short_hash

MAX_VALUES = 60  # of a column that is offered as a filter
UNFILTERED = frozenset(("duration_sec", "perturbation"))  # measured, not chosen from


class Entry(NamedTuple):
    """One utterance as its line describes it.

    `revision` is the line's hash: an edit names the one that it was made from.
    """

    line: int
    revision: str
    row: Row


class BrokenLine(NamedTuple):
    """A line that describes no utterance, and why."""

    line: int
    sentence: str


class Entries(NamedTuple):
    """The lines of a metadata file: those that describe an utterance, and the others."""

    readable: list[Entry]
    broken: list[BrokenLine]


def read_entries(folder: Path) -> Entries:
    """Every line, whatever is wrong with the others; DatasetError without readable metadata."""
    entries = Entries([], [])
    for number, text in enumerate(read_metadata(folder).split("\n"), start=1):
        if not text.strip():
            continue
        try:
            entries.readable.append(Entry(number, short_hash(text), read_row(text, "")))
        except DatasetError as error:
            entries.broken.append(BrokenLine(number, str(error).removeprefix(": ")))
    return entries


class DatasetIndex:
    """What the lines of `folder` said when it was made; quick to search again and again."""

    def __init__(self, folder: Path) -> None:
        self.entries, self.broken = read_entries(folder)
        self._tags = [entry.row.tags for entry in self.entries]
        self._texts = [_searched(entry.row) for entry in self.entries]
        self._numbers = {entry.row.id: n for n, entry in reversed(list(enumerate(self.entries)))}

    def get(self, utterance_id: str) -> Entry:
        """The first utterance of that id; DatasetError when there is none."""
        number = self._numbers.get(utterance_id)
        if number is None:
            raise DatasetError(
                f"There is no utterance {utterance_id!r} in this dataset; somebody may have "
                "removed it. Reload the list."
            )
        return self.entries[number]

    def search(self, text: str, tags: Mapping[str, str]) -> list[Entry]:
        """Utterances whose id, words and LaTeX hold every word of `text`, and that have `tags`."""
        words = text.casefold().split()
        return [
            entry
            for entry, own, searched in zip(self.entries, self._tags, self._texts, strict=True)
            if all(own.get(name) == value for name, value in tags.items())
            and all(word in searched for word in words)
        ]

    @cached_property
    def filters(self) -> dict[str, list[str]]:
        """The columns with few values, and what these are, the most frequent first."""
        counts: dict[str, Counter[str]] = {}
        for tags in self._tags:
            for name, value in tags.items():
                counts.setdefault(name, Counter())[value] += 1
        return {
            name: [value for value, _ in values.most_common()]
            for name, values in counts.items()
            if name not in UNFILTERED and 2 <= len(values) <= MAX_VALUES
        }


def _searched(row: Row) -> str:
    return "\n".join((row.id, row.transcript, *row.latex)).casefold()
