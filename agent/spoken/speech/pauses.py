"""Pauses as a recogniser times them, for a parser that reads pauses as commas."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MIN_PAUSE_SEC = 0.35  # words of one breath are rarely further apart


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A word and when it was said: seconds from any one origin."""

    text: str
    start_sec: float
    end_sec: float


def with_pauses(words: Sequence[TimedWord], min_pause_sec: float = MIN_PAUSE_SEC) -> str:
    """The words as one text, with a comma wherever nothing was said for `min_pause_sec`."""
    text = words[0].text if words else ""
    for before, after in pairwise(words):
        is_pause = after.start_sec - before.end_sec >= min_pause_sec
        text += f", {after.text}" if is_pause else f" {after.text}"
    return text
