"""Formulas inside prose: `Find $x$ when \\(x+1=3\\).`"""

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass

MAX_SENTENCE_CHARACTERS = 8000
_CLOSERS = {"$$": "$$", "$": "$", "\\(": "\\)", "\\[": "\\]"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of prose, or the LaTeX between two delimiters (delimiters left out)."""

    text: str
    is_math: bool


def split_math(text: str) -> tuple[Piece, ...]:
    """`text` as prose and formulas in order; empty stretches are left out.

    Delimiters are `$`, `$$`, `\\(`, `\\[`; `\\$` is a dollar of the prose. A delimiter that
    is never closed is prose, and so is one inside braces, as in `\\text{if $x>0$}`. A text
    of more than 8,000 characters is not searched: all of it is prose.
    """
    if not any(mark in text for mark in _CLOSERS) or len(text) > MAX_SENTENCE_CHARACTERS:
        return (Piece(text, is_math=False),) if text.strip() else ()
    closers = _Closers(text)
    pieces: list[Piece] = []
    prose_start = index = 0
    while (index := _next_delimiter(text, index)) < len(text):
        opener = next(mark for mark in _CLOSERS if text.startswith(mark, index))
        start = index + len(opener)
        end = closers.after(start, _CLOSERS[opener])
        if end is None:
            index = start
            continue
        pieces.append(Piece(text[prose_start:index], is_math=False))
        pieces.append(Piece(text[start:end].strip(), is_math=True))
        prose_start = index = end + len(_CLOSERS[opener])
    pieces.append(Piece(text[prose_start:], is_math=False))
    return tuple(piece for piece in pieces if piece.text.strip())


def _next_delimiter(text: str, index: int) -> int:
    """Where the next formula may open, outside braces; the text's end if nowhere."""
    depth = 0
    while index < len(text):
        if depth == 0 and text.startswith(tuple(_CLOSERS), index):
            return index
        depth = max(0, depth + _brace_step(text, index))
        index += _step(text, index)
    return index


class _Closers:
    """Where closing delimiters stand, by their depth of braces.

    Found in one pass: a search from each unclosed delimiter would be quadratic.
    """

    def __init__(self, text: str) -> None:
        self._depths: dict[int, int] = {}
        self._places: dict[tuple[str, int], list[int]] = defaultdict(list)
        depth = index = 0
        while index < len(text):
            self._depths[index] = depth
            if text[index] in "$\\":
                for closer in _CLOSERS.values():
                    if text.startswith(closer, index):
                        self._places[closer, depth].append(index)
            depth += _brace_step(text, index)
            index += _step(text, index)
        self._depths[index] = depth

    def after(self, start: int, closer: str) -> int | None:
        """Where the first `closer` at the depth of `start` stands, from `start` on."""
        places = self._places[closer, self._depths[start]]
        at = bisect_left(places, start)
        return places[at] if at < len(places) else None


def _step(text: str, index: int) -> int:
    """A backslash takes the next character with it: `\\$`, `\\{` and `\\\\`."""
    return 2 if text[index] == "\\" else 1


def _brace_step(text: str, index: int) -> int:
    return (text[index] == "{") - (text[index] == "}")
