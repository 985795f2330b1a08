"""Formulas for programs: from spoken words, and compared."""

import asyncio
from collections.abc import Sequence
from typing import Annotated, cast

from pydantic import Field

from agent.spoken import Reading as SpokenReading
from agent.spoken import annotate, readings, require_english
from evals.notation import Katex, Prover, score_notation
from workbench.programs.answers import Ladder, Reading, SpokenFormula

Words = Annotated[str, Field(min_length=1, max_length=1_000)]
Latex = Annotated[str, Field(max_length=4_000)]


class FormulaEndpoints:
    """Both need no Live service."""

    def __init__(self, katex: Katex, prover: Prover) -> None:
        self._katex = katex
        self._prover = prover

    async def spoken_to_latex(self, words: Words, in_sentence: bool = False) -> list[SpokenFormula]:
        """Write spoken English mathematics as LaTeX, likeliest reading first.

        Args:
            words: What was said, for instance "x squared plus one over two".
            in_sentence: Find the formulas inside a sentence, instead of reading all as one.

        Returns:
            One entry a formula, empty where there is none.
        """
        require_english(words)
        return await asyncio.to_thread(_formulas, words, in_sentence)

    async def compare_formulas(self, reference: Latex, prediction: Latex) -> Ladder:
        r"""Compare two formulas: how far the notation agrees, and in words why no further.

        Args:
            reference: What was meant, as LaTeX without dollars, for instance "\frac{1}{2}".
            prediction: What was written; empty where nothing was.

        Returns:
            The notation ladder's verdict.
        """
        pair = ((reference,), (prediction,) if prediction else ())
        (score,) = await asyncio.to_thread(score_notation, [pair], self._katex, self._prover)
        return cast(Ladder, score.verdicts)


def _formulas(words: str, in_sentence: bool) -> list[SpokenFormula]:
    if in_sentence:
        return [
            SpokenFormula(
                words=words[span.start : span.end],
                latex=span.latex,
                readings=_readings(span.readings),
            )
            for span in annotate(words)
        ]
    found = _readings(readings(words))
    return [SpokenFormula(words=words, latex=found[0]["latex"], readings=found)] if found else []


def _readings(found: Sequence[SpokenReading]) -> list[Reading]:
    return [Reading(latex=each.latex, confidence=round(each.confidence, 4)) for each in found]
