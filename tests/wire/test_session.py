"""A whole lesson through LiveKit's real client against Local Live: words, formulas, turns."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from agent.lesson.turns import CUT
from agent.local_live.canned import SilentVoice
from agent.transcript import Transcript
from tests.wire.conftest import StartLocalLive
from tests.wire.session_harness import finished, state, talk_to

pytestmark = pytest.mark.wire

Pcm = Callable[[float], bytes]
WORDS = "x squared plus one"
AMBIGUOUS = "x squared plus one over two"
LONG_ANSWER_SEC = 60.0


@pytest.mark.parametrize("faults", [(), ("late_transcription",), ("tool_call_twice",)])
async def test_words_formula_and_answer_arrive_in_whatever_order(
    local_live: StartLocalLive, speech: Pcm, faults: tuple[str, ...]
) -> None:
    """A transcription after the tool call would lose the formula in LiveKit's own handling,
    and a call that is repeated must not become a second formula."""
    async with talk_to(await local_live(WORDS, faults=faults)) as talk:
        await talk.say(speech(2))
        await talk.until(finished("tutor"))
    (student,), (tutor,) = talk.transcripts("student"), talk.transcripts("tutor")
    assert (student.text, student.is_final) == (WORDS, True)
    assert [(f.latex, f.source) for f in student.formulas] == [("x^2+1", "model")]
    assert tutor.text.startswith("You said x squared plus one.")


@pytest.mark.parametrize("faults", [(), ("late_transcription",)])
async def test_each_speakers_formula_goes_to_their_own_segment(
    local_live: StartLocalLive, speech: Pcm, faults: tuple[str, ...]
) -> None:
    """The tutor shows the other reading: it must not look as if the student had said it."""
    async with talk_to(await local_live(AMBIGUOUS, faults=faults)) as talk:
        await talk.say(speech(2))
        await talk.until(finished("tutor"))
    (student,), (tutor,) = talk.transcripts("student"), talk.transcripts("tutor")
    assert [(f.latex, f.speaker) for f in student.formulas] == [(r"x^2+\frac{1}{2}", "student")]
    assert [(f.latex, f.speaker) for f in tutor.formulas] == [(r"\frac{x^2+1}{2}", "tutor")]


async def test_words_and_a_provisional_formula_appear_while_they_are_spoken(
    local_live: StartLocalLive, speech: Pcm
) -> None:
    """Whoever speaks for half a minute wants to see at once that they are heard."""
    async with talk_to(await local_live("x squared plus one is what I have here")) as talk:
        await asyncio.gather(talk.say(speech(4)), talk.until(finished("student")))
    interim = [e for e in talk.events if isinstance(e, Transcript) and not e.is_final]
    assert len(interim) >= 3
    assert all(now.text.startswith(before.text) for before, now in pairwise(interim))
    assert {f.source for e in interim for f in e.formulas} == {"spoken"}
    assert {f.source for f in talk.transcripts("student")[0].formulas} == {"model"}


async def test_prose_has_no_formula(local_live: StartLocalLive, speech: Pcm) -> None:
    """A lesson is mostly talk."""
    async with talk_to(await local_live("where do I begin with this one")) as talk:
        await talk.say(speech(2))
        await talk.until(finished("tutor"))
    assert [t.formulas for t in talk.transcripts("student")] == [()]


async def test_one_turn_gets_one_spoken_reply(local_live: StartLocalLive, speech: Pcm) -> None:
    """A tool answer that is not SILENT makes the service speak again, before the next turn."""
    async with talk_to(await local_live([WORDS, "y cubed"])) as talk:
        for _ in range(2):
            await talk.say(speech(2))
            await talk.until(finished("tutor"), state("listening"))
    assert [t.text for t in talk.transcripts("student")] == [WORDS, "y cubed"]
    assert [t.text.split(".")[0] for t in talk.transcripts("tutor")] == [
        "You said x squared plus one",
        "You said y cubed",
    ]
    assert talk.states.count("speaking") == 2


async def test_a_barge_in_silences_the_tutor_and_cuts_its_words(
    local_live: StartLocalLive, speech: Pcm
) -> None:
    """What the student never heard must not stand there as if it had been said."""
    endpoint = await local_live(["x squared", "y cubed"], voice=SilentVoice(LONG_ANSWER_SEC))
    async with talk_to(endpoint) as talk:
        await talk.say(speech(2))
        await talk.until(state("speaking"), finished("tutor"))
        await talk.say(speech(1))
        await talk.until(state("listening"))
        assert talk.n_dropped == 1
        await talk.until(finished("student"), state("speaking"))
    first, *_ = talk.transcripts("tutor")
    assert first.text.endswith(CUT)
    assert "You said x squared. What is your next step?".startswith(first.text[: -len(CUT)])
    assert [t.text for t in talk.transcripts("student")] == ["x squared", "y cubed"]


async def test_a_typed_question_is_answered_with_its_formula(local_live: StartLocalLive) -> None:
    """Some have no microphone, or sit in a library."""
    async with talk_to(await local_live("")) as talk:
        await talk.session.say("what about x squared")
        await talk.until(finished("tutor"))
    (student,), (tutor,) = talk.transcripts("student"), talk.transcripts("tutor")
    assert (student.text, student.is_final) == ("what about x squared", True)
    assert [(f.latex, f.source) for f in student.formulas] == [("x^2", "model")]
    assert tutor.text


async def test_typing_silences_the_tutor(local_live: StartLocalLive, speech: Pcm) -> None:
    """Like a word thrown in."""
    endpoint = await local_live(WORDS, voice=SilentVoice(LONG_ANSWER_SEC))
    async with talk_to(endpoint) as talk:
        await talk.say(speech(2))
        await talk.until(state("speaking"), finished("tutor"))
        await talk.session.say("y cubed")
        await talk.until(state("listening"), state("speaking"), finished("tutor"))
    first, second = talk.transcripts("tutor")
    assert first.text.endswith(CUT)
    assert second.text.startswith("You said y cubed.")


@pytest.mark.parametrize(("is_held", "n_turns"), [(True, 1), (False, 2)])
async def test_a_pause_ends_a_turn_unless_it_is_held(
    local_live: StartLocalLive, speech: Pcm, quiet: Pcm, is_held: bool, n_turns: int
) -> None:
    """Holding the space bar is for thinking aloud, with pauses of any length."""
    async with talk_to(await local_live(WORDS)) as talk:
        if is_held:
            talk.session.student.hold()
        await talk.say(speech(1) + quiet(3) + speech(1))
        talk.session.student.release()
        for _ in range(n_turns):
            await talk.until(finished("tutor"))
        await talk.session.say("the end")
        await talk.until(finished("tutor"))
    assert len(talk.transcripts("student")) == n_turns + 1


async def test_a_turn_ends_also_when_the_sound_stops(
    local_live: StartLocalLive, speech: Pcm
) -> None:
    """An unplugged microphone sends nothing, and without sound no pause passes."""
    async with talk_to(await local_live(WORDS)) as talk:
        await talk.say(speech(2))
        talk.is_sending = False
        await talk.until(finished("tutor"))
    assert [t.text for t in talk.transcripts("student")] == [WORDS]


@pytest.mark.parametrize(("pause_ms", "n_turns"), [(3_000, 1), (300, 2)])
async def test_patience_may_change_during_a_lesson(
    local_live: StartLocalLive, speech: Pcm, quiet: Pcm, pause_ms: int, n_turns: int
) -> None:
    """A student who thinks long must not have to begin again to be let finish."""
    async with talk_to(await local_live(WORDS), pause_ms=1_000) as talk:
        await talk.until(state("listening"))
        talk.session.be_patient(pause_ms)
        await talk.until(state("reconnecting"), state("listening"))
        await talk.say(speech(1) + quiet(0.7) + speech(1) + quiet(3.2))
        for _ in range(n_turns):
            await talk.until(finished("tutor"))
        await talk.session.say("the end")
        await talk.until(finished("tutor"))
    assert len(talk.transcripts("student")) == n_turns + 1


async def test_neither_speech_nor_key_is_ever_logged(
    local_live: StartLocalLive, speech: Pcm, caplog: pytest.LogCaptureFixture
) -> None:
    """A log outlives the lesson and is read by others; nor is the key."""
    caplog.set_level("DEBUG")
    endpoint = replace(await local_live("my secret is x squared"), api_key="secret-key")
    async with talk_to(endpoint) as talk:
        await talk.say(speech(2))
        await talk.until(finished("tutor"))
        await talk.session.say("my secret is y")
        await talk.until(finished("tutor"))
    assert "livekit" in {record.name.split(".")[0] for record in caplog.records}
    assert "secret" not in caplog.text
