"""Gates: a build stops where a figure is not good enough."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from agent.errors import RunError

if TYPE_CHECKING:
    from evals.figures import Summary
    from evals.statistics import Rate

GATE_FAILED = 3


class GateOn(StrEnum):
    """What a gate looks at: the figure, or the bound of its interval that is worse."""

    VALUE = "value"
    CI = "ci"


EngineAsked = Annotated[
    str | None,
    typer.Option("--engine", help="'embedded' lets gates judge the embedded engine's scores."),
]
MaxWer = Annotated[
    float | None, typer.Option(min=0, help="Exit with 3 when the word error rate is above, in %.")
]
MinLatex = Annotated[
    float | None,
    typer.Option(min=0, max=100, help="Exit with 3 when exactness as spoken is below, in %."),
]
GateOnOption = Annotated[
    GateOn, typer.Option(help="value, or ci: the bound of the interval that is worse.")
]


@dataclass(frozen=True, slots=True)
class Gates:
    """What a run must reach, in percent; None is no gate."""

    max_wer: float | None = None
    min_latex: float | None = None
    on: GateOn = GateOn.VALUE

    @property
    def are_set(self) -> bool:
        """Whether there is anything to reach."""
        return self.max_wer is not None or self.min_latex is not None

    def failures(self, summary: "Summary") -> list[str]:
        """A sentence for each gate that the figures don't pass; no data passes none."""
        return [
            *self._above("word error rate", summary.words.wer, self.max_wer),
            *self._below("exactness as spoken", summary.notation.exact_spoken, self.min_latex),
        ]

    def _above(self, name: str, rate: "Rate", most: float | None) -> Iterator[str]:
        if most is not None:
            value = rate.high if self.on is GateOn.CI else rate.value
            if value is None or 100 * value > most:
                yield f"{name}{self._told(value)}, expected at most {most:g} %"

    def _below(self, name: str, rate: "Rate", least: float | None) -> Iterator[str]:
        if least is not None:
            value = rate.low if self.on is GateOn.CI else rate.value
            if value is None or 100 * value < least:
                yield f"{name}{self._told(value)}, expected at least {least:g} %"

    def _told(self, value: float | None) -> str:
        if value is None:
            return ": no data"
        return f"{' may be' if self.on is GateOn.CI else ':'} {100 * value:.1f} %"


def refuse_embedded(engines: Iterable[str], asked: str | None) -> None:
    """Scores of the embedded engine say nothing about Gemini: no gate may pass by accident."""
    if "embedded" in engines and asked != "embedded":
        raise RunError(
            "gates expect scores of Gemini, got the embedded engine's; "
            "add --engine embedded if that is what you want to judge"
        )
