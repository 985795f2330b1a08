"""One shape of audio inside the project, and every way in and out of it."""

import io
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from agent.errors import AudioFormatError

STUDENT_RATE_HZ = 16_000  # what Gemini Live takes
TUTOR_RATE_HZ = 24_000  # what Gemini Live gives
MAX_AUDIO_SEC = 600.0  # a Live connection lasts about ten minutes
# Files of recordings that are read as they are and that every browser plays.
AUDIO_TYPES = {
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp3": "audio/mpeg",
}

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
    mono = _as_float(samples)
    if mono.ndim == 2:
        mono = mono.mean(axis=1, dtype=np.float32)
    if sample_rate_hz != target_rate_hz:
        mono = soxr.resample(mono, sample_rate_hz, target_rate_hz)
    return Pcm16(np.clip(np.rint(mono * 32768), -32768, 32767).astype(np.int16), target_rate_hz)


def resample(pcm: Pcm16, target_rate_hz: int) -> Pcm16:
    """The same sound at another rate; unchanged when the rate already fits."""
    if pcm.sample_rate_hz == target_rate_hz:
        return pcm
    return to_pcm16(pcm.samples, pcm.sample_rate_hz, target_rate_hz)


def read_audio(source: Path | bytes, target_rate_hz: int = STUDENT_RATE_HZ) -> Pcm16:
    """Decode WAV, FLAC, OGG, Opus or MP3 (and whatever libav knows) to mono int16.

    Raises AudioFormatError for a file that is missing, unreadable, empty, or longer than
    MAX_AUDIO_SEC.
    """
    name = source.name if isinstance(source, Path) else "audio"
    try:
        content = source.read_bytes() if isinstance(source, Path) else source
    except OSError as error:
        raise AudioFormatError(f"{name}: cannot be read ({error.strerror})") from error
    samples, rate_hz = _decode(content, name)
    if len(samples) == 0:
        raise AudioFormatError(f"{name}: expected a recording, got an empty one; record it again")
    return to_pcm16(samples, rate_hz, target_rate_hz)


def write_wav(path: Path, pcm: Pcm16) -> None:
    """Write 16-bit mono WAV."""
    soundfile.write(path, pcm.samples, pcm.sample_rate_hz, subtype="PCM_16")


def wav_bytes(pcm: Pcm16) -> bytes:
    """A WAV file's content, 16 bits."""
    buffer = io.BytesIO()
    soundfile.write(buffer, pcm.samples, pcm.sample_rate_hz, format="WAV", subtype="PCM_16")
    return buffer.getvalue()


def _as_float(samples: npt.NDArray[np.generic]) -> npt.NDArray[np.float32]:
    if samples.dtype == np.int16:
        return samples.astype(np.float32) * np.float32(2**-15)
    if samples.dtype == np.int32:
        return samples.astype(np.float32) * np.float32(2**-31)
    if np.issubdtype(samples.dtype, np.floating):
        return np.nan_to_num(samples.astype(np.float32), posinf=1.0, neginf=-1.0)
    raise AudioFormatError(f"expected int16, int32 or float samples, got {samples.dtype}")


def _decode(content: bytes, name: str) -> tuple[npt.NDArray[np.generic], int]:
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as sound:
            _check_length(sound.frames / sound.samplerate, name)
            return sound.read(dtype="float32", always_2d=True), sound.samplerate
    except soundfile.LibsndfileError:
        return _decode_with_libav(content, name)


def _decode_with_libav(content: bytes, name: str) -> tuple[npt.NDArray[np.generic], int]:
    blocks: list[npt.NDArray[np.generic]] = []
    rate_hz, n_samples = STUDENT_RATE_HZ, 0
    resampler = av.AudioResampler(format="fltp")
    try:
        with av.open(io.BytesIO(content), mode="r") as container:
            for decoded in container.decode(audio=0):
                for frame in resampler.resample(decoded):
                    blocks.append(frame.to_ndarray().T)
                    rate_hz, n_samples = frame.sample_rate, n_samples + frame.samples
                    _check_length(n_samples / rate_hz, name)
    except (av.FFmpegError, IndexError, ValueError) as error:
        raise AudioFormatError(
            f"{name}: expected WAV, FLAC, OGG, Opus or MP3, got something no decoder reads; "
            "convert it to one of these"
        ) from error
    return (np.concatenate(blocks) if blocks else np.zeros((0, 1), dtype=np.float32)), rate_hz


def _check_length(duration_sec: float, name: str) -> None:
    if duration_sec > MAX_AUDIO_SEC:
        raise AudioFormatError(
            f"{name}: expected at most {MAX_AUDIO_SEC:.0f} s of audio, got {duration_sec:.0f} s; "
            "cut it into utterances"
        )
