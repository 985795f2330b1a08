"""The tutor as a service, in a process of its own, sent into rooms by a real server."""

from collections.abc import Callable

import httpx
import pytest

from agent.livekit_dev import DevServer
from tests.room.harness import finished, pcm, student_in
from tests.room.worker_harness import ask_for_tutor, worker
from tests.wire.conftest import StartLocalLive

pytestmark = pytest.mark.room

Pcm = Callable[[float], bytes]


async def test_a_dispatched_tutor_teaches_and_its_job_ends_with_the_student(
    dev_server: DevServer, local_live: StartLocalLive, speech: Pcm
) -> None:
    """The whole way; and nobody stays in the room who hears nobody."""
    address = dev_server.address
    async with worker(address, await local_live("x squared plus one")) as tutor:
        assert await tutor.until_ready() == "ready\n"
        async with student_in(address) as anna:
            await ask_for_tutor(address, "lesson")
            await anna.until_tutor("listening")
            await anna.student.say(pcm(speech(2)))
            student = await anna.until(finished("student"))
            await anna.until(finished("tutor"))
            async with httpx.AsyncClient() as client:
                metrics = (await client.get(f"{tutor.address}/metrics")).text
        assert [f.latex for f in student.formulas] == ["x^2+1"]
        assert "agent_rooms 1.0" in metrics
        await tutor.until_logged("the lesson is over")
