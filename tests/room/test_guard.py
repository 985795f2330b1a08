"""Rooms that LiveKit would leave without a tutor."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from livekit import rtc
from pydantic import SecretStr

from agent.delivery import room_lines
from agent.prompts.prompt import find_prompt
from agent.rooms.connection import connected
from agent.rooms.tokens import watcher_token
from agent.service.dev_server import DevServer
from agent.service.guard import guarding
from agent.settings import Settings
from agent.tutor.tutor import Tutor
from tests.room.harness import finished, pcm, student_in
from tests.room.worker_harness import ask_for_tutor, tutors_in, worker
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

Pcm = Callable[[float], bytes]
MODEL = "gemini-3.8-live"
PROBLEM = "Find the minimum of $f(x) = x^2$."
TAKEN_OVER_SEC = 30.0


@pytest.mark.slow
async def test_a_dispatch_that_found_no_worker_is_made_good_with_what_it_asked_for(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, tmp_path: Path
) -> None:
    """LiveKit drops it; and a room that is only watched needs no tutor."""
    address, endpoint = dev_server.address, await local_live("x squared")
    async with student_in(address) as anna:
        await ask_for_tutor(address, "lesson", problem=PROBLEM)
        async with (
            connected(rtc.Room(), address.url, watcher_token(address, "watched", "eve")),
            worker(address, endpoint, tmp_path) as tutor,
            worker(address, endpoint, tmp_path, command="guard") as guard,
        ):
            await tutor.until_ready()
            assert "lesson" in await guard.until_logged("was sent one")
            await anna.until_tutor("listening")
            await anna.student.say(pcm(speech(2)))
            await anna.until(finished("tutor"))
            assert await tutors_in(address, "watched") == []
            guard.tell(signal.SIGTERM)
            assert await guard.until_ended() == 0
    asked_for = Tutor(find_prompt("tutor"), MODEL, problem=PROBLEM)
    (fingerprint,) = {each.posted.transcription.tutor for each in room_lines(tmp_path, "lesson")}
    assert fingerprint == asked_for.fingerprint


@pytest.mark.slow
async def test_a_tutor_whose_worker_was_killed_is_replaced_and_knows_the_lesson(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm, tmp_path: Path
) -> None:
    """Worker and job at once, as when a machine dies: within half a minute, context and all."""
    address = dev_server.address
    settings = Settings(
        livekit_url=address.url,
        livekit_api_key=address.api_key,
        livekit_api_secret=SecretStr(address.api_secret),
        workbench_home=tmp_path,
    )
    endpoint = await local_live(["x squared plus one", "change the one to two"])
    async with student_in(address) as anna:
        async with worker(address, endpoint, tmp_path) as first:
            await first.until_ready()
            await ask_for_tutor(address, "lesson", problem=PROBLEM)
            await anna.until_tutor("listening")
            await anna.student.say(pcm(speech(2)))
            await anna.until(finished("tutor"))
            os.killpg(first.process.pid, signal.SIGKILL)
            killed_sec = asyncio.get_running_loop().time()
        async with (
            worker(address, endpoint, tmp_path) as second,
            guarding(settings),  # as a workbench does
        ):
            await second.until_ready()
            async with asyncio.timeout_at(killed_sec + TAKEN_OVER_SEC):
                await anna.student.until_alone()
                await anna.student.until_tutor("listening")
            await anna.student.say(pcm(speech(2)))
            await anna.until(finished("student"), finished("tutor"))
    spoken = {f.latex for t in anna.transcripts for f in t.formulas if f.source == "spoken"}
    assert "x^2+2" in spoken
    fingerprints = {each.posted.transcription.tutor for each in room_lines(tmp_path, "lesson")}
    assert fingerprints == {Tutor(find_prompt("tutor"), MODEL, problem=PROBLEM).fingerprint}
