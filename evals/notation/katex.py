"""KaTeX in V8: whether a formula is readable, and its MathML."""

import asyncio
import html
import importlib.metadata
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from threading import Lock, Thread
from types import TracebackType
from typing import Self

from py_mini_racer import JSEvalException, mini_racer

from agent.errors import EnvironmentNotReady
from evals.notation.bounds import refusal

FORMULAS_PER_CALL = 64  # measured: seven times the formulas per second of single calls
FORMULA_TIMEOUT_SEC = 2.0
MAX_HEAP_BYTES = 256 * 1024 * 1024
MAX_EXPANSIONS = 1000
MAX_MARKUP_CHARACTERS = 400_000

# KaTeX writes a number set typed as one character as an upright letter: `ℝ` as `\\mathrm{R}`.
_TYPESET_JS = """
function numberSets() {
  const macros = {};
  for (const [typed, letter] of ['ℂC', 'ℍH', 'ℕN', 'ℙP', 'ℚQ', 'ℝR', 'ℤZ']) {
    macros[typed] = '\\\\TextOrMath{' + letter + '}{\\\\mathbb{' + letter + '}}';
  }
  return macros;
}
function typeset(formulas, display, maxExpand, maxMarkup) {
  return formulas.map(function (latex) {
    try {
      const markup = katex.renderToString(latex, {
        output: 'mathml', throwOnError: true, strict: 'ignore', displayMode: display,
        maxExpand: maxExpand, maxSize: 20, macros: numberSets(),
        trust: function (asked) { throw new Error(asked.command + ' is not allowed'); },
      });
      if (markup.length > maxMarkup) return [false, 'it typesets to too much'];
      return [true, markup.slice(markup.indexOf('<math'), markup.lastIndexOf('</span>'))];
    } catch (error) { return [false, String(error.message)]; }
  });
}
"""


@dataclass(frozen=True, slots=True)
class MathML:
    """A readable formula as presentation MathML, `<math>...</math>`, safe to put in a page."""

    markup: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """A formula that KaTeX, or one of our bounds, refuses; `reason` is plain text to escape."""

    reason: str


class Katex:
    """One KaTeX, owned by a `with`; calls from several threads queue in V8.

    A formula that exhausts time or memory is Invalid; the context it killed is replaced.
    """

    def __enter__(self) -> Self:
        self._owned = ExitStack()
        self._loop = self._owned.enter_context(_running_loop())
        self._context = self._owned.enter_context(ExitStack())
        self._lock = Lock()
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._owned.close()

    def mathml(self, formulas: Sequence[str], *, display: bool = True) -> list[MathML | Invalid]:
        """Typeset many formulas (LaTeX without delimiters), in their order."""
        outcomes: list[MathML | Invalid | None] = [
            Invalid(reason) if (reason := refusal(latex)) else None for latex in formulas
        ]
        todo = [index for index, outcome in enumerate(outcomes) if outcome is None]
        for start in range(0, len(todo), FORMULAS_PER_CALL):
            batch = todo[start : start + FORMULAS_PER_CALL]
            with self._lock:
                typeset = self._typeset([formulas[index] for index in batch], display)
            for index, outcome in zip(batch, typeset, strict=True):
                outcomes[index] = outcome
        return [outcome for outcome in outcomes if outcome is not None]

    def render(self, latex: str, *, display: bool = False) -> str:
        """Markup safe to put in a page: MathML, or the source escaped in `<code>` if invalid."""
        outcome = self.mathml([latex], display=display)[0]
        if isinstance(outcome, MathML):
            return outcome.markup
        shown, reason = html.escape(latex), html.escape(outcome.reason)
        return f'<code class="invalid-latex" title="{reason}">{shown}</code>'

    def _typeset(self, formulas: list[str], display: bool) -> list[MathML | Invalid]:
        """One call for all; when it breaks, one call each to find the formula to blame."""
        timeout_sec = FORMULA_TIMEOUT_SEC * min(len(formulas), 5)
        try:
            answers = self._v8.call(
                "typeset",
                formulas,
                display,
                MAX_EXPANSIONS,
                MAX_MARKUP_CHARACTERS,
                timeout_sec=timeout_sec,
            )
        except JSEvalException as broken:
            self._context.close()
            self._start()
            if len(formulas) == 1:
                return [Invalid(f"KaTeX gave up: {broken}")]
            return [self._typeset([latex], display)[0] for latex in formulas]
        return [MathML(text) if readable else Invalid(text) for readable, text in answers]

    def _start(self) -> None:
        self._v8 = self._context.enter_context(mini_racer(self._loop))
        self._v8.set_hard_memory_limit(MAX_HEAP_BYTES)
        self._v8.eval(_katex_source())
        self._v8.eval(_TYPESET_JS)


def browser_script() -> str:
    """The same KaTeX for a browser: `typeset(formulas, display, maxExpand, maxMarkup)`."""
    return f"{_katex_source()}\n{_TYPESET_JS}"


@contextmanager
def _running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """A loop for V8's callbacks that outlives every context: a stopped script calls late."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield loop
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@cache
def _katex_source() -> str:
    for file in importlib.metadata.files("sphinxcontrib-katex") or ():
        if file.name == "katex.min.js":
            return Path(str(file.locate())).read_text(encoding="utf-8")
    raise EnvironmentNotReady(
        "expected katex.min.js inside the package sphinxcontrib-katex, found none; "
        "reinstall the dependencies with `uv sync`"
    )
