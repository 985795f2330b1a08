"""A lesson in a real room: what a student says, writes, hears and reads."""

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from agent.lesson.turns import CUT
from agent.service.dev_server import DevServer
from tests.room.harness import TUTOR, Hum, finished, lesson, pcm, student_in
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

Pcm = Callable[[float], bytes]
WORDS = "x squared plus one"
LONG_ANSWER_SEC = 60.0


@pytest.mark.parametrize("faults", [(), ("late_transcription",)])
async def test_the_student_reads_their_words_and_formula(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, faults: tuple[str, ...]
) -> None:
    """The transcript may follow the tool call: the tool must run all the same."""
    endpoint = await local_live(WORDS, faults=faults)
    async with (
        lesson(dev_server.address, endpoint) as taught,
        student_in(dev_server.address) as anna,
    ):
        await anna.until_tutor("listening")
        await anna.student.say(pcm(speech(2)))
        await anna.until(finished("student"), finished("tutor"))
    (student,), (tutor,) = anna.newest("student"), anna.newest("tutor")
    assert (student.text, student.is_final) == (WORDS, True)
    assert [(f.latex, f.source, f.speaker) for f in student.formulas] == [
        ("x^2+1", "model", "student")
    ]
    assert tutor.text.startswith("You said x squared plus one.")
    assert json.loads(await anna.student.formulas.get()) == ["x^2+1"]
    assert ("anna", student.text) in [(who, kept.text) for who, kept in taught.finals]


async def test_words_and_a_provisional_formula_appear_while_they_are_spoken(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """Clients replace by segment: interim texts grow, and one final closes them."""
    endpoint = await local_live("x squared plus one is what I have here")
    async with lesson(dev_server.address, endpoint), student_in(dev_server.address) as anna:
        await anna.until_tutor("listening")
        await anna.student.say(pcm(speech(4)))
        await anna.until(finished("student"))
    interim = [each for each in anna.transcripts if not each.is_final]
    assert len(interim) >= 3
    assert all(now.text.startswith(before.text) for before, now in pairwise(interim))
    assert len({each.segment_id for each in anna.transcripts}) == 1


async def test_the_tutors_words_come_with_its_voice(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """The service sends them seconds ahead."""
    endpoint = await local_live(WORDS, voice=Hum(3))
    async with lesson(dev_server.address, endpoint), student_in(dev_server.address) as anna:
        await anna.until_tutor("listening")
        await anna.student.say(pcm(speech(2)))
        await anna.until_tutor("speaking")
        await anna.until(finished("tutor"))
    said = [each.text for each in anna.transcripts if each.speaker == "tutor"]
    assert len(said) >= 5
    assert all(now.startswith(before) for before, now in pairwise(said))
    assert anna.student.tutor_voice.voice_at_sec is not None


async def test_a_barge_in_silences_the_tutor_and_cuts_its_words(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """What the student never heard must not stand there as if it had been said."""
    endpoint = await local_live(["x squared", "y cubed"], voice=Hum(LONG_ANSWER_SEC))
    async with lesson(dev_server.address, endpoint), student_in(dev_server.address) as anna:
        await anna.until_tutor("listening")
        await anna.student.say(pcm(speech(2)))
        await anna.until_tutor("speaking")
        await anna.student.say(pcm(speech(1)))
        await anna.until(finished("tutor"), finished("student"))
    first, *_ = anna.newest("tutor")
    assert first.text.endswith(CUT)
    words = [t.text for t in anna.newest("student")]
    assert words[:2] == ["x squared", "y cubed"]
    assert set(words[2:]) <= {
        "y cubed"
    }  # sound that a busy machine holds up makes turns of its own


async def test_a_typed_question_is_shown_and_answered(
    dev_server: DevServer, local_live: StartLocalLive
) -> None:
    """Some have no microphone, or sit in a library."""
    endpoint = await local_live("")
    async with lesson(dev_server.address, endpoint), student_in(dev_server.address) as anna:
        await anna.until_tutor("listening")
        await anna.student.write("what about x squared")
        await anna.until(finished("tutor"))
    (student,), (tutor,) = anna.newest("student"), anna.newest("tutor")
    assert (student.text, student.is_final) == ("what about x squared", True)
    assert [f.latex for f in student.formulas] == ["x^2"]
    assert tutor.text


async def test_a_question_of_book_length_is_refused_in_a_sentence(
    dev_server: DevServer, local_live: StartLocalLive
) -> None:
    """A pasted chapter would fill the model's context."""
    endpoint = await local_live("")
    async with lesson(dev_server.address, endpoint), student_in(dev_server.address) as anna:
        await anna.until_tutor("listening")
        await anna.student.write("x" * 100_000)
        assert "2000 characters" in await anna.notice()


async def test_the_tutors_state_follows_the_lesson(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """LiveKit's own components show it."""
    endpoint = await local_live(WORDS, voice=Hum(1))
    async with lesson(dev_server.address, endpoint), student_in(dev_server.address) as anna:
        await anna.until_tutor("listening")
        await anna.student.say(pcm(speech(2)))
        await anna.until_tutor("speaking", "listening")


async def test_the_problem_shapes_the_reading_of_what_is_said(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """In a lesson about f of x, "f of x" is a function and no product."""
    tutor = replace(TUTOR, problem="Find the minimum of $f(x) = x^2$.")
    endpoint = await local_live("so f of x is what I need")
    async with (
        lesson(dev_server.address, endpoint, tutor=tutor),
        student_in(dev_server.address) as anna,
    ):
        await anna.until_tutor("listening")
        await anna.student.say(pcm(speech(4)))
        await anna.until(finished("student"))
    spoken = [f.latex for t in anna.transcripts for f in t.formulas if f.source == "spoken"]
    assert "f(x)" in spoken
