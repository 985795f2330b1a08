"""Transcripts and a clock for the tests of delivery."""

from dataclasses import dataclass

from agent.spoken import Reading
from agent.transcript import Formula, Transcript

HALF = Formula(r"\frac{1}{2}", "spoken", "student", (Reading(r"\frac{1}{2}", 0.9, ("a half",)),))


def said(text: str, segment_id: str = "", formulas: tuple[Formula, ...] = ()) -> Transcript:
    """A final transcript of the student; its segment is named by its words if not told."""
    return Transcript(segment_id or text, "student", text, formulas, True, 1.0, 2.5)


@dataclass
class Clock:
    """Seconds since the epoch that pass when told."""

    now_sec: float = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now_sec
