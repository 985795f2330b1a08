"""What was said and what was written: the values that every page, file and room speaks."""

from dataclasses import dataclass
from typing import Literal

from agent.spoken import Reading

Speaker = Literal["student", "tutor"]
FormulaSource = Literal["model", "spoken", "delimiters", "chosen"]


@dataclass(frozen=True, slots=True)
class Formula:
    """One LaTeX expression (no dollar signs) and where it came from.

    `source`: `model` from a `write_math` call, `delimiters` from `$...$` in the model's
    text, `spoken` from the spoken-maths parser run on the transcript, `chosen` by the student
    among the readings of their words. `readings` are the parser's alternatives, best first;
    empty where the parser was not asked.
    """

    latex: str
    source: FormulaSource
    speaker: Speaker
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """All words of one speaker's segment so far.

    A later transcript with the same `segment_id` replaces this one. Times count seconds
    of session audio from its start; None while unknown.
    """

    segment_id: str
    speaker: Speaker
    text: str
    formulas: tuple[Formula, ...] = ()
    is_final: bool = False
    start_sec: float | None = None
    end_sec: float | None = None
