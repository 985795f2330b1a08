"""What breaks under a lesson, and what becomes of the lesson."""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from livekit import rtc
from livekit.api import AccessToken, ListParticipantsRequest, VideoGrants

from agent.delivery import Receiver, delivering, room_lines
from agent.rooms.admin import administrating
from agent.rooms.connection import connected
from agent.rooms.server import RoomServer
from agent.rooms.student import Student
from agent.rooms.text import RoomText
from agent.rooms.tokens import student_token, tutor_token
from agent.service.dev_server import DevServer
from agent.service.record import LessonRecord
from agent.tasks import beside
from agent.transcript import Formula, Transcript
from tests.paths import PROJECT
from tests.room.harness import ROOM, TUTOR, Seen, finished, lesson, pcm, student_in
from tests.room.worker_harness import ask_for_tutor, worker
from tests.webhook_receiver import webhook_receiver
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

Pcm = Callable[[float], bytes]
MISSED_SEC = 60.0  # until LiveKit misses somebody: some 20 s


def lesson_of(segment_id: str) -> str:
    """What the segments of one tutor session have in common."""
    return segment_id.partition("-")[0]


async def answered(student: Seen, what: bytes) -> Transcript:
    """Say it; gives the student's final words when the tutor has answered."""
    await student.student.say(pcm(what))
    heard = await student.until(finished("student"))
    await student.until(finished("tutor"))
    return heard


