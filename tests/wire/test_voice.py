"""The tutor's voice: hibari in its own process."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import aclosing
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agent.audio import TUTOR_RATE_HZ, Pcm16
from agent.errors import LiveError
from agent.local_live.voice.hibari_voice import (
    MAX_CHARS,
    MAX_FIRST_CHARS,
    MAX_PIECE_CHARS,
    HibariVoice,
    split_pieces,
)

pytestmark = pytest.mark.wire


@pytest.fixture
async def voice() -> AsyncIterator[HibariVoice]:
    """A voice with its process running."""
    async with HibariVoice() as voice:
        yield voice


async def said(voice: HibariVoice, text: str) -> list[Pcm16]:
    return [piece async for piece in voice.speak(text)]


async def test_it_speaks_audibly_at_the_tutors_rate(voice: HibariVoice) -> None:
    """Gemini Live answers at 24 kHz, and so does this engine."""
    (piece,) = await said(voice, "You said x squared plus one.")
    assert piece.sample_rate_hz == TUTOR_RATE_HZ
    assert 1.0 < piece.duration_sec < 4.0
    assert np.abs(piece.samples).max() > 3000
    assert np.abs(piece.samples[: TUTOR_RATE_HZ // 20]).max() > 300, "silence before the words"


async def test_each_sentence_comes_as_soon_as_it_is_ready(voice: HibariVoice) -> None:
    """The first sound must not wait for the last word."""
    pieces = await said(voice, "Good. What is the derivative of that? Think of the power rule.")
    assert len(pieces) == 3
    assert pieces[0].duration_sec < pieces[2].duration_sec


@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("You said the integral from zero to one of x squared d x.", "You said"),
        ("x squared plus two x equals zero and so on.", "x squared plus two x"),
        ("First, take the derivative of both sides of it.", "First,"),
        ("You said x squared plus one.", "You said x squared plus one."),  # short
        ("a plus b over c plus d over e plus f over g times h.", None),  # no place to breathe
    ],
)
def test_a_long_first_sentence_is_cut_where_a_speaker_may_breathe(
    sentence: str, first: str | None
) -> None:
    """Nobody waits for a whole formula, and no formula is torn where that changes it."""
    pieces = list(split_pieces(f"{sentence} {sentence}"))
    assert pieces[0] == (first or sentence)
    assert " ".join(pieces) == f"{sentence} {sentence}"
    assert first is None or len(first) <= MAX_FIRST_CHARS


@pytest.mark.parametrize("text", ["", "   ", "\n", "漢字", "{}"])
async def test_nothing_to_say_is_silent(voice: HibariVoice, text: str) -> None:
    """An empty answer is no error and makes no sound."""
    assert await said(voice, text) == []


async def test_whoever_stops_listening_stops_it(voice: HibariVoice) -> None:
    """An interrupted answer must not go on, nor keep others from being answered."""
    async with aclosing(voice.speak("First. " * 500)) as pieces:
        await anext(pieces)
    asking = asyncio.create_task(said(voice, "Second " * 300))
    await asyncio.sleep(0)
    asking.cancel()
    await asyncio.wait([asking])
    async with asyncio.timeout(5):
        assert len(await said(voice, "Third.")) == 1


async def test_two_answers_at_once_do_not_mix(voice: HibariVoice) -> None:
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


async def test_an_endless_answer_is_cut(voice: HibariVoice) -> None:
    """At the bound, not in the listener's patience."""
    sentence = "Two plus two is four. "
    n_pieces = sum([1 async for _ in voice.speak(sentence * MAX_CHARS)])
    assert n_pieces <= MAX_CHARS // len(sentence) + 1


@pytest.mark.parametrize(
    "text", ["<speak>hello</speak>", "[[h@l'oU]]", "naïve ½ π √2", "\0 null", "\ud800", "9" * 99]
)
async def test_any_characters_can_be_said(voice: HibariVoice, text: str) -> None:
    """The text comes from speech, or from a keyboard."""
    await said(voice, text)
    assert await said(voice, "Still here.")


async def test_a_crash_is_told_and_the_next_answer_is_spoken(voice: HibariVoice) -> None:
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


@pytest.fixture
def damaged_hibari(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes that start now find a hibari whose model was cut short."""
    installed = Path(str(import_module("hibari").__file__)).parent
    copied = shutil.copytree(installed, tmp_path / "hibari")
    model = copied / "assets" / "hibari.onnx"
    model.write_bytes(model.read_bytes()[:100_000])
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("damaged_hibari")
async def test_a_tutor_without_its_voice_still_writes_and_ends_its_turns(
    local_live: Any, open_talk: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """The formula and the words are worth having without their sound."""
    async with HibariVoice() as voice, open_talk(await local_live(voice=voice)) as talk:
        for _ in range(2):
            await talk.say()
            turn = await talk.turn()
            assert turn.latex == ["x^2+1"]
            assert turn.spoken == "You said x squared plus one. What is your next step?"
            assert turn.kinds[-2:] == ["generation_complete", "turn_complete"]
            assert not turn.audio
    assert "reinstall hibari-tts" in caplog.text
    assert "Traceback" not in caplog.text
