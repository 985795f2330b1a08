"""Sound in and out of a session, as LiveKit's contracts and a conversation want it."""

import asyncio
from dataclasses import dataclass, field

import numpy as np
import pytest
from livekit import rtc

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16
from agent.lesson.audio_io import MAX_QUEUED_FRAMES, MIN_FILL_SEC, StudentAudio, TutorAudio

PAUSE_SEC = 0.5
FRAME = 480  # samples, 20 ms at 24 kHz


def loud(value: int, n_samples: int = 320) -> Pcm16:
    """A frame that can be told from others, and counts as voice."""
    samples = np.full(n_samples, value, dtype=np.int16)
    samples[::2] *= -1
    return Pcm16(samples, STUDENT_RATE_HZ)


async def taken_sec(student: StudentAudio) -> float:
    """How much sound comes until none has for half a second."""
    total_sec = 0.0
    while True:
        try:
            async with asyncio.timeout(0.5):
                total_sec += (await anext(student)).duration
        except TimeoutError:
            return total_sec


async def test_the_newest_second_wins() -> None:
    """Sound that waited longer is no conversation any more."""
    student = StudentAudio(PAUSE_SEC)
    for number in range(1, 201):
        student.push(loud(number * 100))
    first = await anext(student)
    assert first.sample_rate == STUDENT_RATE_HZ
    assert abs(first.data[0]) == (200 - MAX_QUEUED_FRAMES + 1) * 100


@pytest.mark.parametrize("pause_sec", [0.5, 2.5])
async def test_silence_fills_in_when_the_sound_stops(pause_sec: float) -> None:
    """Without sound no pause passes, and the turn would never end; then it is quiet."""
    student = StudentAudio(pause_sec)
    student.push(loud(1_000))
    filled_sec = await taken_sec(student) - 0.02
    assert filled_sec >= max(MIN_FILL_SEC, pause_sec)
    assert filled_sec < max(MIN_FILL_SEC, pause_sec) + 1


async def test_nothing_fills_in_before_the_first_sound() -> None:
    """A microphone that is not there yet has not been silent."""
    assert await taken_sec(StudentAudio(PAUSE_SEC)) == 0


async def test_nothing_fills_in_while_a_turn_is_held() -> None:
    """Silence would end what the student holds open."""
    student = StudentAudio(PAUSE_SEC)
    student.hold()
    student.push(loud(1_000))
    assert await taken_sec(student) == pytest.approx(0.02)


async def test_letting_go_gives_the_whole_pause_at_once() -> None:
    """The turn must end when the key goes up, not half a second later."""
    student = StudentAudio(PAUSE_SEC)
    student.hold()
    student.push(loud(1_000))
    student.release()
    await anext(student)
    pause = await asyncio.wait_for(anext(student), 0.1)
    assert pause.duration > PAUSE_SEC
    assert not np.any(pause.data)


async def test_letting_go_of_nothing_does_nothing() -> None:
    """A key may go up twice."""
    student = StudentAudio(PAUSE_SEC)
    student.release()
    assert student.released_at_sec is None
    assert await taken_sec(student) == 0


async def test_closing_ends_the_sound_at_once() -> None:
    """Also for whoever waits for it; what came before is still given."""
    student = StudentAudio(PAUSE_SEC)
    student.push(loud(1_000))
    student.close()
    assert [frame.duration async for frame in student] == [0.02]


@dataclass
class Told:
    """What a tutor's audio reports."""

    finished: list[tuple[float, bool]] = field(default_factory=list)
    started: int = 0
    speaking: list[bool] = field(default_factory=list)
    dropped: int = 0
    cut: list[float] = field(default_factory=list)

    def listen(self, voice: TutorAudio) -> None:
        voice.on(
            "playback_finished",
            lambda event: self.finished.append((event.playback_position, event.interrupted)),
        )
        voice.on("playback_started", lambda _: self._start())
        voice.on_speaking = self.speaking.append
        voice.on_dropped = self._drop
        voice.on_cut = self.cut.append

    def _start(self) -> None:
        self.started += 1

    def _drop(self) -> None:
        self.dropped += 1


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def voice(told: Told) -> TutorAudio:
    """A tutor's audio whose reports are kept in `told`."""
    voice = TutorAudio()
    told.listen(voice)
    return voice


