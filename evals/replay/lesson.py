"""One utterance spoken in a lesson: in real time, turns detected by the service."""

import asyncio
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from agent.audio import Pcm16
from agent.errors import LiveError, RoomError
from agent.tasks import beside
from agent.transcript import Formula, Transcript
from agent.tutor.turn_bounds import MAX_TURN_CHARS, MAX_TURN_FORMULAS
from evals.replay.turn import CONNECTED
from evals.runs.prediction import Prediction

ANSWER_SEC = 30.0  # for the next word of an answer that has not come to its end
SETTLED_SEC = 5.0  # a pause in the clip ends a turn: what was said after it may still come
LESSON_SEC = 180.0  # at most, beyond the clip's own length


class Student(Protocol):
    """Says recordings to a tutor; `transcripts` fills with what both said, as it comes."""

    @property
    def transcripts(self) -> asyncio.Queue[Transcript]: ...

    @property
    def usage(self) -> Mapping[str, int]:
        """Tokens that the service has counted so far, where the student is told."""
        ...

    async def say(self, pcm: Pcm16) -> None:
        """Speak in real time; done when all is said."""
        ...


Enter = Callable[[], AbstractAsyncContextManager[Student]]


@dataclass(slots=True)
class SpokenTurn:
    """Begins when it is made; holds the newest transcript of each segment, in order."""

    began_sec: float = field(default_factory=time.perf_counter)
    segments: dict[str, Transcript] = field(default_factory=dict)
    timings_sec: dict[str, float] = field(default_factory=dict)
    was_heard_after_sent: bool = False
    usage: Mapping[str, int] = field(default_factory=dict)

    def note(self, what: str) -> None:
        """When `what` happened for the first time."""
        self.timings_sec.setdefault(what, round(time.perf_counter() - self.began_sec, 4))

    def take(self, transcript: Transcript) -> None:
        """Keep what a transcript brings."""
        self.segments[transcript.segment_id] = transcript
        is_student = transcript.speaker == "student"
        self.note("words" if is_student else "answer")
        if any(formula.source == "model" for formula in transcript.formulas):
            self.note("formula")
        self.was_heard_after_sent |= is_student and "sent" in self.timings_sec

    async def follow(self, student: Student) -> None:
        """Take transcripts as they come."""
        while True:
            self.take(await student.transcripts.get())

    @property
    def is_settled(self) -> bool:
        """Whether all that began is final."""
        return bool(self.segments) and all(each.is_final for each in self.segments.values())

    @property
    def is_complete(self) -> bool:
        """Whether the tutor has answered the clip's end, so that nothing more will come."""
        newest = next(reversed(self.segments.values()), None)
        is_answered = newest is not None and newest.speaker == "tutor"
        return is_answered and self.is_settled and self.was_heard_after_sent

    def prediction(self, *, is_whole: bool) -> Prediction:
        """What is known now, as `direct` tells it; formulas read from words alone are left out."""
        student = [each for each in self.segments.values() if each.speaker == "student"]
        tutor = [each for each in self.segments.values() if each.speaker == "tutor"]
        heard, answer = _text(student), _text(tutor)
        is_short = max(len(heard), len(answer)) <= MAX_TURN_CHARS
        return Prediction(
            "ok" if is_whole and is_short else "cut_off",
            heard[:MAX_TURN_CHARS],
            (*_formulas(student, "model"), *_formulas(tutor, "model", "delimiters")),
            answer[:MAX_TURN_CHARS],
            timings_sec=self.timings_sec,
            usage=dict(self.usage),
        )


async def replay(audio: Pcm16, enter: Enter, *, answer_sec: float = ANSWER_SEC) -> Prediction:
    """What a tutor makes of `audio` (16 kHz); never raises for what service or room do.

    `failed` where nothing came within `answer_sec` of the clip's end, `cut_off` where
    something came and its end did not.
    """
    turn = SpokenTurn()
    error = LiveError(f"The tutor gave no answer within {answer_sec:g} s.")
    try:
        async with asyncio.timeout(audio.duration_sec + LESSON_SEC), enter() as student:
            turn.note(CONNECTED)
            turn.usage = student.usage
            await _converse(student, audio, turn, answer_sec)
    except (LiveError, RoomError) as lost:
        return _broken_off(turn, lost)
    except TimeoutError:
        return _broken_off(turn, error)
    return turn.prediction(is_whole=True) if turn.is_settled else _broken_off(turn, error)


async def _converse(student: Student, audio: Pcm16, turn: SpokenTurn, answer_sec: float) -> None:
    async with beside(turn.follow(student)):
        await student.say(audio)
    turn.note("sent")
    while not turn.is_complete:
        try:
            async with asyncio.timeout(SETTLED_SEC if turn.is_settled else answer_sec):
                turn.take(await student.transcripts.get())
        except TimeoutError:
            return
    turn.note("complete")


def _broken_off(turn: SpokenTurn, error: LiveError | RoomError) -> Prediction:
    known = turn.prediction(is_whole=False) if turn.segments else None
    return (
        known or Prediction("failed", timings_sec=turn.timings_sec, usage=dict(turn.usage))
    ).ended_by(error)


def _text(transcripts: list[Transcript]) -> str:
    return " ".join(each.text for each in transcripts if each.text)


def _formulas(transcripts: list[Transcript], *sources: str) -> list[Formula]:
    found = (f for each in transcripts for f in each.formulas if f.source in sources)
    return list(islice(found, MAX_TURN_FORMULAS))
