"""A clip's shape in time, small enough to draw."""

from dataclasses import dataclass

import numpy as np

from agent.audio import Pcm16
from agent.lesson.pauses import ABOVE_FLOOR, QUIET_RMS

N_PEAKS = 400
FRAME_MS = 20


@dataclass(frozen=True, slots=True)
class ClipOutline:
    """`peaks` are the loudest samples of equal stretches, 0 to 1; at most 400.

    `speech_end_sec` is where the voice was last heard, None where there is none.
    """

    duration_sec: float
    speech_end_sec: float | None
    peaks: tuple[float, ...]


def clip_outline(audio: Pcm16) -> ClipOutline:
    """The outline of one clip; one without samples has no peaks."""
    loudness = np.abs(audio.samples.astype(np.int32))
    stretches = np.array_split(loudness, min(N_PEAKS, len(loudness))) if len(loudness) else []
    peaks = tuple(round(float(stretch.max()) / 32768, 3) for stretch in stretches)
    return ClipOutline(audio.duration_sec, _speech_end_sec(audio), peaks)


def _speech_end_sec(audio: Pcm16) -> float | None:
    """The end of the last 20 ms that stand out from the clip's quietest tenth."""
    per_frame = audio.sample_rate_hz * FRAME_MS // 1000
    n_frames = len(audio.samples) // per_frame
    if not n_frames:
        return None
    frames = audio.samples[: n_frames * per_frame].astype(np.float32).reshape(n_frames, per_frame)
    rms = np.sqrt(np.mean(np.square(frames), axis=1))
    is_voice = rms > max(QUIET_RMS, ABOVE_FLOOR * float(np.quantile(rms, 0.1)))
    if not is_voice.any():
        return None
    return float(np.flatnonzero(is_voice)[-1] + 1) * FRAME_MS / 1000
