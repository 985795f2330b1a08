"""Gates: a build stops where a figure is not good enough."""

from collections.abc import Iterable
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


def refuse_embedded(engines: Iterable[str], asked: str | None) -> None:
    """Scores of the embedded engine say nothing about Gemini: no gate may pass by accident."""
    if "embedded" in engines and asked != "embedded":
        raise RunError(
            "gates expect scores of Gemini, got the embedded engine's; "
            "add --engine embedded if that is what you want to judge"
        )


def passes(summary: "Summary", max_wer: float | None, min_latex: float | None, on: GateOn) -> bool:
    """Whether a run is good enough; a figure without data is not."""
    return (max_wer is None or _worst(summary.words.wer, on, high=True) <= max_wer / 100) and (
        min_latex is None
        or _worst(summary.notation.exact_spoken, on, high=False) >= min_latex / 100
    )


def _worst(rate: "Rate", on: GateOn, *, high: bool) -> float:
    bound = rate.high if high else rate.low
    value = bound if on is GateOn.CI else rate.value
    if value is None:
        return float("inf") if high else float("-inf")
    return value
