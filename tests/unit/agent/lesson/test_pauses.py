"""Where the student's voice is, and how much of a pause a held turn lets through."""

import numpy as np
import pytest

from agent.audio import STUDENT_RATE_HZ, Pcm16, silence
from agent.lesson.pauses import LEFT_SEC, PauseGate

FRAME_SEC = 0.02


def noise(rms: float, duration_sec: float = FRAME_SEC) -> Pcm16:
    samples = np.random.default_rng(1).normal(0, rms, int(duration_sec * STUDENT_RATE_HZ))
    return Pcm16(samples.astype(np.int16), STUDENT_RATE_HZ)


def passed_sec(gate: PauseGate, pcm: Pcm16, n_frames: int) -> float:
    return sum(gate.passes(pcm) for _ in range(n_frames)) * FRAME_SEC


@pytest.mark.parametrize(("held", "expected_sec"), [(False, 3.0), (True, LEFT_SEC)])
def test_pauses_of_a_held_turn_are_shortened(held: bool, expected_sec: float) -> None:
    """The service counts silence in audio: what it does not get cannot end the turn."""
    gate = PauseGate(held=held)
    gate.passes(noise(3_000))
    assert passed_sec(gate, silence(FRAME_SEC, STUDENT_RATE_HZ), 150) == pytest.approx(expected_sec)


def test_each_pause_keeps_a_little() -> None:
    """Words must not run into each other."""
    gate = PauseGate(held=True)
    quiet = silence(FRAME_SEC, STUDENT_RATE_HZ)
    for _ in range(3):
        assert gate.passes(noise(3_000))
        assert passed_sec(gate, quiet, 50) == pytest.approx(LEFT_SEC)


@pytest.mark.parametrize("room_rms", [0, 5, 50, 200, 1_000])
def test_voice_passes_and_the_room_does_not(room_rms: float) -> None:
    """From a studio to a classroom: the gate learns the noise within seconds."""
    gate = PauseGate(held=True)
    passed_sec(gate, noise(room_rms), 400)
    assert not gate.passes(noise(room_rms))
    assert gate.passes(noise(5 * room_rms + 300))


def test_a_room_that_becomes_noisy_is_learnt() -> None:
    """A fan that starts must not hold the turn open for ever."""
    gate = PauseGate(held=True)
    passed_sec(gate, noise(20), 100)
    assert gate.passes(noise(400))
    passed_sec(gate, noise(400), 1_000)
    assert not gate.passes(noise(400))


def test_a_muted_microphone_teaches_nothing() -> None:
    """It gives digital silence; the room behind it is as loud as before."""
    gate = PauseGate(held=True)
    passed_sec(gate, silence(FRAME_SEC, STUDENT_RATE_HZ), 500)
    assert passed_sec(gate, noise(200), 250) < 3.0


def test_speech_of_several_seconds_is_not_learnt_as_noise() -> None:
    """Between words it falls back to the room's noise, which is what counts."""
    gate = PauseGate(held=True)
    for _ in range(40):
        assert passed_sec(gate, noise(2_000), 20) == pytest.approx(0.4)
        passed_sec(gate, noise(20), 3)


@pytest.mark.parametrize(("rms", "is_voice"), [(3_000, True), (20, False), (0, False)])
def test_only_voice_dates_the_turn(rms: float, is_voice: bool) -> None:
    """Latency is counted from when the voice was last heard."""
    gate = PauseGate()
    gate.passes(noise(rms))
    assert (gate.voice_at_sec is not None) == is_voice


def test_no_samples_are_silence() -> None:
    """An empty frame has no loudness, and no division by its length."""
    assert PauseGate().passes(silence(0, STUDENT_RATE_HZ))
