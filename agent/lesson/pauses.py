"""Where the student's voice is and where it pauses."""

import time
from dataclasses import dataclass, field

import numpy as np

from agent.audio import Int16Samples, Pcm16

QUIET_RMS = 60.0  # about -55 dBFS: below it nothing is speech
ABOVE_FLOOR = 3.0  # 10 dB over the room's noise
FLOOR_RISE = 1.01  # per 20 ms, so that a noisier room is learnt within seconds
LEFT_SEC = 0.2  # of each pause in a held turn: words must not run into each other


@dataclass(slots=True)
class PauseGate:
    """Lets sound through; while `held`, shortens pauses so that none ends the turn.

    `voice_at_sec` is when voice was last heard (monotonic clock), None before the first.
    """

    held: bool = False
    voice_at_sec: float | None = None
    _floor_rms: float = QUIET_RMS
    _paused_sec: float = field(default=0.0)

    def passes(self, pcm: Pcm16) -> bool:
        """Whether this piece of sound goes on to the tutor."""
        if self._is_voice(pcm.samples):
            self._paused_sec = 0.0
            self.voice_at_sec = time.monotonic()
            return True
        self._paused_sec += pcm.duration_sec
        return not self.held or self._paused_sec <= LEFT_SEC

    def _is_voice(self, samples: Int16Samples) -> bool:
        rms = float(np.sqrt(np.mean(np.square(samples.astype(np.float32))))) if len(samples) else 0
        lowest_rms = QUIET_RMS / ABOVE_FLOOR  # a muted microphone says nothing of the room
        self._floor_rms = min(max(rms, lowest_rms), self._floor_rms * FLOOR_RISE)
        return rms > max(QUIET_RMS, ABOVE_FLOOR * self._floor_rms)
