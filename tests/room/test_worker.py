"""The tutor as a service, in a process of its own, sent into rooms by a real server."""

import asyncio
import contextlib
import json
import os
import shutil
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from agent.delivery import room_lines
from agent.prompts.prompt import find_prompt
from agent.rooms.admin import dispatch_tutor
from agent.rooms.server import RoomServer
from agent.service.dev_server import DevServer
from agent.tutor.tutor import Tutor
from tests.paths import PROJECT
from tests.ports import own_ports
from tests.room.harness import finished, pcm, student_in
from tests.room.worker_harness import WorkerProcess, ask_for_tutor, tutors_in, worker
from tests.webhook_receiver import webhook_receiver
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

Pcm = Callable[[float], bytes]
SECRET = "whsec_dGhlIHNlY3JldCBvZiBhIHJlY2VpdmVyIGluIGEgdGVzdA=="
OFFER_SEC = 10.0
MODEL = "gemini-3.8-live"
PROBLEM = "Find the minimum of $f(x) = x^2$."


async def test_a_dispatch_shapes_the_lesson_and_every_transcript_is_kept(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, tmp_path: Path
) -> None:
    """The whole way: asked for with a prompt, a model and a problem; heard, stored, posted.

    At the most talkative level the log holds nothing that was said and nothing secret.
    """
    address = dev_server.address
    endpoint = await local_live("so f of x is what I need")
    async with (
        webhook_receiver() as receiver,
        worker(
            address,
            endpoint,
            tmp_path,
            LOG_LEVEL="debug",
            FRONTEND_WEBHOOK_URL=receiver.url,
            WEBHOOK_SECRET=SECRET,
        ) as tutor,
    ):
        assert await tutor.until_ready() == "ready\n"
        async with student_in(address) as anna:
            await ask_for_tutor(address, "lesson", prompt="tutor@1", model=MODEL, problem=PROBLEM)
            await anna.until_tutor("listening")
            await anna.student.say(pcm(speech(4)))
            await anna.until(finished("student"))
            await anna.until(finished("tutor"))
            async with httpx.AsyncClient() as client:
                metrics = (await client.get(f"{tutor.address}/metrics")).text
        assert "agent_rooms 1.0" in metrics
        await tutor.until_logged("the lesson is over")
        kept = [line.posted for line in room_lines(tmp_path, "lesson")]
        await receiver.has(len(kept))
    formulas = {f.latex for t in anna.newest("student") for f in t.formulas}
    assert "f(x)" in formulas
    assert {(each.student_id, each.transcription.speaker) for each in kept} == {
        ("anna", "student"),
        ("anna", "tutor"),
    }
    asked_for = Tutor(find_prompt("tutor@1"), MODEL, problem=PROBLEM)
    assert {each.transcription.tutor for each in kept} == {asked_for.fingerprint}
    assert {each.transcription.text for each in kept} <= set(receiver.texts)
    log = "\n".join(tutor.lines)
    for hidden in (
        "what I need",
        kept[-1].transcription.text,
        "minimum",
        address.api_secret,
        endpoint.api_key,
        SECRET,
        receiver.url,
        "eyJ",
    ):
        assert hidden not in log.replace("<secret>", "")
    assert all(isinstance(entry["message"], str) for entry in tutor.entries)


async def test_a_dispatch_that_asks_for_nonsense_is_told_in_the_room(
    dev_server: DevServer, local_live: StartLocalLive
) -> None:
    """A website's mistake must not look like a tutor who says nothing."""
    address = dev_server.address
    wrong = {
        "{no json": "expected JSON",
        '{"prompt": "tutor@99"}': "'tutor@99' not found",
        '{"model": "gemini-0"}': "gemini-0",
        '{"lesson": 3}': "lesson",
    }
    async with worker(address, await local_live("")) as tutor:
        await tutor.until_ready()
        for number, (metadata, sentence) in enumerate(wrong.items()):
            async with student_in(address, room_name=f"room {number}") as anna:
                await dispatch_tutor(address, f"room {number}", "math-tutor", metadata)
                notice = await anna.notice()
                assert notice.startswith("There can be no lesson: ")
                assert sentence in notice
                async with asyncio.timeout(20):
                    await anna.student.until_alone()