async def speak(voice: TutorAudio, duration_sec: float, value: int = 7) -> None:
    samples = np.full(int(duration_sec * TUTOR_RATE_HZ), value, dtype=np.int16)
    await voice.capture_frame(rtc.AudioFrame(samples.tobytes(), TUTOR_RATE_HZ, 1, len(samples)))


def play(voice: TutorAudio, n_frames: int, n_downstream: int = 0) -> list[int]:
    """Take so many frames; gives the voiced samples of each."""
    return [int(np.count_nonzero(voice.take(FRAME, n_downstream))) for _ in range(n_frames)]


def test_whoever_takes_gets_exactly_what_they_asked_for() -> None:
    """FastRTC plays short frames too fast."""
    frames = [TutorAudio().take(n, 0) for n in (480, 1, 0)]
    assert [(len(frame), frame.dtype) for frame in frames] == [
        (480, np.int16),
        (1, np.int16),
        (0, np.int16),
    ]


async def test_an_answer_is_given_frame_by_frame_and_ended_once(
    voice: TutorAudio, told: Told
) -> None:
    """LiveKit waits for each, and warns of one too many."""
    await speak(voice, 0.05)
    voice.flush()
    assert play(voice, 4) == [480, 480, 240, 0]
    assert told.started == 1
    assert told.finished == [(0.05, False)]
    assert told.speaking == [True, False]
    assert (told.dropped, told.cut) == (0, [])


async def test_an_answer_ends_when_it_was_heard_not_when_it_was_taken(
    voice: TutorAudio, told: Told
) -> None:
    """Three frames still wait further down."""
    await speak(voice, 0.02)
    voice.flush()
    play(voice, 1, 3 * FRAME)
    play(voice, 3, 3 * FRAME)
    assert told.finished == []
    play(voice, 1, 3 * FRAME)
    assert told.finished == [(0.02, False)]


async def test_a_gap_in_the_delivery_does_not_end_the_answer(voice: TutorAudio, told: Told) -> None:
    """The service may stall in the middle of a word."""
    await speak(voice, 0.02)
    assert play(voice, 10)[1:] == [0] * 9
    assert told.finished == []
    await speak(voice, 0.02)
    voice.flush()
    play(voice, 2)
    assert told.finished == [(0.04, False)]
    assert told.started == 1


@pytest.mark.parametrize(
    ("n_taken", "n_downstream", "heard_sec"),
    [(0, 0, 0.0), (1, 0, 0.0), (5, 0, 0.08), (5, 3 * FRAME, 0.02), (2, 3 * FRAME, 0.0)],
)
async def test_a_barge_in_ends_the_answer_where_it_was_heard(
    voice: TutorAudio, told: Told, n_taken: int, n_downstream: int, heard_sec: float
) -> None:
    """At once, within the call: what was taken and not played yet was not heard."""
    await speak(voice, 1.0)
    play(voice, n_taken, n_downstream)
    voice.clear_buffer()
    assert told.finished == [(pytest.approx(heard_sec), True)]
    assert told.cut == [pytest.approx(heard_sec)]
    assert told.dropped == 1
    assert play(voice, 3) == [0, 0, 0]


async def test_a_barge_in_without_an_answer_reports_nothing(voice: TutorAudio, told: Told) -> None:
    """LiveKit clears before every answer, and warns of an end without a beginning."""
    voice.clear_buffer()
    await speak(voice, 0.02)
    voice.flush()
    play(voice, 3)
    voice.clear_buffer()
    assert told.finished == [(0.02, False)]
    assert told.dropped == 0


async def test_the_next_answer_counts_from_its_own_beginning(voice: TutorAudio, told: Told) -> None:
    """The position of the one before must not be added."""
    await speak(voice, 1.0)
    play(voice, 10)
    voice.flush()
    voice.clear_buffer()
    await speak(voice, 0.04, value=9)
    voice.flush()
    assert int(voice.take(FRAME, 0)[0]) == 9
    play(voice, 2)
    assert told.finished[1:] == [(0.04, False)]
    assert told.speaking == [True, False, True, False]
