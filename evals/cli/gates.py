"""Gates: a build stops where a figure is not good enough."""

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.errors import RunError
from evals.analysis.measure import Measure, Share
from evals.analysis.measures import MEASURES

if TYPE_CHECKING:
    from evals.analysis.figures import Summary

GATE_FAILED = 3


class GateOn(StrEnum):
    """What a gate looks at: the figure, or the bound of its interval that is worse."""

    VALUE = "value"
    CI = "ci"


EngineAsked = Annotated[
    str | None,
    typer.Option("--engine", help="embedded: let gates judge the embedded engine's scores."),
]
GateOnOption = Annotated[
    GateOn, typer.Option(help="Compare the value, or ci, the worse bound of its interval.")
]


@dataclass(frozen=True, slots=True)
class Limit:
    """What one measure must keep: a share in percent, a time in seconds."""

    measure: Measure
    value: float

    def failure(self, summary: "Summary", on: GateOn) -> str:
        """A sentence where the figure does not keep it, otherwise nothing; no data does not."""
        measure, rate = self.measure, summary.rate(self.measure)
        is_most, name = not measure.is_better_high, measure.gate.told if measure.gate else ""
        expected = f"expected at {'most' if is_most else 'least'} {self.value:g} {measure.unit}"
        bound = rate.high if is_most else rate.low
        value = bound if on is GateOn.CI else rate.value
        if value is None:
            return f"{name}: no data, {expected}"
        value *= 100 if measure.unit == "%" else 1
        if value <= self.value if is_most else value >= self.value:
            return ""
        told = "may be" if on is GateOn.CI else "is"
        return f"{name} {told} {value:.3g} {measure.unit}, {expected}"


@dataclass(frozen=True, slots=True)
class Gates:
    """What a run must reach."""

    limits: Sequence[Limit] = ()
    on: GateOn = GateOn.VALUE

    @property
    def are_set(self) -> bool:
        """Whether there is anything to reach."""
        return bool(self.limits)

    def failures(self, summary: "Summary") -> list[str]:
        """A sentence for each gate that the figures don't pass."""
        return [told for limit in self.limits if (told := limit.failure(summary, self.on))]


NO_GATES = Gates()


def refuse_embedded(engines: Iterable[str], asked: str | None) -> None:
    """Scores of the embedded engine say nothing about Gemini: no gate may pass by accident."""
    if "embedded" in engines and asked != "embedded":
        raise RunError(
            "gates expect scores of Gemini, got the embedded engine's; "
            "add --engine embedded if that is what you want to judge"
        )


def with_gates(
    command: Callable[..., None], measures: Sequence[Measure] = MEASURES
) -> Callable[..., None]:
    """The command with an option for each measure that has a gate, and `--gate-on`.

    The options stand in place of its parameter `gates`, which gets what they ask for.
    """
    gated = {_option(each).lstrip("-").replace("-", "_"): each for each in measures if each.gate}

    @functools.wraps(command)
    def run(**options: Any) -> None:  # noqa: ANN401 (whatever the command takes)
        on = options.pop("gate_on")
        asked = {name: options.pop(name) for name in gated}
        limits = [Limit(gated[name], value) for name, value in asked.items() if value is not None]
        command(**options, gates=Gates(tuple(limits), on))

    parameters = inspect.signature(command).parameters
    own = [_parameter(name, each) for name, each in gated.items()]
    own.append(_keyword("gate_on", GateOnOption, GateOn.VALUE))
    keywords = [p.replace(kind=p.KEYWORD_ONLY) for p in parameters.values()]
    at = list(parameters).index("gates")
    signature = inspect.Signature([*keywords[:at], *own, *keywords[at + 1 :]])
    run.__signature__ = signature  # type: ignore[attr-defined]
    return run


def _option(measure: Measure) -> str:
    name = measure.gate.name if measure.gate else measure.name
    return f"--{'min' if measure.is_better_high else 'max'}-{name}"


def _parameter(name: str, measure: Measure) -> inspect.Parameter:
    told = measure.gate.told if measure.gate else measure.title
    way = "below" if measure.is_better_high else "above"
    option = typer.Option(
        _option(measure),
        min=0,
        max=100 if isinstance(measure.how, Share) else None,
        help=f"Limit for {told}, in {measure.unit}; {way} it the exit code is {GATE_FAILED}.",
    )
    return _keyword(name, Annotated[float | None, option], None)


def _keyword(name: str, annotation: object, default: object) -> inspect.Parameter:
    kind = inspect.Parameter.KEYWORD_ONLY
    return inspect.Parameter(name, kind, annotation=annotation, default=default)
