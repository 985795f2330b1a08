"""What the system gave for one utterance."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from agent.errors import LiveError, Remedy, SpokenMathsError
from agent.transcript import Formula

Status = Literal["ok", "cut_off", "no_answer", "failed"]
ENDED_EMPTY = "No answer: the model's turn ended empty."
UNANSWERED: frozenset[Status] = frozenset(("no_answer", "failed"))  # in no rate


@dataclass(frozen=True, slots=True)
class Prediction:
    """One attempt's outcome: raw words and raw LaTeX, nothing normalised.

    `cut_off`: the turn or the connection ended before the whole clip was taken or before
    the service said that the turn was complete; what broke it off is its `error`.
    `no_answer`: the service ended the turn and gave nothing, or said why it gives no answer;
    `error` has the reason, and what came nevertheless is kept. `failed` has an `error` and
    holds nothing. `remedy` says what helps, `retry_after_sec` how long the service asked to
    wait.
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
    remedy: Remedy = Remedy.AGAIN
    retry_after_sec: float | None = None

    def ended_by(self, error: SpokenMathsError) -> "Prediction":
        """The same, with what ended it."""
        if not isinstance(error, LiveError):
            return replace(self, error=str(error))
        return replace(
            self,
            error=str(error),
            error_code=error.code,
            remedy=error.remedy,
            retry_after_sec=error.retry_after_sec,
        )


class Counted(Protocol):
    """Attempts, counted by their status."""

    @property
    def ok(self) -> int: ...

    @property
    def cut_off(self) -> int: ...

    @property
    def no_answer(self) -> int: ...

    @property
    def failed(self) -> int: ...


@dataclass(frozen=True, slots=True)
class UtteranceCounts:
    """Attempts by how they ended."""

    total: int
    ok: int
    cut_off: int
    no_answer: int
    failed: int

    @classmethod
    def of(cls, found: Iterable[Status]) -> "UtteranceCounts":
        """Those of attempts with these statuses."""
        statuses = list(found)
        return cls(
            total=len(statuses),
            ok=statuses.count("ok"),
            cut_off=statuses.count("cut_off"),
            no_answer=statuses.count("no_answer"),
            failed=statuses.count("failed"),
        )


def counts_text(counts: Counted) -> str:
    """How many attempts ended in which way, in the words that people read."""
    return (
        f"{counts.ok} ok, {counts.cut_off} cut off, {counts.no_answer} without an answer, "
        f"{counts.failed} failed"
    )
