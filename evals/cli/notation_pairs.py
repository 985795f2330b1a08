"""Pairs of formulas from a file or the command line, and what is said of them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import typer
from pydantic import BaseModel, ConfigDict, ValidationError

from agent.errors import DatasetError
from agent.storable import read_json
from evals.notation import (
    Katex,
    NotationScore,
    Prover,
    notation_difference,
    score_notation,
)

PAIRS_PER_BATCH = 64


class _Row(BaseModel):
    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str
    reference: str | list[str]
    prediction: str | None


@dataclass(frozen=True, slots=True)
class Pair:
    """What was accepted and what was written; `id` is the caller's."""

    id: str
    accepted: tuple[str, ...]
    predicted: tuple[str, ...]


def one_pair(reference: str, prediction: str) -> Pair:
    """A pair by hand; an empty prediction is a missing one."""
    return Pair("", (reference,), (prediction,) if prediction else ())


def read_pairs(path: Path) -> Iterator[Pair]:
    """The pairs in a file of JSON lines; DatasetError names the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: expected JSON lines in UTF-8, got: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _pair(line, f"{path}, line {number}")


def tell_verdicts(pairs: Iterable[Pair], *, as_json: bool) -> None:
    """Print each verdict, as JSON lines or in words."""
    with Katex() as katex, Prover() as prover:
        waiting = iter(pairs)
        while batch := list(islice(waiting, PAIRS_PER_BATCH)):
            both = [(pair.accepted, pair.predicted) for pair in batch]
            for pair, score in zip(batch, score_notation(both, katex, prover), strict=True):
                typer.echo(_json(pair, score) if as_json else _words(pair, score, katex))


def _pair(line: str, where: str) -> Pair:
    try:
        row = _Row.model_validate(read_json(line))
    except ValueError as error:
        reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else "no JSON"
        raise DatasetError(
            f"{where}: expected an object with id, reference and prediction, got: {reason}"
        ) from error
    accepted = [row.reference] if isinstance(row.reference, str) else row.reference
    return Pair(row.id, tuple(accepted), (row.prediction,) if row.prediction else ())


def _json(pair: Pair, score: NotationScore) -> str:
    return json.dumps({"id": pair.id, **score.verdicts}, ensure_ascii=False)


def _words(pair: Pair, score: NotationScore, katex: Katex) -> str:
    name = f"{pair.id}: " if pair.id else ""
    lines = [f"{name}{score.tier}: {score.reason}"]
    if not pair.id:
        rest = {
            key: value for key, value in score.verdicts.items() if key not in ("tier", "reason")
        }
        lines += [f"  {key}: {_word(value)}" for key, value in rest.items()]
        lines += _marked(pair, katex)
    return "\n".join(lines)


def _word(value: object) -> str:
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.2f}"


def _marked(pair: Pair, katex: Katex) -> list[str]:
    """Both formulas, with brackets around what the other lacks."""
    found = None
    if len(pair.accepted) == len(pair.predicted) == 1:
        found = notation_difference(pair.accepted[0], pair.predicted[0], katex)
    if found is None:
        return []
    sides = {"reference": found.reference, "prediction": found.prediction}
    return [
        f"  {name}: " + "".join(s.text if s.kind == "same" else f"⟦{s.text}⟧" for s in spans)
        for name, spans in sides.items()
    ]
