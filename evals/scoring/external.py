"""Predictions that another system made, from a file of JSON lines."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import ConfigDict, Field, ValidationError

from agent.errors import DatasetError
from agent.storable import read_json
from agent.strict import Strict
from evals.dataset.utterances import Text
from evals.runs.prediction import Status
from evals.runs.rows import MAX_FORMULAS
from evals.scoring.answers import Answer
from evals.scoring.utterance import Scorable

MAX_READINGS = 100


class _Row(Strict):
    """`reference` and `latex` are what was said, the rest what was given; times in seconds."""

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str
    phrase_id: str | None = None
    epoch: int = 0
    status: Status = "ok"
    reference: Text
    latex: Annotated[list[Text], Field(max_length=MAX_READINGS)]
    transcript: Text = ""
    formulas: list[Text] = Field(default_factory=list, max_length=MAX_FORMULAS)
    answer: Text | None = None
    answer_sec: float | None = None
    first_audio_sec: float | None = None
    tags: dict[str, str] = Field(default_factory=dict)


def read_predictions(path: Path) -> list[Scorable]:
    """The predictions in a file; DatasetError names the line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: expected JSON lines in UTF-8, got: {error}") from error
    numbered = ((f"{path}, line {n}", line) for n, line in enumerate(lines, start=1))
    found = scorables((where, line) for where, line in numbered if line.strip())
    if not found:
        raise DatasetError(f"{path}: expected at least one prediction, got none")
    return found


def scorables(rows: Iterable[tuple[str, str]]) -> list[Scorable]:
    """Predictions of lines of JSON, each with the place that an error names.

    DatasetError for a line that is none, and for an utterance that comes twice in one epoch:
    its score would count twice.
    """
    found: dict[tuple[str, int], Scorable] = {}
    for where, line in rows:
        each = _scorable(line, where)
        key = each.utterance_id, each.epoch
        if key in found:
            raise DatasetError(
                f"{where}: {each.utterance_id!r} of epoch {each.epoch} came before; give each "
                "take of an utterance an epoch of its own"
            )
        found[key] = each
    return list(found.values())


def _scorable(line: str, where: str) -> Scorable:
    try:
        row = _Row.model_validate(read_json(line))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the line"
        raise DatasetError(f"{where}: {name}: {first['msg']}") from error
    except ValueError as error:
        raise DatasetError(f"{where}: expected a JSON object, got none") from error
    return Scorable(
        utterance_id=row.id,
        phrase_id=row.phrase_id or row.id,
        epoch=row.epoch,
        status=row.status,
        reference=row.reference,
        accepted=tuple(row.latex),
        transcript=row.transcript,
        formulas=tuple(row.formulas),
        tags=row.tags,
        answer=None
        if row.answer is None
        else Answer(row.answer, row.answer_sec, row.first_audio_sec),
    )
