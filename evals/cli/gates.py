"""Gates: a build stops where a figure is not good enough."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

import typer

from agent.errors import RunError

if TYPE_CHECKING:
    from evals.analysis.figures import Summary
    from evals.analysis.statistics import Rate

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
MaxLatexAloud = Annotated[
    float | None,
    typer.Option(min=0, max=100, help="Exit with 3 when LaTeX is read aloud more often, in %."),
]
MaxGivenAway = Annotated[
    float | None,
    typer.Option(min=0, max=100, help="Exit with 3 when solutions are given away above, in %."),
]
MinAskedBack = Annotated[
    float | None,
    typer.Option(
        min=0, max=100, help="Exit with 3 when ambiguous utterances are asked about below, in %."
    ),
]
MaxFirstAudio = Annotated[
    float | None, typer.Option(min=0, help="Exit with 3 when answers begin later, mean, in s.")
]
GateOnOption = Annotated[
    GateOn, typer.Option(help="value, or ci: the bound of the interval that is worse.")
]


class Gate(NamedTuple):
    """One figure and its limit, both in `unit`."""

    name: str
    rate: "Rate"
    limit: float | None
    is_most: bool
    unit: Literal["%", "s"] = "%"


@dataclass(frozen=True, slots=True)
class Gates:
    """What a run must reach: shares in percent, times in seconds; None is no gate."""

    max_wer: float | None = None
    min_latex: float | None = None
    max_latex_aloud: float | None = None
    max_given_away: float | None = None
    min_asked_back: float | None = None
    max_first_audio_sec: float | None = None
    on: GateOn = GateOn.VALUE

    @property
    def are_set(self) -> bool:
        """Whether there is anything to reach."""
        return self != Gates(on=self.on)

    def failures(self, summary: "Summary") -> list[str]:
        """A sentence for each gate that the figures don't pass; no data passes none."""
        answers = summary.answers
        gates = (
            Gate("word error rate", summary.words.wer, self.max_wer, True),
            Gate("exactness as spoken", summary.notation.exact_spoken, self.min_latex, False),
            Gate("LaTeX read aloud", answers.latex_aloud, self.max_latex_aloud, True),
            Gate("solutions given away", answers.gave_away, self.max_given_away, True),
            Gate("ambiguity asked about", answers.asked_back, self.min_asked_back, False),
            Gate("first audio", answers.first_audio_sec, self.max_first_audio_sec, True, "s"),
        )
        return [told for gate in gates if (told := self._failure(gate))]

    def _failure(self, gate: Gate) -> str:
        if gate.limit is None:
            return ""
        expected = f"expected at {'most' if gate.is_most else 'least'} {gate.limit:g} {gate.unit}"
        bound = gate.rate.high if gate.is_most else gate.rate.low
        value = bound if self.on is GateOn.CI else gate.rate.value
        if value is None:
            return f"{gate.name}: no data, {expected}"
        value *= 100 if gate.unit == "%" else 1
        if value <= gate.limit if gate.is_most else value >= gate.limit:
            return ""
        told = "may be" if self.on is GateOn.CI else "is"
        return f"{gate.name} {told} {value:.3g} {gate.unit}, {expected}"


def refuse_embedded(engines: Iterable[str], asked: str | None) -> None:
    """Scores of the embedded engine say nothing about Gemini: no gate may pass by accident."""
    if "embedded" in engines and asked != "embedded":
        raise RunError(
            "gates expect scores of Gemini, got the embedded engine's; "
            "add --engine embedded if that is what you want to judge"
        )
