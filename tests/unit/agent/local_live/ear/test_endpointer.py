"""Where turns begin and end."""

import numpy as np
import pytest

from agent.audio import STUDENT_RATE_HZ
from agent.local_live.ear.endpointer import MAX_UTTERANCE_SEC, TurnDetector, TurnEvent

BYTES_PER_SEC = 2 * STUDENT_RATE_HZ


def buzz(duration_sec: float) -> bytes:
    seconds = np.arange(int(STUDENT_RATE_HZ * duration_sec)) / STUDENT_RATE_HZ
    return (8000 * (2 * ((seconds * 120) % 1) - 1)).astype("<i2").tobytes()


def hush(duration_sec: float) -> bytes:
    return bytes(2 * int(STUDENT_RATE_HZ * duration_sec))


def hiss(duration_sec: float, level: float) -> bytes:
    noise = np.random.default_rng(3).normal(0, level, int(STUDENT_RATE_HZ * duration_sec))
    return noise.astype("<i2").tobytes()


def utterances(events: list[TurnEvent | bytes]) -> list[bytes]:
    """The audio of each finished utterance."""
    found, current = [], b""
    for event in events:
        if event is TurnEvent.STARTED:
            current = b""
        elif event is TurnEvent.ENDED:
            found.append(current)
        else:
            assert isinstance(event, bytes)
            current += event
    return found


@pytest.mark.parametrize(
    ("audio", "silence_ms", "n_utterances"),
    [
        (buzz(1) + hush(1), 700, 1),
        (buzz(1) + hush(0.5) + buzz(1) + hush(1), 700, 1),
        (buzz(1) + hush(1) + buzz(1) + hush(1), 700, 2),
        (buzz(1) + hush(0.7) + buzz(1) + hush(1), 500, 2),
        (buzz(1) + hush(0.3) + buzz(1) + hush(1), 500, 1),
        (buzz(1) + hush(1.2) + buzz(1) + hush(3), 1500, 1),
        (buzz(0.3) + hush(1), 700, 1),  # "pi"
        (buzz(1) + hush(0.3), 700, 0),  # not ended yet
        (hush(5), 700, 0),
        (hiss(5, 10), 700, 0),  # the hiss of an open microphone
        (hiss(5, 100), 700, 0),
        (hush(1) + buzz(0.03) + hush(2), 700, 0),  # a click
        (b"", 700, 0),
    ],
)
def test_a_pause_of_the_window_ends_an_utterance(
    audio: bytes, silence_ms: int, n_utterances: int
) -> None:
    """Shorter pauses are thinking, sounds shorter than a syllable are none."""
    assert len(utterances(TurnDetector(silence_ms).take(audio))) == n_utterances


@pytest.mark.parametrize("n_bytes", [2, 320, 1_600, 3_200, 100_000])
def test_the_messages_audio_comes_in_do_not_matter(n_bytes: int) -> None:
    """Nor does the pace: time is counted in samples."""
    audio = hush(0.5) + buzz(0.8) + hush(1) + buzz(0.5) + hush(1)
    detector = TurnDetector()
    events = [
        event
        for at in range(0, len(audio), n_bytes)
        for event in detector.take(audio[at:][:n_bytes])
    ]
    assert utterances(events) == utterances(TurnDetector().take(audio))


def test_an_utterance_holds_the_sound_from_before_it_was_noticed() -> None:
    """The first consonant is over when the detector is sure."""
    (utterance,) = utterances(TurnDetector().take(hush(1) + buzz(1) + hush(1)))
    n_before = len(utterance) - len(utterance.lstrip(b"\0"))
    assert 0 < n_before <= 0.2 * BYTES_PER_SEC
    assert buzz(1)[:-1_000] in utterance


def test_the_end_is_found_soon_after_the_window() -> None:
    """Window and a tenth of a second, as measured for the same voice detector."""
    detector = TurnDetector(silence_ms=700)
    detector.take(buzz(1))
    assert TurnEvent.ENDED not in detector.take(hush(0.6))
    assert TurnEvent.ENDED in detector.take(hush(0.4))


def test_a_start_is_found_within_a_fifth_of_a_second() -> None:
    """A barge-in must silence the tutor in 300 ms."""
    detector = TurnDetector()
    detector.take(hush(1))
    assert TurnEvent.STARTED in detector.take(buzz(0.2))


def test_turning_the_microphone_off_ends_the_utterance_with_all_its_sound() -> None:
    """No sample is lost that was taken after the start."""
    detector = TurnDetector()
    events = [*detector.take(buzz(1)), *detector.end()]
    assert utterances(events) == [buzz(1)]
    assert detector.end() == []


def test_endless_noise_is_cut_into_utterances() -> None:
    """Three minutes is what a session keeps; a running vacuum cleaner must not stop a lesson."""
    events = TurnDetector().take(buzz(MAX_UTTERANCE_SEC + 2))
    (utterance,) = utterances(events)
    assert len(utterance) == pytest.approx(MAX_UTTERANCE_SEC * BYTES_PER_SEC, rel=0.01)
    assert events.count(TurnEvent.STARTED) == 2
