"""What one turn may bring: words, formulas, sound."""

import pytest
from google.genai import types

from agent.errors import LiveError
from agent.transcript import Formula
from agent.tutor.turn_bounds import (
    CUT,
    MAX_ANSWER_SEC,
    MAX_TURN_CHARS,
    MAX_TURN_FORMULAS,
    TurnBounds,
)


def heard(text: str) -> types.LiveServerContent:
    return types.LiveServerContent(input_transcription=types.Transcription(text=text))


def sound(data: bytes, mime_type: str = "audio/pcm;rate=24000") -> types.LiveServerContent:
    part = types.Part(inline_data=types.Blob(data=data, mime_type=mime_type))
    return types.LiveServerContent(model_turn=types.Content(parts=[part]))


def formula(latex: str) -> Formula:
    return Formula(latex, "model", "student")


def test_words_end_at_the_bound_with_a_mark() -> None:
    """Who reads them sees that there was more."""
    bounds, kept = TurnBounds(), ""
    for _ in range(MAX_TURN_CHARS // 5):
        content = heard("x plus ")
        bounds.take(content)
        assert content.input_transcription is not None
        kept += content.input_transcription.text or ""
    assert (len(kept), kept[-2:]) == (MAX_TURN_CHARS + 2, f" {CUT}")
    assert bounds.is_cut


def test_twice_the_words_are_no_turn_any_more() -> None:
    """The model would go on for as long as it is paid."""
    bounds = TurnBounds()
    bounds.take(heard("x" * 2 * MAX_TURN_CHARS))
    with pytest.raises(LiveError, match="ran away"):
        bounds.take(heard("x"))


def test_a_hundred_formulas_are_admitted_and_a_repeated_call_is_one() -> None:
    """The service repeats calls that it believes lost."""
    bounds = TurnBounds()
    for number in range(MAX_TURN_FORMULAS):
        bounds.admit(f"call-{number}", formula("x"))
    bounds.admit("call-0", formula("x"))
    assert not bounds.is_cut
    with pytest.raises(LiveError, match="at most 100 formulas"):
        bounds.admit("one more", formula("x"))
    assert bounds.is_cut


def test_long_formulas_count_by_their_length() -> None:
    """Each becomes markup a hundred times as long."""
    bounds = TurnBounds()
    for number in range(5):
        bounds.admit(f"call-{number}", formula("x" * 4_000))
    with pytest.raises(LiveError, match="20000 characters in all"):
        bounds.admit("one more", formula("x"))


@pytest.mark.parametrize("mime_type", ["audio/pcm;rate=48000", "audio/opus", "image/png", "x"])
def test_sound_of_another_kind_is_refused(mime_type: str) -> None:
    """Played as 24 kHz it would be noise, and its length a lie."""
    with pytest.raises(LiveError, match="another kind"):
        TurnBounds().take(sound(b"\0\0", mime_type))


def test_half_a_sample_is_left_out() -> None:
    """Everything after it would be noise."""
    content = sound(b"\1\2\3")
    TurnBounds().take(content)
    assert content.model_turn is not None
    (part,) = content.model_turn.parts or []
    assert part.inline_data is not None
    assert part.inline_data.data == b"\1\2"


def test_five_minutes_of_sound_are_the_longest_answer() -> None:
    """A minute is a long one."""
    bounds, minute = TurnBounds(), b"\0\0" * 24_000 * 60
    for _ in range(int(MAX_ANSWER_SEC / 60)):
        bounds.take(sound(minute))
    with pytest.raises(LiveError, match="ran away"):
        bounds.take(sound(b"\0\0"))
