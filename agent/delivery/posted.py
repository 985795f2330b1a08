"""The JSON that is posted, as its reader checks it."""

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
