"""The options of `dataset perturb`: one for each effect there is."""

import inspect
from collections.abc import Callable
from dataclasses import Field, fields
from typing import Annotated, Any, get_type_hints

import typer

from evals.synthesis.perturbation import EFFECTS, Perturbation, option_name, values_of


def with_effects(command: Callable[..., None]) -> Callable[..., None]:
    """The command with an option for each effect in place of its `**effects`."""
    signature = inspect.signature(command)
    own = [p for p in signature.parameters.values() if p.kind is not p.VAR_KEYWORD]
    types = get_type_hints(Perturbation)
    options = [_option(each, types[each.name]) for each in fields(Perturbation)]
    command.__signature__ = signature.replace(parameters=[*own, *options])  # type: ignore[attr-defined]
    return command


def _option(each: "Field[Any]", kind: object) -> inspect.Parameter:
    is_band = kind == tuple[float, float] | None
    option = typer.Option(
        f"--{option_name(each.name)}",
        help=_help(each.name),
        parser=_frequencies if is_band else None,
        metavar="LOW-HIGH" if is_band else None,
    )
    return inspect.Parameter(
        each.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=each.default,
        annotation=Annotated[str | None if is_band else kind, option],  # one word: 300-3400
    )


def _help(name: str) -> str:
    values = values_of(name)
    return EFFECTS[name].sentence + (f" ({values})." if values else ".")


def _frequencies(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    try:
        return float(low), float(high)
    except ValueError:
        raise typer.BadParameter("give two frequencies: --band 300-3400") from None
