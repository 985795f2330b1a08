"""Where in a spoken sentence the formulas of its written form were said."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from evals.notation import split_math

_WORD = re.compile(r"[\w'’]+")
_FORMULA = "\0"


class SaidSpan(NamedTuple):
    """Characters of the spoken sentence, `end` exclusive."""

    start: int
    end: int

    def overlaps(self, other: "SaidSpan") -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


def said_spans(spoken: str, sentence_latex: str) -> list[SaidSpan]:
    """The words of `spoken` that stand for the `$...$` of `sentence_latex`.

    The words around the formulas are aligned; what lies between belongs to the formula.
    """
    words = list(_WORD.finditer(spoken))
    written = [
        word.lower()
        for piece in split_math(sentence_latex)
        for word in ([_FORMULA] if piece.is_math else _WORD.findall(piece.text))
    ]
    matcher = SequenceMatcher(None, written, [word[0].lower() for word in words], autojunk=False)
    return [
        SaidSpan(words[begin].start(), words[end - 1].end())
        for _, first, last, begin, end in matcher.get_opcodes()
        if _FORMULA in written[first:last] and begin < end
    ]
