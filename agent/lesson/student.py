"""A student in a lesson without a room: recordings in, transcripts out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16
from agent.lesson.session import StateChange, TutorSession
from agent.logs import quieten_livekit
from agent.tasks import beside
from agent.transcript import Transcript
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor

FRAME_SEC = 0.02
SAID_FRAME_SAMPLES = STUDENT_RATE_HZ // 50
HEARD_FRAME_SAMPLES = TUTOR_RATE_HZ // 50


@asynccontextmanager
async def student_in_session(
    tutor: Tutor, endpoint: LiveEndpoint
) -> AsyncIterator["SessionStudent"]:
    """A student whom the tutor hears, for as long as the block.

    Raises LiveError, in the block too, when the service refuses, ends or loses the session,
    and ModelError for a model that never answers.
    """
    quieten_livekit()
    async with TutorSession(tutor, endpoint) as session:
        student = SessionStudent(session)
        async with beside(student.read(), student.listen()):
            await student.is_heard.wait()
            yield student


class SessionStudent:
    """Speaks recordings, and listens as long as the tutor speaks.

    `transcripts` holds what both said, as it came; `is_heard` is set once the tutor listens;
    `usage` has the tokens that the service has counted so far.
    """

    def __init__(self, session: TutorSession) -> None:
        self.transcripts: asyncio.Queue[Transcript] = asyncio.Queue()
        self.is_heard = asyncio.Event()
        self.usage = session.usage
        self._session = session

    async def say(self, pcm: Pcm16) -> None:
        """Speak 16 kHz sound in real time; done when its last frame is on its way."""
        loop = asyncio.get_running_loop()
        due_sec = loop.time()
        cuts = np.arange(SAID_FRAME_SAMPLES, len(pcm.samples), SAID_FRAME_SAMPLES)
        for samples in np.split(pcm.samples, cuts):
            self._session.student.push(Pcm16(samples, STUDENT_RATE_HZ))
            due_sec += FRAME_SEC
            await asyncio.sleep(due_sec - loop.time())

    async def read(self) -> None:
        """Take what happens; raises LiveError when the service is lost."""
        async for event in self._session.events():
            if isinstance(event, Transcript):
                self.transcripts.put_nowait(event)
            elif event == StateChange("listening"):
                self.is_heard.set()

    async def listen(self) -> None:
        """Hear the tutor in real time: only what was heard can be interrupted."""
        loop = asyncio.get_running_loop()
        while True:
            await self._session.voice.has_sound.wait()
            due_sec = loop.time()
            while self._session.voice.has_sound.is_set():
                self._session.voice.take(HEARD_FRAME_SAMPLES, 0)
                due_sec += FRAME_SEC
                await asyncio.sleep(due_sec - loop.time())
