"""How high a voice is."""

import numpy as np

RATE_HZ = 16_000
FRAME_SAMPLES = 640  # 40 ms: two periods of the lowest voice
HOP_SAMPLES = 160
LOWEST_HZ, HIGHEST_HZ = 70, 350
VOICED = 0.5  # of the energy repeats after one period
LOUD = 0.1  # of the loudest frame's energy
OCTAVE = 0.9  # a shorter period that repeats nearly as well is the true one


def median_pitch_hz(pcm: bytes) -> float | None:
    """The median pitch of 16 kHz PCM by autocorrelation; None when nothing is voiced."""
    samples = np.frombuffer(pcm, dtype="<i2").astype(np.float64)
    if len(samples) < FRAME_SAMPLES:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(samples, FRAME_SAMPLES)[::HOP_SAMPLES]
    frames = frames - frames.mean(axis=1, keepdims=True)
    spectra = np.fft.rfft(frames, 2 * FRAME_SAMPLES)
    repeats = np.fft.irfft(np.abs(spectra) ** 2)[:, :FRAME_SAMPLES]
    energy = repeats[:, 0]
    overlap = 1 - np.arange(FRAME_SAMPLES) / FRAME_SAMPLES
    lags = slice(RATE_HZ // HIGHEST_HZ, RATE_HZ // LOWEST_HZ)
    share = (repeats / overlap)[:, lags] / np.maximum(energy, 1.0)[:, None]
    best = share.max(axis=1)
    is_voiced = (best > VOICED) & (energy > LOUD * energy.max())
    if not is_voiced.any():
        return None
    first = (share >= OCTAVE * best[:, None]).argmax(axis=1)
    return float(RATE_HZ / (np.median(first[is_voiced]) + lags.start))
