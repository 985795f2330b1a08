"""The sound of the turn under way, kept until somebody asks for it or it grows too old."""

from collections import deque

import numpy as np

from agent.audio import STUDENT_RATE_HZ, Int16Samples, Pcm16
from agent.lesson.pauses import QUIET_RMS

MAX_KEPT_SAMPLES = 60 * STUDENT_RATE_HZ  # a minute: longer turns lose their beginning
BLOCK_SAMPLES = STUDENT_RATE_HZ // 50  # 20 ms
MARGIN_BLOCKS = 15  # 0.3 s of quiet stays at either end


class Recording:
    """The newest minute of the student's sound, 16 kHz."""

    def __init__(self) -> None:
        self._pieces: deque[Int16Samples] = deque()
        self._n_samples = 0

    def add(self, samples: Int16Samples) -> None:
        """Take the next sound, shape (n_samples,); the oldest is let go."""
        self._pieces.append(samples)
        self._n_samples += len(samples)
        while self._n_samples - len(self._pieces[0]) >= MAX_KEPT_SAMPLES:
            self._n_samples -= len(self._pieces.popleft())

    def cut(self) -> Pcm16 | None:
        """What was said since the last cut, without the quiet around it; None for quiet only."""
        samples = np.concatenate(self._pieces) if self._pieces else np.zeros(0, dtype=np.int16)
        self._pieces.clear()
        self._n_samples = 0
        return _without_quiet(samples)


def _without_quiet(samples: Int16Samples) -> Pcm16 | None:
    blocks = samples[: len(samples) // BLOCK_SAMPLES * BLOCK_SAMPLES].reshape(-1, BLOCK_SAMPLES)
    rms = np.sqrt(np.mean(np.square(blocks.astype(np.float32)), axis=1))
    (loud,) = np.nonzero(rms > QUIET_RMS)
    if not len(loud):
        return None
    first, last = max(0, loud[0] - MARGIN_BLOCKS), loud[-1] + 1 + MARGIN_BLOCKS
    return Pcm16(samples[first * BLOCK_SAMPLES : last * BLOCK_SAMPLES], STUDENT_RATE_HZ)
