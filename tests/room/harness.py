"""A tutor and students in a real room, and what the students saw there."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import numpy as np
from livekit import rtc

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16
from agent.prompts.prompt import find_prompt
from agent.rooms.connection import connected
from agent.rooms.server import RoomServer
from agent.rooms.student import Student, student_in_room
from agent.rooms.tokens import student_token, tutor_token
from agent.rooms.tutor import OnFinal, RoomTutor
from agent.transcript import Speaker, Transcript
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import TurnDetection, Tutor

ROOM = "lesson"
PAUSE_MS = 500
TUTOR = Tutor(find_prompt("tutor"), "gemini-3.8-live", turn_detection=TurnDetection(PAUSE_MS))
PATIENCE_SEC = 60.0  # what comes comes sooner, but on a busy machine

Wanted = Callable[[Transcript], bool]


@dataclass
class Lesson:
    """A tutor in a room, joined in this process."""

    running: "asyncio.Task[None]"
    finals: list[tuple[str, Transcript]] = field(default_factory=list)

    async def until_ended(self) -> None:
        """Wait until the tutor has left by itself."""
        async with asyncio.timeout(PATIENCE_SEC):
            await self.running


@asynccontextmanager
async def lesson(
    server: RoomServer,
    endpoint: LiveEndpoint,
    *,
    room_name: str = ROOM,
    tutor: Tutor = TUTOR,
    earlier: Sequence[Transcript] = (),
    lost_sec: float = 60.0,
    on_final: OnFinal | None = None,
) -> AsyncIterator[Lesson]:
    """A tutor in the room for as long as the block, or until it leaves by itself."""
    room = rtc.Room()
    finals: list[tuple[str, Transcript]] = []
    teacher = RoomTutor(
        room,
        tutor,
        endpoint,
        on_final=on_final or (lambda *final: finals.append(final)),
        earlier=lambda _student_id: earlier,
        lost_sec=lost_sec,
    )
    async with connected(room, server.url, tutor_token(server, room_name, "tutor")):
        running = asyncio.create_task(teacher.run())
        try:
            yield Lesson(running, finals)
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


@dataclass
class Seen:
    """A student, and all that they read so far."""

    student: Student
    transcripts: list[Transcript] = field(default_factory=list)

    async def until(self, *wanted: Wanted) -> Transcript:
        """Read on until each of `wanted` has come, in this order; gives the last."""
        left = list(wanted)
        async with asyncio.timeout(PATIENCE_SEC):
            while True:
                transcript = await self.student.transcripts.get()
                self.transcripts.append(transcript)
                if left[0](transcript):
                    left.pop(0)
                if not left:
                    return transcript

    async def until_tutor(self, *states: str) -> None:
        """Wait until the tutor has shown these states, in this order."""
        async with asyncio.timeout(PATIENCE_SEC):
            for state in states:
                await self.student.until_tutor(state)

    async def notice(self) -> str:
        """The next thing that the tutor tells in the chat."""
        async with asyncio.timeout(PATIENCE_SEC):
            return await self.student.notices.get()

    def newest(self, speaker: Speaker) -> list[Transcript]:
        """The newest transcript of each of the speaker's segments, in order."""
        told = (each for each in self.transcripts if each.speaker == speaker)
        return list({transcript.segment_id: transcript for transcript in told}.values())


@asynccontextmanager
async def student_in(
    server: RoomServer,
    identity: str = "anna",
    *,
    room_name: str = ROOM,
    source: rtc.TrackSource.ValueType = rtc.TrackSource.SOURCE_MICROPHONE,
) -> AsyncIterator[Seen]:
    """A student in the room for as long as the block."""
    token = student_token(server, room_name, identity)
    async with student_in_room(server.url, token, source) as student:
        yield Seen(student)


def pcm(content: bytes) -> Pcm16:
    """16 kHz sound from little-endian samples."""
    return Pcm16.from_bytes(content, STUDENT_RATE_HZ)


def finished(speaker: Speaker) -> Wanted:
    """The speaker's segment is final."""
    return lambda transcript: transcript.speaker == speaker and transcript.is_final


def begun(speaker: Speaker) -> Wanted:
    """The speaker has said something."""
    return lambda transcript: transcript.speaker == speaker


class Hum:
    """A voice that hums everything for so long."""

    def __init__(self, duration_sec: float) -> None:
        self._n_samples = int(duration_sec * TUTOR_RATE_HZ)

    async def speak(self, text: str) -> AsyncIterator[Pcm16]:
        """A tone of 220 Hz, whatever the text."""
        seconds = np.arange(self._n_samples) / TUTOR_RATE_HZ
        tone = 8000 * np.sin(2 * np.pi * 220 * seconds)
        yield Pcm16(tone.astype(np.int16), TUTOR_RATE_HZ)

    async def aclose(self) -> None:
        """Nothing to give back."""
