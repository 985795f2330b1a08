"""Who is heard in a room, who is told to wait, and when a lesson is over."""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

import pytest
from livekit import rtc
from livekit.api import AccessToken, LiveKitAPI, RoomParticipantIdentity, VideoGrants

from agent.audio import STUDENT_RATE_HZ, Pcm16, silence
from agent.rooms import protocol as room_protocol
from agent.rooms.connection import connected
from agent.rooms.student import student_in_room
from agent.rooms.tokens import tutor_token, watcher_token
from agent.service.dev_server import DevServer
from agent.tasks import beside
from tests.room.harness import ROOM, Seen, finished, lesson, pcm, student_in
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

Pcm = Callable[[float], bytes]


async def test_the_tutor_waits_for_a_student_who_is_no_agent(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """Another agent in the room has nothing to learn."""
    address = dev_server.address
    token = tutor_token(address, ROOM, "other")
    async with (
        lesson(address, await local_live("x squared")),
        connected(rtc.Room(), address.url, token),
        student_in(address) as anna,
    ):
        await anna.until_tutor("listening")
        await anna.student.say(pcm(speech(2)))
        await anna.until(finished("student"))


async def test_a_student_who_leaves_ends_the_lesson(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """No mute tutor stays behind."""
    async with lesson(dev_server.address, await local_live("x squared")) as taught:
        async with student_in(dev_server.address) as anna:
            await anna.until_tutor("listening")
        await taught.until_ended()


async def speak_again_and_again(seen: Seen, sound: Pcm16) -> None:
    """A busy machine takes longer to subscribe than a sentence lasts."""
    while True:
        await seen.student.say(sound)
        await seen.student.say(silence(2.0, STUDENT_RATE_HZ))


async def test_a_second_student_is_told_and_heard_when_the_first_has_left(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """The tutor hears one at a time; nobody is left to guess."""
    endpoint = await local_live(["x squared", "y cubed"])
    async with lesson(dev_server.address, endpoint) as taught, AsyncExitStack() as stack:
        async with student_in(dev_server.address, "ben") as ben:
            await ben.until_tutor("listening")
            anna = await stack.enter_async_context(student_in(dev_server.address, "anna"))
            assert "one student at a time" in await anna.notice()
            await anna.student.write("what about z")
            assert "one student at a time" in await anna.notice()
            await ben.student.say(pcm(speech(2)))
            await ben.until(finished("student"))
        await anna.until_tutor("initializing", "listening")
        async with beside(speak_again_and_again(anna, pcm(speech(2)))):
            await anna.until(
                lambda transcript: transcript.text == "y cubed" and transcript.is_final
            )
    assert {(who, kept.text) for who, kept in taught.finals if kept.speaker == "student"} == {
        ("ben", "x squared"),
        ("anna", "y cubed"),
    }
    assert ben.student.notices.empty()


async def test_a_student_put_out_of_the_room_has_left(
    dev_server: DevServer, local_live: StartLocalLive
) -> None:
    """A teacher may end a lesson by removing the student; LiveKit's own session stays then."""
    address = dev_server.address
    async with lesson(address, await local_live("x")) as taught, student_in(address) as anna:
        await anna.until_tutor("listening")
        async with LiveKitAPI(address.url, address.api_key, address.api_secret) as api:
            removed = RoomParticipantIdentity(room=ROOM, identity="anna")
            await api.room.remove_participant(removed)
        await taught.until_ended()


async def test_a_hidden_watcher_reads_along_and_is_no_student(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """The workbench's page follows lessons that it takes no part in."""
    address = dev_server.address
    read: asyncio.Queue[rtc.TextStreamReader] = asyncio.Queue()
    watcher = rtc.Room()
    watcher.register_text_stream_handler(
        room_protocol.TRANSCRIPTION, lambda reader, _: read.put_nowait(reader)
    )
    async with (
        lesson(address, await local_live("x squared")) as taught,
        connected(watcher, address.url, watcher_token(address, ROOM, "watcher")),
    ):
        async with student_in(address) as anna:
            await anna.until_tutor("listening")
            await anna.student.say(pcm(speech(2)))
            await anna.until(finished("student"))
            assert (await (await read.get()).read_all()).startswith("x")
        await taught.until_ended()


@pytest.mark.parametrize(
    ("source", "is_heard"),
    [
        (rtc.TrackSource.SOURCE_MICROPHONE, True),
        (rtc.TrackSource.SOURCE_UNKNOWN, True),  # what a client sends that names no source
        (rtc.TrackSource.SOURCE_SCREENSHARE_AUDIO, False),
    ],
)
async def test_of_sound_all_is_heard_but_a_screens(  # noqa: PLR0917
    dev_server: DevServer,
    local_live: StartLocalLive,
    speech: Pcm,
    quiet: Pcm,
    source: rtc.TrackSource.ValueType,
    is_heard: bool,
) -> None:
    """A film that the student shows is no question; a microphone without a name is one."""
    address = dev_server.address
    token = AccessToken(address.api_key, address.api_secret).with_identity("anna")
    grants = VideoGrants(room_join=True, room=ROOM)
    async with (
        lesson(address, await local_live("x squared")),
        student_in_room(address.url, token.with_grants(grants).to_jwt(), source) as anna,
    ):
        await anna.until_tutor()
        await anna.say(pcm(speech(2) + quiet(1.5)))
        await anna.write("what about y")
        texts = []
        while "what about y" not in texts:
            texts.append((await anna.transcripts.get()).text)
    assert ("x squared" in texts) is is_heard
