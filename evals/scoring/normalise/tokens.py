"""Cutting a written transcript into words, numbers, commands and symbols."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from evals.scoring.normalise.symbols import GREEK, SUBSCRIPTS, SUPERSCRIPTS, VULGAR_FRACTIONS

Kind = Literal["word", "number", "ordinal", "command", "symbol"]

_TOKEN = re.compile(
    r"(?P<command>\\[a-z]+|\\.)"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)"
    r"|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<symbol>\.\.\.|<=|>=|!=|->|=>|\*\*|\S)",
    re.DOTALL,
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "′": "'", "″": "''", "“": " ", "”": " ", '"': " "})


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of the text; `glued` says that no space stands before it."""

    kind: Kind
    text: str
    glued: bool


def tokenise(text: str) -> list[Token]:
    """Lower-case tokens; Unicode scripts and fractions as `^{2}`, `_{1}` and `1/2` would be."""
    plain = unicodedata.normalize("NFKC", _spell_scripts(text)).translate(_QUOTES).lower()
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(plain):
        kind: Kind = match.lastgroup  # type: ignore[assignment]  # one of the groups' names
        tokens.append(Token(kind, match.group(), glued=match.start() == end))
        end = match.end()
    return tokens


def _spell_scripts(text: str) -> str:
    written: list[str] = []
    run = ""  # "^", "_" or nothing
    for character in text:
        mark = "^" if character in SUPERSCRIPTS else "_" if character in SUBSCRIPTS else ""
        if mark != run:
            written.append(("}" if run else "") + (mark + "{" if mark else ""))
            run = mark
        plain = SUPERSCRIPTS.get(character) or SUBSCRIPTS.get(character)
        written.append(plain or _spelt_out(character, written))
    return "".join(written) + ("}" if run else "")


def _spelt_out(character: str, before: list[str]) -> str:
    if greek := GREEK.get(character.lower()):
        return f" {greek} "
    if fraction := VULGAR_FRACTIONS.get(character):
        return f" and {fraction}" if before and before[-1].isdigit() else fraction
    return character
