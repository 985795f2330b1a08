"""A dataset's recordings made worse in a known way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import numpy as np
import soxr

from agent.audio import Pcm16, encoded, read_audio
from evals.synthesis.noise import Samples, add_noise, noise_of, to_samples
from evals.synthesis.perturbation import CODECS, EFFECTS, NOISES, Perturbation

PAUSE_FRAME_SEC = 0.03


@dataclass(frozen=True, slots=True)
class Scene:
    """What an effect may need besides its value: `others` are what babble is made of."""

    how: Perturbation
    others: Sequence[Pcm16]
    random: np.random.Generator


def perturb(pcm: Pcm16, how: Perturbation, others: Sequence[Pcm16], number: int) -> Pcm16:
    """The recording made worse; the same for the same seed and `number` in its dataset.

    `others` are what babble is made of.
    """
    scene = Scene(how, others, np.random.default_rng([how.seed, number]))
    for name, effect in EFFECTS.items():
        value = getattr(how, name)
        if value is not None and effect.done_by:
            apply: Callable[[Pcm16, Any, Scene], Pcm16] = resolve_name(effect.done_by)
            pcm = apply(pcm, value, scene)
    return pcm


def faster(pcm: Pcm16, speed: float, _: Scene) -> Pcm16:
    """Played faster, and so higher."""
    return _with(pcm, soxr.resample(pcm.samples.astype(np.float64), speed, 1.0))


def noisy(pcm: Pcm16, noise: str, scene: Scene) -> Pcm16:
    """With one of NOISES behind it, or with a piece of the recording of that path."""
    n_samples = len(pcm.samples)
    if noise in NOISES:
        make: Callable[..., Samples] = resolve_name(NOISES[noise].made_by)
        sound = make(scene.others, n_samples, scene.random)
    else:
        sound = noise_of(read_audio(Path(noise)), n_samples, scene.random)
    return add_noise(pcm, sound, scene.how.snr_db)


def louder(pcm: Pcm16, gain_db: float, _: Scene) -> Pcm16:
    """Louder; what goes beyond full scale is clipped."""
    return _with(pcm, pcm.samples.astype(np.float64) * 10 ** (gain_db / 20))


def clipped(pcm: Pcm16, share: float, _: Scene) -> Pcm16:
    """With its peaks cut at that share of the highest."""
    samples = pcm.samples.astype(np.float64)
    peak = share * float(np.abs(samples).max(initial=0))
    return _with(pcm, np.clip(samples, -peak, peak))


def with_pause(pcm: Pcm16, pause_sec: float, _: Scene) -> Pcm16:
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


def reverberated(pcm: Pcm16, reverb_sec: float, scene: Scene) -> Pcm16:
    """The sound in a room: the direct sound and noise that dies away, half as strong."""
    n_samples = round(reverb_sec * pcm.sample_rate_hz)
    decay = 10.0 ** (-3 * np.arange(n_samples) / max(n_samples, 1))
    tail = scene.random.normal(0, 1, n_samples) * decay
    tail *= 0.5 / max(float(np.sqrt(np.square(tail).sum())), 1e-9)
    response = np.concatenate([[1.0], tail])
    size = len(pcm.samples) + len(response) - 1
    spectrum = np.fft.rfft(pcm.samples.astype(np.float64), size) * np.fft.rfft(response, size)
    return _with(pcm, np.fft.irfft(spectrum, size)[: len(pcm.samples)])


def band_limited(pcm: Pcm16, band_hz: tuple[float, float], _: Scene) -> Pcm16:
    """Only the frequencies between these two."""
    lowest_hz, highest_hz = band_hz
    spectrum = np.fft.rfft(pcm.samples.astype(np.float64))
    hz = np.fft.rfftfreq(len(pcm.samples), 1 / pcm.sample_rate_hz)
    spectrum[(hz < lowest_hz) | (hz > highest_hz)] = 0
    return _with(pcm, np.fft.irfft(spectrum, len(pcm.samples)))


def coded(pcm: Pcm16, codec: str, _: Scene) -> Pcm16:
    """What is left after a codec: a telephone's, a browser's, a phone's memo."""
    container, subtype = CODECS[codec]
    return read_audio(encoded(pcm, container, subtype), pcm.sample_rate_hz)


def _with(pcm: Pcm16, values: Samples) -> Pcm16:
    return to_samples(values, pcm.sample_rate_hz)