async def test_of_two_tutors_in_a_room_one_stays(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """Two would talk to each other's student at once; the guard and a website may both ask."""
    address = dev_server.address
    async with worker(address, await local_live("x squared")) as tutor:
        await tutor.until_ready()
        async with student_in(address) as anna:
            await asyncio.gather(*(ask_for_tutor(address, "lesson") for _ in range(2)))
            await tutor.until_logged("the lesson is over")
            await anna.until_tutor("listening")
            assert len(await tutors_in(address, "lesson")) == 1
            await anna.student.say(pcm(speech(2)))
            await anna.until(finished("tutor"))


async def refused_room(tutor: WorkerProcess, address: RoomServer, stack: AsyncExitStack) -> str:
    """Opens rooms until the worker refuses one: a server that is busy offers some to nobody."""
    for room in ("second", "third", "fourth", "fifth", "sixth"):
        await stack.enter_async_context(student_in(address, "ben", room_name=room))
        with contextlib.suppress(TimeoutError):
            await tutor.until_logged(room, patience_sec=OFFER_SEC)
            return room
    raise AssertionError("no room was refused")


async def test_without_a_name_a_tutor_comes_to_every_room_until_all_are_taken(
    dev_server: DevServer, local_live: StartLocalLive
) -> None:
    """Load is counted in rooms: what is more than that is left to another worker."""
    address = dev_server.address
    async with (
        worker(address, await local_live(""), AGENT_NAME="", AGENT_MAX_ROOMS="1") as tutor,
        AsyncExitStack() as stack,
    ):
        await tutor.until_ready()
        async with student_in(address, room_name="first") as anna:
            await anna.until_tutor("listening")
            assert await tutor.until_ready(503) == "all rooms are taken\n"
            refused = await refused_room(tutor, address, stack)
            assert await tutors_in(address, refused) == []
        assert await tutor.until_ready() == "ready\n"
        assert await tutors_in(address, refused) == []
        cleo = await stack.enter_async_context(student_in(address, "cleo", room_name="last"))
        await cleo.until_tutor("listening")


async def test_a_worker_told_to_stop_lets_the_lesson_end(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """A second signal, as `uv run` and a terminal send it, does not cut the lesson off."""
    address = dev_server.address
    async with worker(address, await local_live("x squared")) as tutor:
        await tutor.until_ready()
        async with student_in(address) as anna:
            await ask_for_tutor(address, "lesson")
            await anna.until_tutor("listening")
            os.killpg(tutor.process.pid, signal.SIGTERM)
            assert await tutor.until_ready(503) == "draining\n"
            tutor.tell(signal.SIGTERM)
            await anna.student.say(pcm(speech(2)))
            await anna.until(finished("tutor"))
        assert await tutor.until_ended() == 0


async def test_a_worker_is_not_ready_while_cut_off_and_drains_in_bounded_time(
    dev_server: DevServer, local_live: StartLocalLive
) -> None:
    """LiveKit's own page says all is well in both cases."""
    address = dev_server.address
    async with worker(address, await local_live(""), AGENT_DRAIN_SEC="1") as tutor:
        await tutor.until_ready()
        await dev_server.kill()
        assert await tutor.until_ready(503) == "not connected to the LiveKit server\n"
        await dev_server.start()
        await tutor.until_ready()
        async with student_in(address) as anna:
            await ask_for_tutor(address, "lesson")
            await anna.until_tutor("listening")
            tutor.tell(signal.SIGTERM)
            assert await tutor.until_ended() == 0
            async with asyncio.timeout(5):
                await anna.student.until_alone()


async def test_a_changed_file_begins_a_worker_in_development_anew(
    dev_server: DevServer, local_live: StartLocalLive, tmp_path: Path
) -> None:
    """Its lessons are cut off: whoever develops wants that."""
    shutil.copytree(PROJECT / "agent", tmp_path / "agent")
    async with worker(
        dev_server.address, await local_live(""), command="dev", folder=tmp_path
    ) as tutor:
        await tutor.until_ready()
        n_lines = len(tutor.lines)
        with (tmp_path / "agent" / "tutor.py").open("a") as file:
            file.write("# changed\n")
        await tutor.until_logged("/ready", after=n_lines)
        assert not any(line.startswith("{") for line in tutor.lines)


@pytest.mark.parametrize("command", ["start", "guard"])
@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"api_secret": "another secret of the length that is recommended"}, "LIVEKIT_API_SECRET"),
        ({"url": f"ws://127.0.0.1:{own_ports().http}"}, "make livekit"),
    ],
)
async def test_a_wrong_key_and_a_missing_server_are_told_in_a_sentence(
    dev_server: DevServer,
    local_live: StartLocalLive,
    command: str,
    wrong: dict[str, str],
    sentence: str,
) -> None:
    """At once, and not after LiveKit's many tries."""
    server: RoomServer = replace(dev_server.address, **wrong)
    async with worker(server, await local_live(""), command=command) as tutor:
        assert await tutor.until_ended() == 4
        (line,) = tutor.lines
        assert sentence in line
        assert server.api_secret not in json.dumps(line) or server.api_secret == "secret"
