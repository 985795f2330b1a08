"""Where somebody speaks."""

import pytest

from agent.local_live.ear.speech_spans import PAUSE_WINDOWS, Span, SpeechSpans

BREATH, PAUSE = [0.1] * (PAUSE_WINDOWS - 1), [0.1] * PAUSE_WINDOWS


def spans_of(probabilities: list[float]) -> list[tuple[int, int]]:
    speech = SpeechSpans()
    for probability in probabilities:
        speech.add(probability)
    return [(span.start, span.end) for span in speech.spans]


@pytest.mark.parametrize(
    ("probabilities", "spans"),
    [
        ([], []),
        ([0.49] * 50, []),
        ([0.1, 0.5, 0.9, 0.1], [(1, 3)]),
        ([0.9, 0.4, 0.4, 0.3], [(0, 3)]),  # doubt does not end speech,
        ([0.4, 0.4, 0.9], [(2, 3)]),  # nor does it begin it
        ([0.9, *BREATH, 0.9], [(0, PAUSE_WINDOWS + 1)]),
        ([0.9, *PAUSE, 0.9], [(0, 1), (PAUSE_WINDOWS + 1, PAUSE_WINDOWS + 2)]),
    ],
)
def test_pauses_part_stretches_of_speech(
    probabilities: list[float], spans: list[tuple[int, int]]
) -> None:
    """Words of one breath belong together."""
    assert spans_of(probabilities) == spans


def test_quiet_is_counted_from_the_last_speech() -> None:
    """A turn is likely over when it lasts."""
    speech = SpeechSpans()
    for probability in (0.1, 0.9, 0.2, 0.2):
        speech.add(probability)
    assert speech.quiet_windows == 2


def test_a_cut_leaves_what_was_before_it() -> None:
    """The rest begins another segment."""
    speech = SpeechSpans()
    for probability in [0.9, *PAUSE, 0.9, 0.9, 0.9]:
        speech.add(probability)
    at = PAUSE_WINDOWS + 2
    speech.cut(at)
    assert speech.spans == [Span(0, 1), Span(at - 1, at)]
    assert speech.quiet_windows == 0