@asynccontextmanager
async def killed_student(server: RoomServer) -> AsyncIterator[str]:
    """One who was heard and then killed; gives the id of what they said."""
    command = (sys.executable, "-m", "tests.room.lost_student")
    token = student_token(server, ROOM, "anna")
    process = await asyncio.create_subprocess_exec(
        *command, server.url, token, cwd=PROJECT, stdout=PIPE
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(MISSED_SEC):
            segment_id = (await process.stdout.readline()).decode().strip()
    finally:
        process.kill()
        await process.wait()
    yield segment_id


async def test_a_server_that_is_back_soon_finds_the_same_lesson(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """Both ends come back by themselves, and nothing that was said is forgotten."""
    endpoint = await local_live(["x squared", "y cubed"])
    async with lesson(dev_server.address, endpoint), student_in(dev_server.address) as anna:
        await anna.until_tutor("listening")
        before = await answered(anna, speech(2))
        await dev_server.kill()
        await dev_server.start()
        await anna.student.write("are you still there")  # text waits for the connection
        written = await anna.until(finished("student"))
        await anna.until(finished("tutor"))
        after = await answered(anna, speech(2))
    assert written.text == "are you still there"
    assert after.text == "y cubed"
    assert lesson_of(before.segment_id) == lesson_of(after.segment_id)


@pytest.mark.slow
async def test_after_a_long_outage_the_lesson_goes_on_where_it_was(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, tmp_path: Path
) -> None:
    """LiveKit has forgotten room and dispatch: student, guard and database have not."""
    address = dev_server.address
    endpoint = await local_live(["x squared plus one", "change the one to two"])
    async with (
        worker(address, endpoint, tmp_path) as tutor,
        worker(address, endpoint, tmp_path, command="guard") as guard,
    ):
        await tutor.until_ready()
        async with student_in(address) as anna:
            await ask_for_tutor(address, ROOM, problem="Find the minimum.")
            await anna.until_tutor("listening")
            await answered(anna, speech(2))
            await dev_server.kill()
            async with asyncio.timeout(MISSED_SEC):
                await anna.student.until_over()
            await tutor.until_logged("process exiting")
        await guard.until_logged("no room is looked after")
        await dev_server.start()
        await tutor.until_ready()
        async with student_in(address) as anna:
            await anna.until_tutor("listening")
            await answered(anna, speech(2))
    spoken = {f.latex for t in anna.transcripts for f in t.formulas if f.source == "spoken"}
    assert "x^2+2" in spoken
    lines = room_lines(tmp_path, ROOM)
    assert len({line.posted.transcription.tutor for line in lines}) == 1


async def test_a_killed_student_who_is_back_at_once_has_the_same_lesson(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """A crashed browser; LiveKit has not missed it yet."""
    address = dev_server.address
    async with lesson(address, await local_live("x squared")) as taught:
        async with killed_student(address) as before, student_in(address) as anna:
            await anna.until_tutor("listening")
            after = await answered(anna, speech(2))
            assert lesson_of(before) == lesson_of(after.segment_id)
        await taught.until_ended()


@pytest.mark.slow
async def test_a_killed_student_who_was_missed_has_the_same_lesson_on_return(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """A laptop that was closed for half a minute."""
    address = dev_server.address
    async with lesson(address, await local_live("x squared")):
        async with killed_student(address) as before, administrating(address) as admin:
            async with asyncio.timeout(MISSED_SEC):
                request = ListParticipantsRequest(room=ROOM)
                # The server tells nobody outside the room.
                while len((await admin.client.room.list_participants(request)).participants) > 1:  # noqa: ASYNC110
                    await asyncio.sleep(0.2)
            async with student_in(address) as anna:
                await anna.until_tutor("listening")
                after = await answered(anna, speech(2))
        assert lesson_of(before) == lesson_of(after.segment_id)


@pytest.mark.slow
async def test_a_killed_student_who_never_returns_ends_the_lesson(
    dev_server: DevServer, local_live: StartLocalLive
) -> None:
    """A tutor costs money for as long as it listens."""
    address = dev_server.address
    async with (
        lesson(address, await local_live("x squared"), lost_sec=1) as taught,
        killed_student(address),
        asyncio.timeout(MISSED_SEC),
    ):
        await taught.running


@pytest.mark.parametrize("end", ["drop", "1000", "1007", "1008", "1011", "go_away"])
async def test_a_turn_that_the_service_broke_off_is_answered_or_asked_for_again(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, end: str
) -> None:
    """Never lost without a word, and never a mute tutor afterwards."""
    endpoint = await local_live("x squared", faults=[f"{end}@utterance#1"])
    async with lesson(dev_server.address, endpoint), student_in(dev_server.address) as anna:
        await anna.until_tutor("listening")
        await anna.student.say(pcm(speech(2)))
        told = asyncio.create_task(anna.notice())
        heard = asyncio.create_task(anna.until(finished("tutor")))
        async with asyncio.timeout(30):
            await asyncio.wait((told, heard), return_when=asyncio.FIRST_COMPLETED)
        for task in (told, heard):
            task.cancel()
        await asyncio.gather(told, heard, return_exceptions=True)
        await anna.until_tutor("listening")
        assert (await answered(anna, speech(2))).text == "x squared"


async def test_a_receiver_that_fails_and_sleeps_stops_no_lesson_and_gets_all_of_it(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, tmp_path: Path
) -> None:
    """The lesson is over before the receiver answers at all; then 500, then each line once."""
    is_awake = asyncio.Event()
    record = LessonRecord(tmp_path, ROOM, TUTOR.fingerprint, has_receiver=True)
    endpoint = await local_live(["x squared", "y cubed"])
    async with (
        webhook_receiver(statuses=(500, 204), before_answer=is_awake.wait) as receiver,
        delivering(tmp_path, Receiver(receiver.url)),
        lesson(dev_server.address, endpoint, on_final=record.keep),
        student_in(dev_server.address) as anna,
    ):
        await anna.until_tutor("listening")
        await answered(anna, speech(2))
        await answered(anna, speech(2))
        lines = room_lines(tmp_path, ROOM)
        is_awake.set()
        await receiver.has(len(lines) + 1)
    assert receiver.message_ids[0] == receiver.message_ids[1]
    delivered = dict(zip(receiver.message_ids, receiver.texts, strict=True))
    assert {line.posted.transcription.text for line in lines} <= set(delivered.values())


async def test_a_camera_is_no_microphone_and_disturbs_nothing(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """Many clients publish one by default."""
    address = dev_server.address
    grants = VideoGrants(room_join=True, room=ROOM)
    token = AccessToken(address.api_key, address.api_secret).with_identity("anna")
    room = rtc.Room()
    student = Student(room)
    async with (
        lesson(address, await local_live("x squared")),
        connected(room, address.url, token.with_grants(grants).to_jwt()),
    ):
        camera = rtc.LocalVideoTrack.create_video_track("camera", rtc.VideoSource(16, 16))
        await room.local_participant.publish_track(
            camera, rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_CAMERA)
        )
        await student.open_microphone(rtc.TrackSource.SOURCE_MICROPHONE)
        async with beside(student.speak(), student.read()):
            await student.until_tutor()
            await answered(Seen(student), speech(2))


async def test_a_formula_too_long_for_a_header_arrives_beside_the_words(
    dev_server: DevServer,
) -> None:
    """LiveKit refuses a header of more than some 14,000 characters."""
    address = dev_server.address
    latex = "x" * 20_000
    room = rtc.Room()
    async with (
        student_in(address) as anna,
        connected(room, address.url, tutor_token(address, ROOM, "tutor")),
    ):
        formula = Formula(latex, "model", "tutor")
        await RoomText(room).write(Transcript("1", "tutor", "very long", (formula,), True))
        assert (await anna.until(finished("tutor"))).text == "very long"
        assert latex in await anna.student.formulas.get()
