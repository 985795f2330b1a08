"""Formulas as MathML, remembered: a lesson shows the same ones again and again."""

from collections import OrderedDict

from evals.notation import Katex, MathML

MAX_REMEMBERED = 2_000


class Typesetter:
    """Typesets with one KaTeX; to be called from worker threads, where KaTeX keeps its limits."""

    def __init__(self, katex: Katex) -> None:
        self._katex = katex
        self._remembered: OrderedDict[str, str | None] = OrderedDict()

    def __call__(self, latex: str) -> str | None:
        """MathML of `latex`; None when it can't be typeset."""
        if latex not in self._remembered:
            (result,) = self._katex.mathml([latex])
            self._remembered[latex] = result.markup if isinstance(result, MathML) else None
            if len(self._remembered) > MAX_REMEMBERED:
                self._remembered.popitem(last=False)
        return self._remembered[latex]
