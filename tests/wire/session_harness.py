"""A lesson under way: a microphone that never stops, an ear, and all that the session told."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import numpy as np

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Int16Samples, Pcm16
from agent.lesson.session import SessionEvent, SessionState, StateChange, TutorSession
from agent.prompts.prompt import find_prompt
from agent.transcript import Speaker, Transcript
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import TurnDetection, Tutor

PAUSE_MS = 500
TUTOR = Tutor(find_prompt("tutor"), "gemini-3.8-live", turn_detection=TurnDetection(PAUSE_MS))
PATIENCE_SEC = 15.0
FRAME_SEC = 0.02
SPEED = 5  # of the microphone against the clock: the service counts pauses in audio
INPUT_SAMPLES = int(STUDENT_RATE_HZ * FRAME_SEC)
OUTPUT_SAMPLES = int(TUTOR_RATE_HZ * FRAME_SEC)

Wanted = Callable[[SessionEvent], bool]


@dataclass
class Talk:
    """One lesson from the student's side."""

    session: TutorSession
    events: list[SessionEvent] = field(default_factory=list)
    is_listening: bool = True
    is_sending: bool = True
    n_dropped: int = 0
    _to_say: list[Int16Samples] = field(default_factory=list)
    _said: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._told = self.session.events()
        self.session.voice.on_dropped = self._count_drop

    async def say(self, pcm: bytes) -> None:
        """Speak 16 kHz PCM; done when it was pushed."""
        samples = np.frombuffer(pcm, dtype="<i2").astype(np.int16)
        frames = range(0, len(samples) - INPUT_SAMPLES + 1, INPUT_SAMPLES)
        self._to_say += [samples[at : at + INPUT_SAMPLES] for at in frames]
        self._said.clear()
        await self._said.wait()

    async def until(self, *wanted: Wanted) -> SessionEvent:
        """Follow the lesson until each of `wanted` has come, in this order; gives the last."""
        left = list(wanted)
        async with asyncio.timeout(PATIENCE_SEC):
            while True:
                event = await anext(self._told)
                self.events.append(event)
                if left[0](event):
                    left.pop(0)
                if not left:
                    return event

    async def sound(self) -> None:
        """Send and take a frame at a time."""
        loop = asyncio.get_running_loop()
        due_sec = loop.time()
        quiet = np.zeros(INPUT_SAMPLES, dtype=np.int16)
        while True:
            if self.is_sending:
                frame = self._to_say.pop(0) if self._to_say else quiet
                self.session.student.push(Pcm16(frame, STUDENT_RATE_HZ))
            if not self._to_say:
                self._said.set()
            if self.is_listening:
                self.session.voice.take(OUTPUT_SAMPLES, 0)
            due_sec += FRAME_SEC / SPEED
            await asyncio.sleep(max(0.0, due_sec - loop.time()))

    def transcripts(self, speaker: Speaker) -> list[Transcript]:
        """The newest transcript of each of the speaker's segments, in order."""
        told = (e for e in self.events if isinstance(e, Transcript) and e.speaker == speaker)
        return list({transcript.segment_id: transcript for transcript in told}.values())

    @property
    def states(self) -> list[SessionState]:
        return [event.state for event in self.events if isinstance(event, StateChange)]

    def _count_drop(self) -> None:
        self.n_dropped += 1


@asynccontextmanager
async def talk_to(
    endpoint: LiveEndpoint, pause_ms: int = PAUSE_MS, connect_sec: float = 10.0
) -> AsyncIterator[Talk]:
    """A lesson with the shipped tutor; its sound runs as long as the block."""
    tutor = replace(TUTOR, turn_detection=TurnDetection(pause_ms))
    async with TutorSession(tutor, endpoint, connect_sec=connect_sec) as session:
        talk = Talk(session)
        sounding = asyncio.create_task(talk.sound())
        try:
            yield talk
        finally:
            sounding.cancel()


def state(name: SessionState) -> Wanted:
    """The lesson is in this state."""
    return lambda event: event == StateChange(name)


def words(speaker: Speaker) -> Wanted:
    """The speaker has said something."""
    return lambda event: isinstance(event, Transcript) and event.speaker == speaker


def finished(speaker: Speaker) -> Wanted:
    """The speaker's segment is final."""
    return lambda event: (
        isinstance(event, Transcript) and event.speaker == speaker and event.is_final
    )
