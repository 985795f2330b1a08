"""Whether somebody speaks: Silero's voice activity model, on onnxruntime.

The wheel livekit-plugins-silero carries the model; its code is never imported.
"""

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from agent.audio import STUDENT_RATE_HZ
from agent.local_live.ear.inference import open_session, package_folder
from agent.local_live.ear.moonshine import Floats

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

WINDOW_SAMPLES = 512  # 32 ms, as the model wants them
CONTEXT_SAMPLES = 64  # of the window before
WINDOW_SEC = WINDOW_SAMPLES / STUDENT_RATE_HZ
STATE_SHAPE = (2, 1, 128)


class VoiceActivity:
    """Listens to one stream of 16 kHz sound. EnvironmentNotReady without its model."""

    def __init__(self) -> None:
        self._session = _session()
        self._state = np.zeros(STATE_SHAPE, np.float32)
        self._context = np.zeros(CONTEXT_SAMPLES, np.float32)

    def probability(self, window: Floats) -> float:
        """How likely the next WINDOW_SAMPLES within -1..1 are speech, in 0..1."""
        sound = np.concatenate([self._context, window])
        probability, self._state = self._session.run(
            None,
            {
                "input": sound[None],
                "state": self._state,
                "sr": np.array(STUDENT_RATE_HZ, np.int64),
            },
        )
        self._context = window[-CONTEXT_SAMPLES:]
        return float(probability[0, 0])


@cache
def _session() -> "InferenceSession":
    folder = package_folder("livekit.plugins.silero")
    return open_session(folder / "resources" / "silero_vad.onnx")
