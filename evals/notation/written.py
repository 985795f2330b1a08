"""A reading or a turn as the formulas written in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.notation.islands import split_math
from evals.notation.several import link_of


@dataclass(frozen=True, slots=True)
class Written:
    """One formula and the prose that leads to it; None where no prose is known."""

    latex: str
    link: str | None


def formulas_of(text: str) -> list[Written]:
    """The formulas of a sentence with the prose between them, or the text as one formula."""
    pieces = split_math(text)
    if not any(piece.is_math for piece in pieces):
        return [Written(text, None)] if text.strip() else []
    formulas: list[Written] = []
    prose = ""
    for piece in pieces:
        if piece.is_math:
            formulas.append(Written(piece.text, link_of(prose) if formulas else None))
            prose = ""
        else:
            prose = piece.text
    return formulas


def formulas_in_turn(predicted: Sequence[str]) -> list[Written]:
    """The formulas of a turn's strings, in order."""
    return [formula for text in predicted for formula in formulas_of(text)]
