"""A text as the words that the parser reads, with where each stands."""

import re
from dataclasses import dataclass

from agent.spoken.lexicon import SPOKEN_SYMBOLS

MAX_WORDS = 400
_WORD = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+(?:'[A-Za-z]+)?|[^\sA-Za-z\d]")


@dataclass(frozen=True, slots=True)
class Word:
    """One lower-case word of the text between `start` and `end`; `said` keeps its case."""

    text: str
    said: str
    start: int
    end: int


def split_words(text: str) -> list[Word]:
    """The words of `text`, symbols spelled out; at most MAX_WORDS."""
    words: list[Word] = []
    for match in _WORD.finditer(text):
        said = match[0]
        spelled = SPOKEN_SYMBOLS.get(said, said).lower()
        words += [Word(part, said, match.start(), match.end()) for part in spelled.split()]
        if len(words) >= MAX_WORDS:
            break
    return words[:MAX_WORDS]
