"""Formulas inside prose: `Find $x$ when \\(x+1=3\\).`"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of prose, or the LaTeX between two delimiters (delimiters left out)."""

    text: str
    is_math: bool


def split_math(text: str) -> tuple[Piece, ...]:
    """`text` as alternating prose and formulas.

    Delimiters are `$`, `$$`, `\\(`, `\\[`; `\\$` is a dollar of the prose. A delimiter that
    is never closed is prose.
    """
    raise NotImplementedError
