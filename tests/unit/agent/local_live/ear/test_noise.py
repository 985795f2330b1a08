"""Noise behind a voice."""

import math

import numpy as np
import pytest

from agent.audio import STUDENT_RATE_HZ
from agent.local_live.ear.noise import FRAME_BYTES, NoiseSuppressor, noise_level_dbfs

FULL_SCALE = 32768


def hiss(level_dbfs: float, duration_sec: float = 2.0) -> bytes:
    """White noise of that power."""
    sigma = FULL_SCALE * 10 ** (level_dbfs / 20)
    n_samples = round(duration_sec * STUDENT_RATE_HZ)
    return np.random.default_rng(3).normal(0, sigma, n_samples).astype("<i2").tobytes()


def power_dbfs(pcm: bytes) -> float:
    samples = np.frombuffer(pcm, "<i2").astype(np.float64)
    return 10 * math.log10(np.square(samples).mean() / FULL_SCALE**2)


@pytest.mark.parametrize("level_dbfs", [-60.0, -40.0])
def test_the_level_is_that_of_the_quiet_moments(level_dbfs: float) -> None:
    """A loud word does not make a quiet room noisy."""
    word = hiss(-15, 0.5)
    assert noise_level_dbfs(hiss(level_dbfs) + word) == pytest.approx(level_dbfs, abs=1.5)


@pytest.mark.parametrize("pcm", [b"", b"\0\0", bytes(FRAME_BYTES * 5)])
def test_digital_silence_has_no_noise(pcm: bytes) -> None:
    """Many microphones give zeros while they open."""
    assert noise_level_dbfs(pcm) == -math.inf


def test_steady_noise_is_taken_out() -> None:
    """Once the suppressor knows it."""
    suppressor = NoiseSuppressor()
    suppressor.feed(hiss(-40))
    assert power_dbfs(suppressor.feed(hiss(-40))) < -50


@pytest.mark.parametrize("n_bytes", [2, 222, FRAME_BYTES, 6400])
def test_the_pieces_sound_comes_in_do_not_matter(n_bytes: int) -> None:
    """Nothing is lost but what has not filled a frame."""
    pcm = hiss(-40, 0.3)
    pieces = (pcm[at : at + n_bytes] for at in range(0, len(pcm), n_bytes))
    suppressor = NoiseSuppressor()
    assert b"".join(map(suppressor.feed, pieces)) == NoiseSuppressor().feed(pcm)
