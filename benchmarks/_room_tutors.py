"""Tutors in many rooms, in one process on one core: this project's, or LiveKit's bare session.

    python -m benchmarks._room_tutors ours|bare N_ROOMS

The settings name the LiveKit server and the Live service. A line on standard input asks for
the ages of the student's sound since the line before, in milliseconds: p50 and p95.
"""

import asyncio
import json
import os
import sys
import time

import numpy as np
from livekit import rtc
from livekit.agents import Agent, AgentSession
from livekit.agents.voice.room_io import AudioInputOptions, RoomOptions
from livekit.plugins.google.realtime import RealtimeModel

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.lesson.audio_io import StudentAudio
from agent.prompts.prompt import find_prompt
from agent.rooms.connection import connected
from agent.rooms.server import RoomServer, room_server
from agent.rooms.tokens import tutor_token
from agent.rooms.tutor import RoomTutor
from agent.settings import read_settings
from agent.tutor.endpoint import LiveEndpoint, gemini_endpoint
from agent.tutor.tutor import TurnDetection, Tutor

PAUSE_MS = 500
TUTOR = Tutor(find_prompt("tutor"), "gemini-3.8-live", turn_detection=TurnDetection(PAUSE_MS))


class Ages:
    """How much later than the wall clock sound is taken; 0 is the earliest ever seen."""

    def __init__(self) -> None:
        self._offsets: dict[int, list[float]] = {}
        self._n_samples: dict[int, int] = {}

    def watch(self) -> None:
        """See all sound that any student's lesson takes from now on."""
        push = StudentAudio.push

        def noted(student: StudentAudio, pcm: Pcm16) -> None:
            n_samples = self._n_samples.get(id(student), 0) + len(pcm.samples)
            self._n_samples[id(student)] = n_samples
            offset = time.monotonic() - n_samples / STUDENT_RATE_HZ
            self._offsets.setdefault(id(student), []).append(offset)
            push(student, pcm)

        StudentAudio.push = noted  # type: ignore[assignment, method-assign]

    def take_ms(self) -> list[float]:
        """p50 and p95 of all rooms since the last time."""
        ages = [o - min(offsets) for offsets in self._offsets.values() for o in offsets]
        self._offsets.clear()
        return [1000 * float(age) for age in np.percentile(ages, [50, 95])] if ages else []


async def teach(server: RoomServer, endpoint: LiveEndpoint, name: str) -> None:
    """This project's tutor."""
    room = rtc.Room()
    tutor = RoomTutor(room, TUTOR, endpoint)
    async with connected(room, server.url, tutor_token(server, name, "tutor")):
        await tutor.run()


async def teach_bare(server: RoomServer, endpoint: LiveEndpoint, name: str) -> None:
    """LiveKit's session as its documentation shows it, at the same rate and without gain."""
    room = rtc.Room()
    await room.connect(server.url, tutor_token(server, name, "tutor"))
    model = RealtimeModel(
        model=TUTOR.model,
        api_key=endpoint.api_key,
        http_options=endpoint.http_options(),
        realtime_input_config=TUTOR.turn_detection.automatic(),
    )
    session: AgentSession[None] = AgentSession(
        llm=model, vad=None, turn_handling={"turn_detection": "realtime_llm"}
    )
    sound = AudioInputOptions(
        sample_rate=STUDENT_RATE_HZ, auto_gain_control=False, pre_connect_audio=False
    )
    await session.start(
        Agent(instructions=TUTOR.instructions),
        room=room,
        room_options=RoomOptions(audio_input=sound),
        record=False,
    )


async def main(kind: str, n_rooms: int) -> None:
    """Teach until standard input ends."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    settings = read_settings()
    server, endpoint = room_server(settings), gemini_endpoint(settings)
    ages = Ages()
    ages.watch()
    work = teach if kind == "ours" else teach_bare
    tasks = [asyncio.create_task(work(server, endpoint, f"room-{n}")) for n in range(n_rooms)]
    while await asyncio.to_thread(sys.stdin.readline):
        print(json.dumps(ages.take_ms()), flush=True)
    for task in tasks:
        task.cancel()
    os._exit(0)  # the students have gone; nothing is worth waiting for


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
