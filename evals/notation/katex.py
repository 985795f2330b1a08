"""KaTeX in V8: whether a formula is readable, and its MathML."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class MathML:
    """A readable formula as presentation MathML, `<math>...</math>`, safe to put in a page."""

    markup: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """A formula that KaTeX, or one of our bounds, refuses; `reason` is plain text to escape."""

    reason: str


class Katex:
    """One KaTeX to be owned by a `with`; not shared between threads at the same time."""

    def __enter__(self) -> Self:
        raise NotImplementedError

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        raise NotImplementedError

    def mathml(self, formulas: Sequence[str]) -> list[MathML | Invalid]:
        """Typeset many formulas (LaTeX without delimiters), in their order."""
        raise NotImplementedError

    def render(self, latex: str, *, display: bool = False) -> str:
        """Markup safe to put in a page: MathML, or the source escaped in `<code>` if invalid."""
        raise NotImplementedError
