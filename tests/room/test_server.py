"""A LiveKit server of one's own, and who is let into its rooms."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from livekit import rtc
from livekit.api import AccessToken, VideoGrants

from agent.errors import EnvironmentNotReady, RoomError
from agent.rooms.connection import connected
from agent.rooms.server import RoomServer
from agent.rooms.student import student_in_room
from agent.rooms.tokens import student_token, tutor_token, watcher_token
from agent.service.dev_server import LOOPBACK, DevServer, Ports
from tests.ports import own_ports
from tests.room.harness import lesson, student_in
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

MakeToken = Callable[[RoomServer], str]
OTHER_SECRET = "another secret of the length that is recommended"


async def test_two_servers_stand_side_by_side(dev_server: DevServer, livekit_program: Path) -> None:
    """Tests, a classroom and a colleague share a machine."""
    async with DevServer(livekit_program, own_ports()) as other:
        for address in (dev_server.address, other.address):
            async with connected(rtc.Room(), address.url, student_token(address, "r", "anna")):
                pass


async def test_a_taken_port_is_named(dev_server: DevServer, livekit_program: Path) -> None:
    """And another is proposed."""
    taken = int(dev_server.address.url.rpartition(":")[2])
    free = own_ports()
    with pytest.raises(EnvironmentNotReady, match=f"port {taken} is taken.*--port"):
        await DevServer(livekit_program, Ports(taken, free.tcp, free.udp)).start()


@pytest.mark.parametrize(
    ("make_token", "sentence"),
    [
        (
            lambda server: student_token(server, "r", "anna", life=timedelta(minutes=-5)),
            "has expired",
        ),
        (
            lambda server: student_token(RoomServer(server.url, "me", OTHER_SECRET), "r", "anna"),
            "LIVEKIT_API_KEY",
        ),
        (
            lambda server: student_token(
                RoomServer(server.url, server.api_key, OTHER_SECRET), "r", "anna"
            ),
            "LIVEKIT_API_SECRET",
        ),
        (lambda _: "no token at all", "refused the token"),
    ],
)
async def test_who_is_not_let_in_is_told_in_a_sentence(
    dev_server: DevServer,
    caplog: pytest.LogCaptureFixture,
    make_token: MakeToken,
    sentence: str,
) -> None:
    """LiveKit's own message holds the whole token, and so does its log."""
    caplog.set_level(logging.DEBUG)
    token = make_token(dev_server.address)
    with pytest.raises(RoomError, match=sentence) as caught:
        async with connected(rtc.Room(), dev_server.address.url, token):
            pass
    assert token not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert caught.value.__suppress_context__
    assert token not in caplog.text


async def test_a_server_that_is_not_there_is_told_in_a_sentence(dev_server: DevServer) -> None:
    """It names what to check and how to start one."""
    token = student_token(dev_server.address, "r", "anna")
    nowhere = f"ws://{LOOPBACK}:{own_ports().http}"
    with pytest.raises(RoomError, match=r"LIVEKIT_URL.*make livekit"):
        async with connected(rtc.Room(), nowhere, token):
            pass


@pytest.mark.parametrize("name", ["line\nbreak", "🦊 fox", "Zoë & Łukasz", "x" * 256, "../../etc"])
async def test_a_room_and_a_student_may_be_called_anything(
    dev_server: DevServer, local_live: StartLocalLive, name: str
) -> None:
    """Names come from class lists."""
    address = dev_server.address
    async with (
        lesson(address, await local_live(""), room_name=name) as taught,
        student_in(address, name, room_name=name) as student,
    ):
        await student.until_tutor("listening")
        await student.student.write("what about x squared")
        await student.until(lambda transcript: transcript.is_final)
    assert {who for who, _ in taught.finals} == {name}


@pytest.mark.parametrize("name", ["", "x" * 300])
@pytest.mark.parametrize("make_token", [student_token, watcher_token, tutor_token])
def test_a_name_that_livekit_refuses_is_refused_here(
    make_token: Callable[[RoomServer, str, str], str], name: str
) -> None:
    """LiveKit would say so only on joining, and not why."""
    server = RoomServer("ws://x", "key", "secret")
    for room, identity in ((name, "anna"), ("room", name)):
        with pytest.raises(RoomError, match="256 characters"):
            make_token(server, room, identity)


async def test_a_token_for_another_room_opens_that_one_only(
    dev_server: DevServer, local_live: StartLocalLive
) -> None:
    """The room stands in the token, and the student of another is never heard."""
    address = dev_server.address
    async with (
        lesson(address, await local_live("x"), room_name="here") as taught,
        student_in(address, "ben", room_name="elsewhere"),
        student_in(address, "anna", room_name="here") as anna,
    ):
        await anna.until_tutor("listening")
        await anna.student.write("what about y")
        await anna.until(lambda transcript: transcript.is_final)
    assert {who for who, _ in taught.finals} == {"anna"}


async def test_a_microphone_that_the_token_forbids_is_told(
    dev_server: DevServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LiveKit says nothing, for ever."""
    monkeypatch.setattr("agent.rooms.student.PUBLISH_SEC", 0.5)
    address = dev_server.address
    token = AccessToken(address.api_key, address.api_secret).with_identity("anna")
    grants = VideoGrants(room_join=True, room="r", can_publish=False)
    with pytest.raises(RoomError, match="microphone"):
        async with student_in_room(address.url, token.with_grants(grants).to_jwt()):
            pass
