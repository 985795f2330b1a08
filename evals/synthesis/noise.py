"""Noise for recordings, at a given ratio of signal to noise."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from agent.audio import Pcm16
from agent.errors import DatasetError

Samples = npt.NDArray[np.float64]
N_BABBLING = 3


def white_noise(_: Sequence[Pcm16], n_samples: int, random: np.random.Generator) -> Samples:
    """All frequencies alike, as in an old microphone."""
    return random.normal(0, 1, n_samples)


def babble(others: Sequence[Pcm16], n_samples: int, random: np.random.Generator) -> Samples:
    """Some of the other recordings at once, each begun anywhere; a classroom."""
    if not others:
        raise DatasetError("babble needs other recordings to be made of")
    chosen = random.choice(len(others), min(N_BABBLING, len(others)), replace=False)
    voices = [_loop(others[i].samples, n_samples, random) for i in chosen]
    return np.asarray(np.sum([voice / max(_rms(voice), 1.0) for voice in voices], axis=0))


def noise_of(recording: Pcm16, n_samples: int, random: np.random.Generator) -> Samples:
    """A piece of somebody's recorded noise. DatasetError when it is silent."""
    if not recording.samples.any():
        raise DatasetError("the noise is silent; choose a recording that isn't")
    return _loop(recording.samples, n_samples, random)


def add_noise(pcm: Pcm16, noise: Samples, snr_db: float) -> Pcm16:
    """The recording with the noise, whose power lies `snr_db` below its own."""
    clean = pcm.samples.astype(np.float64)
    level = _rms(clean) / 10 ** (snr_db / 20) / max(_rms(noise), 1e-9)
    return to_samples(clean + level * noise, pcm.sample_rate_hz)


def to_samples(values: Samples, sample_rate_hz: int) -> Pcm16:
    """Values around zero as 16-bit samples; peaks beyond full scale are clipped."""
    return Pcm16(np.clip(np.rint(values), -32768, 32767).astype(np.int16), sample_rate_hz)


def _loop(samples: npt.NDArray[np.int16], n_samples: int, random: np.random.Generator) -> Samples:
    begin = int(random.integers(len(samples)))
    return np.resize(np.roll(samples.astype(np.float64), -begin), n_samples)


def _rms(values: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(values)))) if len(values) else 0.0
