"""A dataset's recordings made worse in a known way."""

import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import soundfile
import soxr

from agent.audio import Pcm16, read_audio, to_pcm16
from agent.errors import DatasetError
from evals.synthesis.noise import Samples, add_noise, babble, noise_of, to_samples, white_noise

PAUSE_FRAME_SEC = 0.03
CODECS = ("mu-law", "opus", "mp3")


@dataclass(frozen=True, slots=True)
class Perturbation:
    """What is done to each recording, in this order; None leaves that out.

    `noise` is `white`, `babble` or a file; `clip` the share of the peak that is left;
    `band_hz` what a telephone lets through; `reverb_sec` how long a room rings until it is
    60 dB quieter; `pause_sec` a silence in the quietest place of the middle.
    """

    speed: float | None = None
    pause_sec: float | None = None
    reverb_sec: float | None = None
    noise: str | None = None
    snr_db: float = 20.0
    gain_db: float | None = None
    clip: float | None = None
    band_hz: tuple[float, float] | None = None
    codec: str | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        if self.speed is not None and not 0.5 <= self.speed <= 2:
            raise DatasetError(f"expected a speed from 0.5 to 2, got {self.speed}")
        if self.clip is not None and not 0 < self.clip <= 1:
            raise DatasetError(f"expected a share of the peak from 0 to 1, got {self.clip}")
        if self.codec is not None and self.codec not in CODECS:
            raise DatasetError(f"expected a codec of {', '.join(CODECS)}, got {self.codec!r}")

    def to_json(self) -> str:
        """What a recording's metadata say of it: one text, for tables have no nested columns."""
        return json.dumps(
            {name: value for name, value in asdict(self).items() if value is not None}
        )


def perturb(pcm: Pcm16, how: Perturbation, others: Sequence[Pcm16], number: int) -> Pcm16:
    """The recording made worse; the same for the same seed and `number` in its dataset.

    `others` are what babble is made of.
    """
    random = np.random.default_rng([how.seed, number])
    if how.speed is not None:
        pcm = replace_samples(pcm, soxr.resample(pcm.samples.astype(np.float64), how.speed, 1.0))
    if how.pause_sec is not None:
        pcm = with_pause(pcm, how.pause_sec)
    if how.reverb_sec is not None:
        pcm = reverberated(pcm, how.reverb_sec, random)
    if how.noise is not None:
        pcm = add_noise(pcm, _noise(how.noise, len(pcm.samples), others, random), how.snr_db)
    if how.gain_db is not None:
        pcm = replace_samples(pcm, pcm.samples.astype(np.float64) * 10 ** (how.gain_db / 20))
    if how.clip is not None:
        peak = how.clip * float(np.abs(pcm.samples.astype(np.float64)).max(initial=0))
        pcm = replace_samples(pcm, np.clip(pcm.samples.astype(np.float64), -peak, peak))
    if how.band_hz is not None:
        pcm = band_limited(pcm, *how.band_hz)
    return coded(pcm, how.codec) if how.codec is not None else pcm


def replace_samples(pcm: Pcm16, values: Samples) -> Pcm16:
    return to_samples(values, pcm.sample_rate_hz)


def with_pause(pcm: Pcm16, pause_sec: float) -> Pcm16:
    """A silence in the quietest 30 ms of the middle half: words mostly end there."""
    n_frame = round(PAUSE_FRAME_SEC * pcm.sample_rate_hz)
    frames = len(pcm.samples) // n_frame
    energy = np.square(
        pcm.samples[: frames * n_frame].reshape(frames, n_frame).astype(np.float64)
    ).sum(axis=1)
    first = frames // 4
    middle = energy[first : max(first + 1, 3 * frames // 4)]
    at = (first + int(middle.argmin())) * n_frame + n_frame // 2 if len(middle) else 0
    pause = np.zeros(round(pause_sec * pcm.sample_rate_hz), dtype=np.int16)
    return replace(pcm, samples=np.concatenate([pcm.samples[:at], pause, pcm.samples[at:]]))


def reverberated(pcm: Pcm16, reverb_sec: float, random: np.random.Generator) -> Pcm16:
    """The sound in a room: the direct sound and noise that dies away, half as strong."""
    n_samples = round(reverb_sec * pcm.sample_rate_hz)
    decay = 10.0 ** (-3 * np.arange(n_samples) / max(n_samples, 1))
    tail = random.normal(0, 1, n_samples) * decay
    tail *= 0.5 / max(float(np.sqrt(np.square(tail).sum())), 1e-9)
    response = np.concatenate([[1.0], tail])
    size = len(pcm.samples) + len(response) - 1
    spectrum = np.fft.rfft(pcm.samples.astype(np.float64), size) * np.fft.rfft(response, size)
    return replace_samples(pcm, np.fft.irfft(spectrum, size)[: len(pcm.samples)])


def band_limited(pcm: Pcm16, lowest_hz: float, highest_hz: float) -> Pcm16:
    """Only the frequencies between these two."""
    spectrum = np.fft.rfft(pcm.samples.astype(np.float64))
    hz = np.fft.rfftfreq(len(pcm.samples), 1 / pcm.sample_rate_hz)
    spectrum[(hz < lowest_hz) | (hz > highest_hz)] = 0
    return replace_samples(pcm, np.fft.irfft(spectrum, len(pcm.samples)))


def coded(pcm: Pcm16, codec: str) -> Pcm16:
    """What is left after a codec: a telephone's, a browser's, a phone's memo."""
    container, subtype = {
        "mu-law": ("WAV", "ULAW"),
        "opus": ("OGG", "OPUS"),
        "mp3": ("MP3", "MPEG_LAYER_III"),
    }[codec]
    sound = io.BytesIO()
    soundfile.write(sound, pcm.samples, pcm.sample_rate_hz, format=container, subtype=subtype)
    samples, rate_hz = soundfile.read(io.BytesIO(sound.getvalue()), dtype="float32")
    return to_pcm16(samples, rate_hz, pcm.sample_rate_hz)


def _noise(
    name: str, n_samples: int, others: Sequence[Pcm16], random: np.random.Generator
) -> Samples:
    if name == "white":
        return white_noise(n_samples, random)
    if name == "babble":
        return babble(others, n_samples, random)
    return noise_of(read_audio(Path(name)), n_samples, random)
