"""A whole lesson through LiveKit's real client against Local Live."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from agent.audio import STUDENT_RATE_HZ, Pcm16, read_audio, silence
from agent.errors import LiveError
from agent.live import LiveEndpoint
from agent.prompt import find_prompt
from agent.session import SessionEvent, StateChange, TutorSession
from agent.transcript import Transcript
from agent.tutor import TurnDetection, Tutor

pytestmark = pytest.mark.wire

CLIP = Path(__file__).parents[2] / "datasets" / "spoken-math-mini" / "audio" / "powers-1-slt.flac"
FRAME_SAMPLES = STUDENT_RATE_HZ // 50
OUTPUT_SAMPLES = 480
TUTOR = Tutor(find_prompt("tutor"), "gemini-3.8-live", turn_detection=TurnDetection(500))


async def lesson(
    endpoint: LiveEndpoint, is_over: Callable[[SessionEvent], bool]
) -> list[SessionEvent]:
    """The events of a lesson in which the clip is spoken once, until `is_over`."""
    events: list[SessionEvent] = []
    async with asyncio.timeout(20), TutorSession(TUTOR, endpoint) as session:
        playing = asyncio.create_task(play(session))
        try:
            async for event in session.events():
                events.append(event)
                if is_over(event):
                    return events
        finally:
            playing.cancel()
    return events


async def play(session: TutorSession) -> None:
    """Speak the clip and then silence, and hear the tutor, at the pace of a conversation."""
    quiet = silence(6, STUDENT_RATE_HZ).samples
    samples = np.concatenate((read_audio(CLIP).samples, quiet))
    loop = asyncio.get_running_loop()
    began_sec = loop.time()
    for at in range(0, len(samples), FRAME_SAMPLES):
        session.student.push(Pcm16(samples[at : at + FRAME_SAMPLES], STUDENT_RATE_HZ))
        session.voice.take(OUTPUT_SAMPLES, 0)
        due_sec = began_sec + at / STUDENT_RATE_HZ
        await asyncio.sleep(max(0.0, due_sec - loop.time()))


def finished(speaker: str) -> Callable[[SessionEvent], bool]:
    return lambda event: (
        isinstance(event, Transcript) and event.speaker == speaker and event.is_final
    )


def last(events: list[SessionEvent], speaker: str) -> Transcript:
    return [e for e in events if isinstance(e, Transcript) and e.speaker == speaker][-1]


@pytest.mark.parametrize("faults", [(), ("late_transcription",)])
async def test_words_formula_and_answer_arrive_in_whatever_order(
    local_live: Callable[..., object], faults: tuple[str, ...]
) -> None:
    """A transcription after the tool call would lose the formula in LiveKit's own handling."""
    endpoint = await local_live("x squared plus one", faults=faults)  # type: ignore[misc]
    events = await lesson(endpoint, finished("tutor"))
    student = last(events, "student")
    assert student.text == "x squared plus one"
    assert [(f.latex, f.source) for f in student.formulas] == [("x^2+1", "model")]
    assert last(events, "tutor").text
    assert len({e.segment_id for e in events if isinstance(e, Transcript)}) == 2


async def test_one_turn_gets_one_spoken_reply(local_live: Callable[..., object]) -> None:
    """The tool's answer is SILENT: otherwise the tutor would speak twice."""
    endpoint = await local_live("x squared plus one")  # type: ignore[misc]
    is_over = iter(range(2))

    def spoke_and_stopped(event: SessionEvent) -> bool:
        return event == StateChange("listening") and next(is_over) == 1

    events = await lesson(endpoint, spoke_and_stopped)
    assert events.count(StateChange("speaking")) == 1


async def test_a_lost_connection_is_told_and_made_again(local_live: Callable[..., object]) -> None:
    """The status line must be true also while nothing is heard."""
    endpoint = await local_live("x squared", faults=("drop@utterance#1",))  # type: ignore[misc]
    events = await lesson(endpoint, finished("student"))
    states = [event.state for event in events if isinstance(event, StateChange)]
    assert states[:4] == ["connecting", "listening", "reconnecting", "listening"]


@pytest.mark.parametrize(
    ("fault", "sentence"), [("wrong_key", "GOOGLE_API_KEY"), ("1008@setup", "another model")]
)
async def test_a_refused_lesson_ends_with_one_sentence(
    local_live: Callable[..., object], fault: str, sentence: str
) -> None:
    """Whoever mistyped a key must not search a log for it."""
    endpoint = await local_live("x", faults=(fault,))  # type: ignore[misc]
    with pytest.raises(LiveError, match=sentence):
        await lesson(endpoint, lambda _: False)
