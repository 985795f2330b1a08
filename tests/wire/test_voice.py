"""The tutor's voice: espeak-ng in its own process."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing

import numpy as np
import pytest

from agent.audio import TUTOR_RATE_HZ, Pcm16
from agent.errors import LiveError
from agent.local_live.voice.espeak_voice import (
    MAX_CHARS,
    MAX_PIECE_CHARS,
    EspeakVoice,
    split_pieces,
)

pytestmark = pytest.mark.wire


@pytest.fixture
async def voice() -> AsyncIterator[EspeakVoice]:
    """A voice with its process running."""
    async with EspeakVoice() as voice:
        yield voice


async def said(voice: EspeakVoice, text: str) -> list[Pcm16]:
    return [piece async for piece in voice.speak(text)]


async def test_it_speaks_audibly_at_the_tutors_rate(voice: EspeakVoice) -> None:
    """Gemini Live answers at 24 kHz, and so does this engine."""
    (piece,) = await said(voice, "You said x squared plus one.")
    assert piece.sample_rate_hz == TUTOR_RATE_HZ
    assert 1.0 < piece.duration_sec < 4.0
    assert np.abs(piece.samples).max() > 3000


async def test_each_sentence_comes_as_soon_as_it_is_ready(voice: EspeakVoice) -> None:
    """The first sound must not wait for the last word."""
    pieces = await said(voice, "Good. What is the derivative of that? Think of the power rule.")
    assert len(pieces) == 3
    assert pieces[0].duration_sec < pieces[2].duration_sec


@pytest.mark.parametrize("text", ["", "   ", "\n"])
async def test_nothing_to_say_is_silent(voice: EspeakVoice, text: str) -> None:
    """An empty answer is no error and makes no sound."""
    assert await said(voice, text) == []


async def test_whoever_stops_listening_stops_it(voice: EspeakVoice) -> None:
    """An interrupted answer must not go on, nor keep others from being answered."""
    async with aclosing(voice.speak("First. " * 500)) as pieces:
        await anext(pieces)
    asking = asyncio.create_task(said(voice, "Second " * 300))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    async with asyncio.timeout(5):
        assert len(await said(voice, "Third.")) == 1


async def test_two_answers_at_once_do_not_mix(voice: EspeakVoice) -> None:
    """Several lessons share the process."""
    texts = ["Two plus two.", "The integral from zero to pi of sine x. Is that right?"]
    alone = [await said(voice, text) for text in texts]
    together = await asyncio.gather(*(said(voice, text) for text in texts))
    for one, other in zip(alone, together, strict=True):
        assert durations(one) == pytest.approx(durations(other), rel=0.02)


def durations(pieces: list[Pcm16]) -> list[float]:
    return [piece.duration_sec for piece in pieces]  # which vary by a hundredth


@pytest.mark.parametrize("text", ["word " * 3000, "x" * 9000, "a. " * 5000])
def test_a_text_of_any_length_is_spoken_in_bounded_pieces(text: str) -> None:
    """What a client typed is read back; it must not buy minutes of work at once."""
    pieces = list(split_pieces(text))
    assert max(map(len, pieces)) <= MAX_PIECE_CHARS
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")


async def test_an_endless_answer_is_cut(voice: EspeakVoice) -> None:
    """At the bound, not in the listener's patience."""
    n_pieces = sum([1 async for _ in voice.speak("x. " * (3 * MAX_CHARS))])
    assert n_pieces <= MAX_CHARS // 3 + 1


@pytest.mark.parametrize(
    "text", ["<speak>hello</speak>", "[[h@l'oU]]", "naïve ½ π √2", "\0 null", "\ud800"]
)
async def test_any_characters_can_be_said(voice: EspeakVoice, text: str) -> None:
    """The text comes from speech, or from a keyboard."""
    await said(voice, text)
    assert await said(voice, "Still here.")


async def test_a_crash_is_told_and_the_next_answer_is_spoken(voice: EspeakVoice) -> None:
    """A failure is never a silent answer."""
    pid = voice.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)  # so that it certainly dies with a request under way
    asking = asyncio.create_task(said(voice, "Hello."))
    await asyncio.sleep(0)
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(LiveError, match="died"):
        await asking
    assert await said(voice, "Hello again.")
