"""What a session already knows of its mathematics, and what follows for the next words."""

import re
from dataclasses import dataclass
from functools import lru_cache

_MAX_TEXT = 20_000  # characters of the problem and of the formulas that are looked at
_LETTER = r"(?:\\[A-Za-z]+|[A-Za-z])"
_TOKEN = re.compile(_LETTER)
_INDEXED = re.compile(rf"({_LETTER})_")
_CALLED = re.compile(rf"({_LETTER})'*\((?:{_LETTER}|\d+)(?:,|\))")
_MATHS = re.compile(r"\$([^$]*)\$")
# Not the article and the pronoun, but "A and B", "A is".
_LONE = re.compile(r"(?<![\w'\\])(?:[B-HJ-Zb-hj-z](?![\w'])|A(?=,| and| or| is| be))")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known before the next words are heard; all of it optional.

    `letters` and `functions` are those in use, as LaTeX (`x`, `A`, `\\theta`); `text` is the
    problem's text, with formulas between dollars or in plain words; `formulas` are the
    formulas so far, as LaTeX. What the text and the formulas hold need not be repeated.
    """

    letters: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    text: str = ""
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """Letters in use, those that are functions, and those that have an index."""

    letters: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    indexed: frozenset[str] = frozenset()

    def is_capital(self, small: str) -> bool:
        """Whether the letter heard as `small` is in use as a capital only."""
        return small.upper() in self.letters and small not in self.letters


@lru_cache(maxsize=64)
def known(context: Context) -> Known:
    """Everything that `context` tells of letters, gathered once."""
    formulas = [*context.formulas, *_MATHS.findall(context.text[:_MAX_TEXT])]
    latex = " ".join(formulas)[:_MAX_TEXT]
    prose = _MATHS.sub(" ", context.text[:_MAX_TEXT])
    functions = context.functions | set(_CALLED.findall(latex + " " + prose))
    lone = set(_LONE.findall(prose))
    letters = context.letters | functions | set(_TOKEN.findall(latex)) | lone
    return Known(frozenset(letters), frozenset(functions), frozenset(_INDEXED.findall(latex)))
