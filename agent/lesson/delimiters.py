"""Formulas that a text marks itself: `$...$`, `$$...$$`, `\\(...\\)`, `\\[...\\]`."""

import re

from agent.transcript import Formula, Speaker

MAX_LATEX_CHARS = 4_000
MARKS = ("$", "\\(", "\\[")  # a text without any of them holds no formula
_ISLAND = re.compile(
    r"\$\$(?P<display>.+?)\$\$"
    r"|(?<!\\)\$(?P<inline>(?:\\.|[^$\\\n])+)\$"
    r"|\\\((?P<paren>.+?)\\\)"
    r"|\\\[(?P<bracket>.+?)\\\]",
    re.DOTALL,
)


def delimited_formulas(text: str, speaker: Speaker) -> tuple[Formula, ...]:
    """Each formula between delimiters, in order; a delimiter that is never closed is prose."""
    found = (match[match.lastgroup or 0].strip() for match in _ISLAND.finditer(text))
    return tuple(
        Formula(latex, "delimiters", speaker)
        for latex in found
        if latex and len(latex) <= MAX_LATEX_CHARS
    )
