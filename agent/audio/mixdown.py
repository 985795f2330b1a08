"""Sound of any kind as one shape, block by block, with bounds on all of it."""

import numpy as np
import numpy.typing as npt
import soxr

from agent.audio.pcm import Int16Samples, Pcm16, as_float, as_int16
from agent.errors import AudioFormatError

MAX_AUDIO_SEC = 600.0  # a Live connection lasts about ten minutes
MIN_RATE_HZ, MAX_RATE_HZ = 8_000, 192_000
MAX_CHANNELS = 8
MAX_SAMPLES = 2 * 48_000 * 600  # of all channels: ten minutes of 48 kHz stereo


def check_shape(name: str, rate_hz: int, n_channels: int) -> None:
    """AudioFormatError for a rate or a number of channels that no recorder of speech writes."""
    if not MIN_RATE_HZ <= rate_hz <= MAX_RATE_HZ:
        raise AudioFormatError(
            f"{name}: expected {MIN_RATE_HZ:,} to {MAX_RATE_HZ:,} Hz, got {rate_hz:,} Hz; save it "
            "as mono of 16 kHz"
        )
    if not 1 <= n_channels <= MAX_CHANNELS:
        raise AudioFormatError(
            f"{name}: expected 1 to {MAX_CHANNELS} channels, got {n_channels}; save it as mono"
        )


def check_length(name: str, n_frames: int, rate_hz: int, n_channels: int) -> None:
    """AudioFormatError for more sound than one utterance may have."""
    if n_frames > MAX_AUDIO_SEC * rate_hz:
        raise AudioFormatError(
            f"{name}: expected at most {MAX_AUDIO_SEC:.0f} s of audio, got "
            f"{n_frames / rate_hz:.0f} s; cut it into utterances"
        )
    if n_frames * n_channels > MAX_SAMPLES:
        raise AudioFormatError(
            f"{name}: expected at most {MAX_SAMPLES:,} samples in all channels, got "
            f"{n_frames * n_channels:,}; save it as mono of 16 kHz"
        )


class Mixdown:
    """Takes blocks of shape (n_samples, n_channels); keeps mono at the target's rate alone.

    Raises as `check_shape` and `check_length`, as soon as there is too much.
    """

    def __init__(self, name: str, rate_hz: int, n_channels: int, target_rate_hz: int) -> None:
        check_shape(name, rate_hz, n_channels)
        self._name = name
        self._rate_hz = rate_hz
        self._n_channels = n_channels
        self._target_rate_hz = target_rate_hz
        self._n_frames = 0
        self._kept: list[Int16Samples] = []
        self._resampler = (
            None
            if rate_hz == target_rate_hz
            else soxr.ResampleStream(rate_hz, target_rate_hz, 1, dtype="float32")
        )

    def add(self, block: npt.NDArray[np.generic]) -> None:
        """The next samples: int16, int32 or float."""
        self._n_frames += len(block)
        check_length(self._name, self._n_frames, self._rate_hz, self._n_channels)
        self._keep(as_float(block).mean(axis=1, dtype=np.float32), is_last=False)

    def finish(self) -> Pcm16:
        """All of it; AudioFormatError when there was none."""
        if not self._n_frames:
            raise AudioFormatError(
                f"{self._name}: expected a recording, got an empty one; record it again"
            )
        self._keep(np.zeros(0, dtype=np.float32), is_last=True)
        return Pcm16(np.concatenate(self._kept), self._target_rate_hz)

    def _keep(self, mono: npt.NDArray[np.float32], *, is_last: bool) -> None:
        if self._resampler is not None:
            mono = self._resampler.resample_chunk(mono, last=is_last)
        self._kept.append(as_int16(mono))
