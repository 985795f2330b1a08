"""One attempt as a line of attempts.jsonl, and back."""

import json
from dataclasses import asdict, dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from agent.errors import Remedy
from agent.storable import storable
from agent.transcript import Formula, FormulaSource, Speaker
from evals.runs.prediction import ENDED_EMPTY, Prediction, Status

MAX_FORMULAS = 200  # twice what a model may write in a turn: the tutor's words hold some, too
Words = Annotated[str, Field(max_length=10_000), AfterValidator(storable)]
Text = Annotated[str, Field(max_length=1_000), AfterValidator(storable)]
Count = Annotated[int, Field(ge=0, le=10**9)]
Seconds = Annotated[float, Field(ge=-1e6, le=1e6)]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one utterance."""

    utterance_id: str
    epoch: int
    attempt: int
    prediction: Prediction


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class _FormulaRow(_Part):
    latex: Words
    source: FormulaSource
    speaker: Speaker


class _Row(_Part):
    utterance_id: Text
    epoch: Count
    attempt: Count
    status: Status
    transcript: Words = ""
    formulas: Annotated[list[_FormulaRow], Field(max_length=MAX_FORMULAS)] = []
    answer: Words = ""
    answer_sec: Seconds | None = None
    answer_file: Text | None = None
    timings_sec: Annotated[dict[Text, Seconds], Field(max_length=100)] = {}
    usage: Annotated[dict[Text, Count], Field(max_length=100)] = {}
    error: Text | None = None
    error_code: Annotated[int, Field(ge=-(10**6), le=10**6)] | None = None
    remedy: Remedy = Remedy.AGAIN
    retry_after_sec: Seconds | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing came, not even empty words."""
        has_something = self.transcript or self.formulas or self.answer or self.answer_sec
        return not has_something and "words" not in self.timings_sec


def line_of(attempt: Attempt) -> str:
    """One line of JSON, with its end."""
    row = asdict(attempt)
    prediction = row.pop("prediction")
    formulas = [
        {"latex": f.latex, "source": f.source, "speaker": f.speaker}
        for f in attempt.prediction.formulas
    ]
    return json.dumps({**row, **prediction, "formulas": formulas}, ensure_ascii=False) + "\n"


def attempt_of(line: bytes) -> Attempt:
    """The attempt that a line holds; ValueError for none, and for more than an attempt may hold.

    Earlier versions wrote a turn that ended empty as `ok`: it is read as `no_answer`.
    """
    row = _Row.model_validate_json(line)
    if row.status == "ok" and row.is_empty:
        row.status, row.error = "no_answer", ENDED_EMPTY
    fields = row.model_dump(exclude={"utterance_id", "epoch", "attempt", "formulas"})
    formulas = tuple(Formula(each.latex, each.source, each.speaker) for each in row.formulas)
    prediction = Prediction(**fields, formulas=formulas)
    return Attempt(row.utterance_id, row.epoch, row.attempt, prediction)
