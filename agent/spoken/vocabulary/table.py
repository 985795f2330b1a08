"""Phrases and what they mean."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Table(Generic[Value]):
    """Meanings by phrase; of the phrases that match, the longest comes first."""

    def __init__(self, rows: Mapping[str, Value] | Iterable[tuple[str, Value]]) -> None:
        """`rows`: phrase, or several separated by "|", to meaning."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrases, value in rows.items() if isinstance(rows, Mapping) else rows:
            for phrase in phrases.split("|"):
                words = tuple(phrase.split())
                self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Sequence[str], at: int) -> tuple[Value, int] | None:
        """The meaning of the longest phrase at `at`, and where that phrase ends."""
        found = self.matches(words, at)
        return found[0] if found else None

    def matches(self, words: Sequence[str], at: int) -> Sequence[tuple[Value, int]]:
        """The meanings of all phrases at `at`, the longest first, and where each ends."""
        entries = self._by_first.get(words[at]) if at < len(words) else None
        if entries is None:
            return ()
        return [
            (value, at + len(phrase))
            for phrase, value in entries
            if len(phrase) == 1 or tuple(words[at : at + len(phrase)]) == phrase
        ]

    def rows(self) -> Iterator[tuple[str, Value]]:
        """Every phrase with its meaning."""
        for entries in self._by_first.values():
            for words, value in entries:
                yield " ".join(words), value


def by_meaning(rows: Mapping[str, str]) -> Table[str]:
    """A table written the other way round: meaning, then its phrases separated by "|"."""
    return Table({phrases: meaning for meaning, phrases in rows.items()})
