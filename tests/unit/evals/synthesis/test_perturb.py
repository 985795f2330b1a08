"""Recordings made worse in a known way."""

from pathlib import Path

import numpy as np
import pytest

from agent.audio import STUDENT_RATE_HZ, Pcm16, silence, write_wav
from agent.errors import DatasetError
from evals.synthesis.perturb import CODECS, Perturbation, perturb


def tone(hz: float, duration_sec: float = 1.0, level: int = 5000) -> Pcm16:
    seconds = np.arange(round(duration_sec * STUDENT_RATE_HZ)) / STUDENT_RATE_HZ
    return Pcm16((level * np.sin(2 * np.pi * hz * seconds)).astype(np.int16), STUDENT_RATE_HZ)


def power(pcm: Pcm16) -> float:
    return float(np.mean(np.square(pcm.samples.astype(np.float64))))


CLEAN = tone(440)
OTHERS = [tone(200), tone(300), tone(700)]


@pytest.mark.parametrize("noise", ["white", "babble"])
@pytest.mark.parametrize("snr_db", [0.0, 10.0, 20.0])
def test_noise_lies_as_far_below_the_speech_as_asked(noise: str, snr_db: float) -> None:
    """A ratio that is off by 3 dB makes two robustness curves of one."""
    noisy = perturb(CLEAN, Perturbation(noise=noise, snr_db=snr_db), OTHERS, 0)
    added = noisy.samples.astype(np.float64) - CLEAN.samples
    assert 10 * np.log10(power(CLEAN) / np.mean(np.square(added))) == pytest.approx(snr_db, abs=0.2)


def test_the_same_seed_gives_the_same_noise_and_each_recording_its_own() -> None:
    """A run is repeated next month, and one noise on all clips would be learned by heart."""
    how = Perturbation(noise="white", seed=3)
    once, again = (perturb(CLEAN, how, [], 4).samples for _ in range(2))
    assert np.array_equal(once, again)
    assert not np.array_equal(once, perturb(CLEAN, how, [], 5).samples)
    assert not np.array_equal(once, perturb(CLEAN, Perturbation(noise="white"), [], 4).samples)


def test_a_recorded_noise_is_used_and_a_silent_one_refused(tmp_path: Path) -> None:
    """Silence scaled to 20 dB is a division by nothing."""
    write_wav(tmp_path / "hum.wav", tone(50, 0.3))
    noisy = perturb(CLEAN, Perturbation(noise=str(tmp_path / "hum.wav"), snr_db=6), [], 0)
    assert power(noisy) == pytest.approx(power(CLEAN) * (1 + 10**-0.6), rel=0.05)
    write_wav(tmp_path / "silent.wav", silence(1.0, STUDENT_RATE_HZ))
    with pytest.raises(DatasetError, match="silent"):
        perturb(CLEAN, Perturbation(noise=str(tmp_path / "silent.wav")), [], 0)


def test_silence_with_noise_stays_silent() -> None:
    """There is no level to compare with."""
    quiet = silence(0.5, STUDENT_RATE_HZ)
    assert not perturb(quiet, Perturbation(noise="white"), [], 0).samples.any()


def test_babble_needs_others() -> None:
    """A dataset of one recording has no crowd."""
    with pytest.raises(DatasetError, match="other recordings"):
        perturb(CLEAN, Perturbation(noise="babble"), [], 0)


def test_gain_clipping_and_speed_do_what_they_say() -> None:
    """In dB, in shares of the peak, in time."""
    assert power(perturb(CLEAN, Perturbation(gain_db=-20), [], 0)) == pytest.approx(
        power(CLEAN) / 100, rel=0.01
    )
    clipped = perturb(CLEAN, Perturbation(clip=0.5), [], 0)
    assert abs(int(clipped.samples.max()) - 2500) <= 1
    faster = perturb(CLEAN, Perturbation(speed=1.25), [], 0)
    assert faster.duration_sec == pytest.approx(0.8, abs=0.001)


def test_a_band_lets_through_only_what_lies_in_it() -> None:
    """As a telephone does."""
    how = Perturbation(band_hz=(300, 3400))
    assert power(perturb(tone(1000), how, [], 0)) == pytest.approx(power(tone(1000)), rel=0.01)
    assert power(perturb(tone(100), how, [], 0)) < 0.01 * power(tone(100))


def test_a_pause_falls_between_two_words() -> None:
    """Where the sound is quietest, not through a vowel."""
    gap = silence(0.1, STUDENT_RATE_HZ).samples
    words = Pcm16(np.concatenate([tone(200, 0.5).samples, gap, tone(300, 0.5).samples]), 16_000)
    longer = perturb(words, Perturbation(pause_sec=0.6), [], 0)
    assert longer.duration_sec == pytest.approx(words.duration_sec + 0.6)
    assert np.array_equal(longer.samples[:8000], words.samples[:8000])
    assert np.array_equal(longer.samples[-8000:], words.samples[-8000:])


def test_a_room_rings_on_and_keeps_the_length() -> None:
    """The tail lies under the next words."""
    click = Pcm16(np.concatenate([[20_000], np.zeros(15_999)]).astype(np.int16), 16_000)
    ringing = perturb(click, Perturbation(reverb_sec=0.4), [], 0)
    assert len(ringing.samples) == len(click.samples)
    assert np.abs(ringing.samples[1:3200]).max() > 10 * np.abs(ringing.samples[8000:]).max()


@pytest.mark.parametrize("codec", CODECS)
def test_a_codec_keeps_the_sound_and_changes_the_samples(codec: str) -> None:
    """What a browser or a telephone leaves of it."""
    coded = perturb(CLEAN, Perturbation(codec=codec), [], 0)
    assert coded.sample_rate_hz == CLEAN.sample_rate_hz
    assert coded.duration_sec == pytest.approx(CLEAN.duration_sec, abs=0.1)
    assert power(coded) == pytest.approx(power(CLEAN), rel=0.2)
    assert not np.array_equal(coded.samples, CLEAN.samples)


@pytest.mark.parametrize("wrong", [{"speed": 0.0}, {"clip": 0.0}, {"clip": 2.0}, {"codec": "gsm"}])
def test_what_can_not_be_done_is_refused(wrong: dict[str, object]) -> None:
    """Before the first recording is written."""
    with pytest.raises(DatasetError, match="expected"):
        Perturbation(**wrong)  # type: ignore[arg-type]
