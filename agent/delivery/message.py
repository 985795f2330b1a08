"""The JSON that is posted about one final transcript: written here, and checked as it is read."""

import json
from dataclasses import asdict, dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from agent.spoken import Reading
from agent.transcript import Formula, FormulaSource, Speaker, Transcript

Name = Annotated[str, Field(min_length=1, max_length=1_000)]
Seconds = Annotated[float, Field(ge=-1e11, le=1e11)]  # what a clock can show


class _Part(BaseModel):
    """Further fields, of a later version of the sender, are left out."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class PostedReading(_Part):
    latex: str
    confidence: float
    choices: list[str]


class PostedFormula(_Part):
    latex: str
    source: FormulaSource
    speaker: Speaker
    readings: list[PostedReading]

    def formula(self) -> Formula:
        readings = (Reading(r.latex, r.confidence, tuple(r.choices)) for r in self.readings)
        return Formula(self.latex, self.source, self.speaker, tuple(readings))


class PostedTranscription(_Part):
    """One version of one segment."""

    text: str
    has_math: bool
    latex: str | None
    timestamp: Seconds
    segment_id: Name
    speaker: Speaker
    formulas: list[PostedFormula]
    start_sec: Seconds | None
    end_sec: Seconds | None
    version: Annotated[int, Field(ge=1, le=2**31)]
    tutor: str

    def transcript(self) -> Transcript:
        formulas = tuple(each.formula() for each in self.formulas)
        times = (self.start_sec, self.end_sec)
        return Transcript(self.segment_id, self.speaker, self.text, formulas, True, *times)


class Posted(_Part):
    """What `Outbox` writes and the deliverer posts."""

    room: Name
    student_id: str
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


def storable(text: str) -> str:
    """Text that UTF-8 can carry: a lone surrogate becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


def _as_json(body: object) -> str:
    return storable(json.dumps(body, ensure_ascii=False))
