"""The sound of a turn: bounded, and without the quiet around it."""

import numpy as np
import pytest

from agent.audio import STUDENT_RATE_HZ, Int16Samples
from agent.lesson.recording import Recording


def quiet(duration_sec: float) -> Int16Samples:
    return np.zeros(round(duration_sec * STUDENT_RATE_HZ), dtype=np.int16)


def loud(duration_sec: float) -> Int16Samples:
    return np.full(round(duration_sec * STUDENT_RATE_HZ), 5_000, dtype=np.int16)


def test_a_cut_gives_what_was_said_since_the_last_one() -> None:
    """Two turns must not share a recording."""
    recording = Recording()
    for sound in (quiet(2), loud(1), quiet(2)):
        recording.add(sound)
    first = recording.cut()
    recording.add(loud(0.5))
    second = recording.cut()
    assert first is not None
    assert first.duration_sec == pytest.approx(1.6)
    assert second is not None
    assert second.duration_sec == pytest.approx(0.5)


def test_quiet_alone_is_no_recording() -> None:
    """A typed question has no sound to keep."""
    recording = Recording()
    assert recording.cut() is None
    recording.add(quiet(3))
    assert recording.cut() is None


def test_an_endless_turn_keeps_its_last_minute() -> None:
    """Memory is bounded however long somebody talks."""
    recording = Recording()
    for _ in range(90):
        recording.add(loud(1))
    kept = recording.cut()
    assert kept is not None
    assert 59 <= kept.duration_sec <= 61
