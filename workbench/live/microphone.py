"""A browser's microphone and loudspeaker on one side, a lesson on the other.

FastRTC drops in silence what a handler raises, or shows its raw text: nothing may leave
this module but through `Lesson.fail`.
"""

import asyncio
import logging
from collections.abc import Generator

import numpy as np
from aiortc import RTCPeerConnection
from av import AudioFrame, AudioResampler
from fastrtc import AsyncStreamHandler
from fastrtc.tracks import AudioCallback, EmitType

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Int16Samples
from workbench.live.lesson import Lesson

FRAME_MS = 20
INPUT_SAMPLES = STUDENT_RATE_HZ * FRAME_MS // 1000  # 320
OUTPUT_SAMPLES = TUTOR_RATE_HZ * FRAME_MS // 1000  # 480
MAX_FRAMES_AHEAD = 3  # fewer break up under load, more delay the tutor's voice
POLL_SEC = 0.01

log = logging.getLogger(__name__)


class Microphone(AsyncStreamHandler):
    """One visitor's handler; `attach` gives it the lesson once the offer is answered."""

    def __init__(self) -> None:
        super().__init__(
            "mono", output_sample_rate=TUTOR_RATE_HZ, input_sample_rate=STUDENT_RATE_HZ
        )
        self._lesson: Lesson | None = None
        self._peer: RTCPeerConnection | None = None
        self._callback: AudioCallback | None = None
        self._outgoing: asyncio.Queue[AudioFrame] = asyncio.Queue()
        self._closed = False
        self._to_student_rate = AudioResampler("s16", "mono", STUDENT_RATE_HZ, INPUT_SAMPLES)

    def copy(self) -> "Microphone":
        return Microphone()

    async def attach(
        self, lesson: Lesson, callback: AudioCallback, peer: RTCPeerConnection
    ) -> None:
        """Let `lesson` hear this visitor and be heard."""
        self._callback, self._outgoing, self._peer = callback, callback.queue, peer
        self._lesson = lesson
        await lesson.connect(self)

    def drop(self) -> None:
        if self._callback is not None:
            self._callback.clear_queue()  # type: ignore[no-untyped-call]

    async def hang_up(self) -> None:
        self._closed = True
        if self._peer is not None:
            await self._peer.close()

    def resample(self, frame: AudioFrame) -> Generator[AudioFrame, None, None]:
        yield from self._to_student_rate.resample(frame)

    async def start_up(self) -> None:
        """Nothing: the lesson began before the sound was connected."""

    async def receive(self, frame: tuple[int, Int16Samples]) -> None:
        if self._lesson is None or self._closed:
            return
        try:
            self._lesson.hear(frame[1].reshape(-1))
        except Exception:  # noqa: BLE001 (the FastRTC edge)
            self._fail()

    async def emit(self) -> EmitType:
        while self._outgoing.qsize() >= MAX_FRAMES_AHEAD and not self._closed:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SEC)
        if self._closed:
            await asyncio.sleep(POLL_SEC)
            return None
        samples = np.zeros(OUTPUT_SAMPLES, dtype=np.int16)
        if self._lesson is not None:
            try:
                n_waiting = self._outgoing.qsize() * OUTPUT_SAMPLES
                samples = self._lesson.speak(OUTPUT_SAMPLES, n_waiting)
            except Exception:  # noqa: BLE001 (the FastRTC edge)
                self._fail()
        return TUTOR_RATE_HZ, samples

    async def shutdown(self) -> None:
        self._closed = True
        if self._lesson is not None:
            self._lesson.sound_ended(self)

    def _fail(self) -> None:
        log.exception("the sound of a lesson failed")
        self._closed = True
        if self._lesson is not None:
            self._lesson.fail()
