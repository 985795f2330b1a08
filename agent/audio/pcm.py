"""One shape of audio inside the project: mono, 16 bits."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import soxr

from agent.errors import AudioFormatError

STUDENT_RATE_HZ = 16_000  # what Gemini Live takes
TUTOR_RATE_HZ = 24_000  # what Gemini Live gives

Int16Samples = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Pcm16:
    """Mono audio: int16 samples of shape (n_samples,), native byte order."""

    samples: Int16Samples
    sample_rate_hz: int

    def __post_init__(self) -> None:
        if self.samples.dtype != np.int16 or self.samples.ndim != 1:
            raise AudioFormatError(
                "expected int16 audio of shape (n_samples,), got "
                f"{self.samples.dtype} {self.samples.shape}; convert with to_pcm16()"
            )

    @property
    def duration_sec(self) -> float:
        return len(self.samples) / self.sample_rate_hz

    def to_bytes(self) -> bytes:
        """Little-endian PCM, as the Live API sends and takes it."""
        return self.samples.astype("<i2", copy=False).tobytes()

    @classmethod
    def from_bytes(cls, pcm: bytes, sample_rate_hz: int) -> "Pcm16":
        """Read little-endian PCM; an odd number of bytes is refused."""
        if len(pcm) % 2:
            raise AudioFormatError(f"expected whole 16-bit samples, got {len(pcm)} bytes")
        return cls(np.frombuffer(pcm, dtype="<i2").astype(np.int16, copy=False), sample_rate_hz)


def silence(duration_sec: float, sample_rate_hz: int) -> Pcm16:
    """Digital silence of the given length."""
    return Pcm16(np.zeros(round(duration_sec * sample_rate_hz), dtype=np.int16), sample_rate_hz)


def to_pcm16(samples: npt.NDArray[np.generic], sample_rate_hz: int, target_rate_hz: int) -> Pcm16:
    """Mono int16 at `target_rate_hz` from samples of shape (n,) or (n, channels).

    Takes int16, int32, or float in [-1, 1]; channels are averaged, peaks beyond full
    scale clipped, values that are no number silent.
    """
    if samples.ndim not in (1, 2):
        raise AudioFormatError(
            f"expected shape (n_samples,) or (n_samples, channels), got {samples.shape}"
        )
    mono = as_float(samples)
    if mono.ndim == 2:
        mono = mono.mean(axis=1, dtype=np.float32)
    if sample_rate_hz != target_rate_hz:
        mono = soxr.resample(mono, sample_rate_hz, target_rate_hz)
    return Pcm16(as_int16(mono), target_rate_hz)


def resample(pcm: Pcm16, target_rate_hz: int) -> Pcm16:
    """The same sound at another rate; unchanged when the rate already fits."""
    if pcm.sample_rate_hz == target_rate_hz:
        return pcm
    return to_pcm16(pcm.samples, pcm.sample_rate_hz, target_rate_hz)


def as_float(samples: npt.NDArray[np.generic]) -> npt.NDArray[np.float32]:
    """Full scale as 1.0, whatever shape; AudioFormatError for a type whose scale is a guess."""
    if samples.dtype == np.int16:
        return samples.astype(np.float32) * np.float32(2**-15)
    if samples.dtype == np.int32:
        return samples.astype(np.float32) * np.float32(2**-31)
    if np.issubdtype(samples.dtype, np.floating):
        return np.nan_to_num(samples.astype(np.float32), posinf=1.0, neginf=-1.0)
    raise AudioFormatError(f"expected int16, int32 or float samples, got {samples.dtype}")


def as_int16(mono: npt.NDArray[np.float32]) -> Int16Samples:
    """Full scale 1.0 as 16 bits; what goes beyond is clipped."""
    return np.clip(np.rint(mono * 32768), -32768, 32767).astype(np.int16)
