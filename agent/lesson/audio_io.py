"""The student's sound into an AgentSession and the tutor's out of it, without a room.

Callers speak `Pcm16` and numpy; only this side knows LiveKit's frames.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable

import numpy as np
from livekit import rtc
from livekit.agents.voice.io import AudioInput, AudioOutput, AudioOutputCapabilities

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Int16Samples, Pcm16, silence
from agent.lesson.pauses import PauseGate
from agent.lesson.recording import Recording

FRAME_SEC = 0.02
MAX_QUEUED_FRAMES = 50  # one second: older sound than that is no conversation any more
FILL_AFTER_SEC = 0.3
MIN_FILL_SEC = 2.0  # of silence when no sound comes: without any the service never ends a turn
RELEASE_MARGIN_SEC = 0.3


class StudentAudio(AudioInput):
    """What the student says, 16 kHz, as it comes.

    `pause_sec` is the pause that ends a turn.
    """

    def __init__(self, pause_sec: float) -> None:
        super().__init__(label="student")
        self.pause_sec = pause_sec
        self.pauses = PauseGate()
        self.released_at_sec: float | None = None
        self.recording = Recording()
        self._frames: deque[Int16Samples] = deque()
        self._came = asyncio.Event()
        self._filled_sec = math.inf  # nothing to fill before the first sound
        self._closed = False

    def push(self, pcm: Pcm16) -> None:
        """Take some sound; while a turn is held its pauses are left out."""
        self.recording.add(pcm.samples)
        if not self.pauses.passes(pcm):
            return
        self._put(pcm.samples)
        self._filled_sec = 0.0
        while len(self._frames) > MAX_QUEUED_FRAMES:
            self._frames.popleft()

    def hold(self) -> None:
        """From now on no pause ends the student's turn."""
        self.pauses.held = True

    def release(self) -> None:
        """End a held turn now: the pause that the service waits for comes at once."""
        if self.pauses.held:
            self.pauses.held = False
            self.released_at_sec = time.monotonic()
            self._put(silence(self._ending_sec, STUDENT_RATE_HZ).samples)

    def close(self) -> None:
        """End the iteration."""
        self._closed = True
        self._came.set()

    async def __anext__(self) -> rtc.AudioFrame:
        while not self._frames:
            if self._closed:
                raise StopAsyncIteration
            await self._wait()
        samples = self._frames.popleft()
        return rtc.AudioFrame(samples.tobytes(), STUDENT_RATE_HZ, 1, len(samples))

    @property
    def _ending_sec(self) -> float:
        return self.pause_sec + RELEASE_MARGIN_SEC

    async def _wait(self) -> None:
        """Wait for sound; after a while without any, make up a little silence."""
        self._came.clear()
        is_enough = self._filled_sec >= max(MIN_FILL_SEC, self._ending_sec)
        patience_sec = FRAME_SEC if self._filled_sec else FILL_AFTER_SEC
        try:
            async with asyncio.timeout(None if is_enough or self.pauses.held else patience_sec):
                await self._came.wait()
        except TimeoutError:
            self._filled_sec += FRAME_SEC
            self._put(silence(FRAME_SEC, STUDENT_RATE_HZ).samples)

    def _put(self, samples: Int16Samples) -> None:
        self._frames.append(samples)
        self._came.set()


class TutorAudio(AudioOutput):
    """What the tutor says, 24 kHz, taken at the pace of playback.

    The service delivers seconds ahead; `take` gives them frame by frame, and a barge-in
    drops the rest: `on_dropped` is called then, for queues further down, and `on_cut` with
    the share of the answer that was heard, 0 to 1.
    """

    def __init__(self) -> None:
        super().__init__(
            label="tutor",
            capabilities=AudioOutputCapabilities(pause=False),
            sample_rate=TUTOR_RATE_HZ,
        )
        self.on_dropped: Callable[[], None] = lambda: None
        self.on_speaking: Callable[[bool], None] = lambda _: None
        self.on_cut: Callable[[float], None] = lambda _: None
        self.has_sound = asyncio.Event()  # until an answer has been taken to its end
        self._waiting: deque[Int16Samples] = deque()
        self._is_open = False
        self._is_complete = False
        self._n_captured = self._n_taken = self._n_silent = 0
        self._n_downstream = 0

    @property
    def heard_share(self) -> float:
        """How much of the answer so far was heard, 0 to 1; 1 between answers."""
        if not self._is_open:
            return 1.0
        return max(0, self._n_taken - self._n_downstream) / max(1, self._n_captured)

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        if not self._is_open:
            self._is_open, self._is_complete = True, False
            self.has_sound.set()
            self._n_captured = self._n_taken = self._n_silent = 0
        samples = np.frombuffer(frame.data, dtype=np.int16)
        self._n_captured += len(samples)
        self._waiting.append(samples)

    def flush(self) -> None:
        super().flush()
        self._is_complete = True

    def clear_buffer(self) -> None:
        self._waiting.clear()
        if self._is_open:
            heard_share = self.heard_share
            self._finish(max(0, self._n_taken - self._n_downstream), interrupted=True)
            self.on_dropped()
            self.on_cut(heard_share)

    def take(self, n_samples: int, n_downstream: int) -> Int16Samples:
        """Exactly `n_samples`, silence where there is no speech.

        `n_downstream` samples were taken before and are not heard yet.
        """
        voice = self._next(n_samples)
        self._n_downstream = n_downstream + n_samples
        if len(voice):
            self._take_voice(len(voice))
        elif self._is_open and self._is_complete:
            self._n_silent += n_samples
            if self._n_silent > n_downstream:
                self._finish(self._n_taken, interrupted=False)
        return np.pad(voice, (0, n_samples - len(voice)))

    def _next(self, n_samples: int) -> Int16Samples:
        """Up to `n_samples` of what waits."""
        pieces: list[Int16Samples] = [np.zeros(0, dtype=np.int16)]
        n_left = n_samples
        while self._waiting and n_left:
            piece = self._waiting.popleft()
            pieces.append(piece[:n_left])
            if len(piece) > n_left:
                self._waiting.appendleft(piece[n_left:])
            n_left -= len(pieces[-1])
        return np.concatenate(pieces)

    def _take_voice(self, n_samples: int) -> None:
        if self._n_taken == 0:
            self.on_playback_started(created_at=time.time())
            self.on_speaking(True)
        self._n_taken += n_samples
        self._n_silent = 0

    def _finish(self, n_heard: int, *, interrupted: bool) -> None:
        self._is_open = False
        self.has_sound.clear()
        if self._n_taken:
            self.on_speaking(False)
        self.on_playback_finished(
            playback_position=n_heard / TUTOR_RATE_HZ, interrupted=interrupted
        )
