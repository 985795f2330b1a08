"""The JSON that is posted about one final transcript: written here, and checked as it is read."""

import json
from dataclasses import asdict, dataclass
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from agent.spoken import Reading
from agent.storable import storable
from agent.transcript import Formula, FormulaSource, Speaker, Transcript

MAX_FORMULAS = 200  # of one segment: twice what a model may write in a turn
Name = Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(storable)]
Short = Annotated[str, Field(max_length=1_000), AfterValidator(storable)]
Text = Annotated[str, Field(max_length=10_000), AfterValidator(storable)]
Seconds = Annotated[float, Field(ge=-1e11, le=1e11)]  # what a clock can show


class _Part(BaseModel):
    """Further fields, of a later version of the sender, are left out."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, allow_inf_nan=False)


class PostedReading(_Part):
    latex: Text
    confidence: Annotated[float, Field(ge=0, le=1)]
    choices: Annotated[list[Short], Field(max_length=100)]


class PostedFormula(_Part):
    latex: Text
    source: FormulaSource
    speaker: Speaker
    readings: Annotated[list[PostedReading], Field(max_length=20)]

    def formula(self) -> Formula:
        readings = (Reading(r.latex, r.confidence, tuple(r.choices)) for r in self.readings)
        return Formula(self.latex, self.source, self.speaker, tuple(readings))


class PostedTranscription(_Part):
    """One version of one segment."""

    text: Text
    has_math: bool
    latex: Text | None
    timestamp: Seconds
    segment_id: Name
    speaker: Speaker
    formulas: Annotated[list[PostedFormula], Field(max_length=MAX_FORMULAS)]
    start_sec: Seconds | None
    end_sec: Seconds | None
    version: Annotated[int, Field(ge=1, le=2**31)]
    tutor: Short

    def transcript(self) -> Transcript:
        formulas = tuple(each.formula() for each in self.formulas)
        times = (self.start_sec, self.end_sec)
        return Transcript(self.segment_id, self.speaker, self.text, formulas, True, *times)


class Posted(_Part):
    """What `Outbox` writes and the deliverer posts."""

    room: Name
    student_id: Short
    transcription: PostedTranscription


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a transcript comes from; `fingerprint` is that of the tutor who heard it."""

    room: str
    student_id: str
    fingerprint: str


def payload(origin: Origin, transcript: Transcript, version: int, ended_sec: float) -> str:
    """One JSON object; `latex` is the segment's first formula, null where there is none.

    `timestamp` is when the segment was first final, in seconds since the epoch; a higher
    `version` replaces a lower one of the same `segment_id`.
    """
    formulas = transcript.formulas
    body = {
        "room": origin.room,
        "student_id": origin.student_id,
        "transcription": {
            **_said(transcript),
            "has_math": bool(formulas),
            "latex": formulas[0].latex if formulas else None,
            "timestamp": ended_sec,
            "version": version,
            "tutor": origin.fingerprint,
        },
    }
    return _as_json(body)


def _said(transcript: Transcript) -> dict[str, object]:
    """What tells one version of a segment from another: all but its being final."""
    return {name: value for name, value in asdict(transcript).items() if name != "is_final"}


def says_the_same(body: str, transcript: Transcript) -> bool:
    """Whether a stored body already tells all of `transcript`."""
    told = json.loads(body)["transcription"]
    wanted = json.loads(_as_json(_said(transcript)))
    return all(told.get(name) == value for name, value in wanted.items())


def timestamp(body: str) -> float:
    """When the segment of a stored body was first final, in seconds since the epoch."""
    return float(json.loads(body)["transcription"]["timestamp"])


def _as_json(body: object) -> str:
    return storable(json.dumps(body, ensure_ascii=False))
