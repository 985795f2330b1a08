"""Formulas as MathML, remembered: a lesson shows the same ones again and again."""

import threading

from evals.notation import Katex, MathML

MAX_REMEMBERED = 2_000
MAX_REMEMBERED_CHARS = 20_000_000  # one formula's markup may have 400,000


class Typesetter:
    """Typesets with one KaTeX; to be called from worker threads, where KaTeX keeps its limits."""

    def __init__(self, katex: Katex) -> None:
        self._katex = katex
        self._remembered: dict[str, str | None] = {}
        self._n_chars = 0
        self._one_at_a_time = threading.Lock()

    def __call__(self, latex: str) -> str | None:
        """MathML of `latex`; None when it can't be typeset."""
        try:
            return self._remembered[latex]
        except KeyError:
            (result,) = self._katex.mathml([latex])
        markup = result.markup if isinstance(result, MathML) else None
        self._remember(latex, markup)
        return markup

    def _remember(self, latex: str, markup: str | None) -> None:
        """Called from several threads: a formula may be typeset by two of them at once."""
        with self._one_at_a_time:
            self._forget(latex)
            self._remembered[latex] = markup
            self._n_chars += len(latex) + len(markup or "")
            while len(self._remembered) > MAX_REMEMBERED or self._n_chars > MAX_REMEMBERED_CHARS:
                self._forget(next(iter(self._remembered)))

    def _forget(self, latex: str) -> None:
        if latex in self._remembered:
            self._n_chars -= len(latex) + len(self._remembered.pop(latex) or "")
