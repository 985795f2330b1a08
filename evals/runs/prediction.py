"""What the system gave for one utterance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from agent.transcript import Formula

Status = Literal["ok", "cut_off", "failed"]


@dataclass(frozen=True, slots=True)
class Prediction:
    """One attempt's outcome: raw words and raw LaTeX, nothing normalised.

    `cut_off`: the turn or the connection ended before the whole clip was taken or before
    the service said that the turn was complete. `failed` has an `error` and holds nothing;
    a `cut_off` one that something ended has an `error`, too.
    `answer_sec` is the length of the answer's sound, None where nobody counted;
    `answer_file` its path inside the run folder, where it was kept.
    """

    status: Status
    transcript: str = ""
    formulas: tuple[Formula, ...] = ()
    answer: str = ""
    answer_sec: float | None = None
    answer_file: str | None = None
    timings_sec: Mapping[str, float] = field(default_factory=dict)
    usage: Mapping[str, int] = field(default_factory=dict)
    error: str | None = None
    error_code: int | None = None
