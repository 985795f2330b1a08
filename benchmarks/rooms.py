"""What a lesson in a LiveKit room costs, and how soon the student reads: a real server.

    python -m benchmarks.rooms

The Live service is the embedded engine's protocol with canned ears, in a process of its own
or on a thread: neither recognition nor synthesis is in the figures. Tutors run in one process
that is held to one core; students share the rest of the machine with everything else, so
that ages and delays mean little on a busy one. CPU-seconds do.
"""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.local_live.canned import CannedRecogniser, CannedStream, SilentVoice
from agent.local_live.ear.recogniser_protocol import Heard
from agent.rooms.server import RoomServer
from agent.rooms.student import Student, student_in_room
from agent.rooms.tokens import student_token
from agent.service.dev_server import DevServer, free_ports
from agent.service.dev_server_binary import ensure_server
from agent.tutor.endpoint import LiveEndpoint
from benchmarks._engine_process import engine, memory_mib
from benchmarks._room_tutors import PAUSE_MS, TUTOR, teach
from tests.live_service import (
    endpoint_environment,
    environment_without_service,
    running_local_live,
)
from tests.room.worker_harness import worker
from tests.wire.conftest import speech

PROJECT = Path(__file__).parents[1]
WORDS = "x squared plus one"
N_COMPARED = 4
CROWDS = (4, 8, 12, 15)
WATCH_SEC = 15.0
SETTLE_SEC = 3.0
N_TURNS = 20
N_JOINS = 20
N_JOBS = 3
SPEECH_SEC = 2.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(slots=True)
class Cost:
    """CPU-seconds per room-second and the age of the student's sound, of one stretch."""

    cpu: float
    ages_ms: Sequence[float]


@dataclass
class Tutors:
    """The process of `_room_tutors`."""

    process: "subprocess.Popen[str]"
    n_rooms: int

    async def watch(self) -> Cost:
        """Watch for a while."""
        await self._ages_ms()
        cpu_sec, began_sec = _cpu_sec(self.process.pid), time.monotonic()
        await asyncio.sleep(WATCH_SEC)
        spent_sec = _cpu_sec(self.process.pid) - cpu_sec
        room_sec = (time.monotonic() - began_sec) * self.n_rooms
        return Cost(spent_sec / room_sec, await self._ages_ms())

    async def _ages_ms(self) -> Sequence[float]:
        asked, answers = self.process.stdin, self.process.stdout
        if asked is None or answers is None:
            return []
        asked.write("\n")
        asked.flush()
        found: list[float] = json.loads(await asyncio.to_thread(answers.readline))
        return found


@contextmanager
def tutors(kind: str, n_rooms: int, server: RoomServer, endpoint: LiveEndpoint) -> Iterator[Tutors]:
    """Tutors in so many rooms, for as long as the block."""
    environment = environment_without_service() | endpoint_environment(endpoint)
    environment |= {
        "LIVEKIT_URL": server.url,
        "LIVEKIT_API_KEY": server.api_key,
        "LIVEKIT_API_SECRET": server.api_secret,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks._room_tutors", kind, str(n_rooms)],
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Tutors(process, n_rooms)
    finally:
        process.kill()
        process.wait()


@asynccontextmanager
async def students(server: RoomServer, n_rooms: int) -> AsyncIterator[list[Student]]:
    """A student in each room, each with a tutor that listens."""
    async with AsyncExitStack() as stack:
        found = []
        for number in range(n_rooms):
            token = student_token(server, f"room-{number}", "anna")
            found.append(await stack.enter_async_context(student_in_room(server.url, token)))
        async with asyncio.timeout(60):
            for student in found:
                await student.until_tutor()
        await asyncio.sleep(SETTLE_SEC)
        yield found


async def speak_on(student: Student) -> None:
    """Say something and pause, again and again."""
    clip = Pcm16.from_bytes(speech(SPEECH_SEC), STUDENT_RATE_HZ)
    while True:
        await student.say(clip)
        await asyncio.sleep(SPEECH_SEC)


async def measured(kind: str, n_rooms: int, endpoint: LiveEndpoint) -> tuple[Cost, Cost, float]:
    """Silent, speaking, and the process's memory in MiB."""
    async with DevServer(ensure_server(print), free_ports()) as server:
        address = server.address
        with tutors(kind, n_rooms, address, endpoint) as running:
            async with students(address, n_rooms) as present:
                silent = await running.watch()
                speaking = [asyncio.create_task(speak_on(student)) for student in present]
                await asyncio.sleep(SETTLE_SEC)
                loud = await running.watch()
                used_mib = memory_mib(running.process.pid)
                for task in speaking:
                    task.cancel()
    return silent, loud, used_mib


def load_table() -> str:
    """CPU beside LiveKit's bare session, and how many rooms a core keeps up with."""
    rows = [f"{'CPU-seconds per room-second':<40}{'silent':>9}{'speaking':>9}"]
    with engine(options=("--canned", WORDS)) as (_, endpoint):
        for kind in ("bare", "ours"):
            silent, loud, _ = asyncio.run(measured(kind, N_COMPARED, endpoint))
            name = {"bare": "bare AgentSession", "ours": "this project"}[kind]
            rows.append(f"{f'{name}, {N_COMPARED} rooms':<40}{silent.cpu:>9.3f}{loud.cpu:>9.3f}")
        rows += ["", f"{'rooms on one core':<20}{'CPU':>8}{'age p50':>11}{'age p95':>11}"]
        memory: dict[int, float] = {}
        for n_rooms in CROWDS:
            _, loud, memory[n_rooms] = asyncio.run(measured("ours", n_rooms, endpoint))
            p50, p95 = loud.ages_ms
            share = loud.cpu * n_rooms
            rows.append(f"{n_rooms:<20}{share:>8.0%}{p50:>8.0f} ms{p95:>8.0f} ms")
        few, many = CROWDS[0], CROWDS[-1]
        each = (memory[many] - memory[few]) / (many - few)
        rows += [
            "",
            f"memory in-process: {memory[few]:.0f} MiB with {few} rooms, {each:.1f} more each",
        ]
    return "\n".join(rows)


@dataclass
class NotedRecogniser(CannedRecogniser):
    """Hears what it was told to, and notes when the service decided that a turn was over."""

    decided: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(WORDS)

    async def open(self, hints: Sequence[str] = ()) -> CannedStream:
        return NotedStream(self)


class NotedStream(CannedStream):
    def __init__(self, recogniser: NotedRecogniser) -> None:
        super().__init__(recogniser)
        self._decided = recogniser.decided

    async def finish(self) -> Heard:
        self._decided.append(time.monotonic())
        return await super().finish()


async def _delays(endpoint: LiveEndpoint, decided: list[float]) -> dict[str, list[float]]:
    """How long after Live's decision, and after the end of speech, the student reads."""
    delays: dict[str, list[float]] = {"text": [], "formula": [], "speech": []}
    async with DevServer(ensure_server(print), free_ports()) as server:
        teaching = asyncio.create_task(teach(server.address, endpoint, "room-0"))
        async with students(server.address, 1) as (student,):
            for number in range(N_TURNS):
                await student.say(Pcm16.from_bytes(speech(SPEECH_SEC), STUDENT_RATE_HZ))
                ended_sec = time.monotonic()
                has_text = False
                while True:
                    transcript = await student.transcripts.get()
                    if transcript.speaker == "tutor" or not transcript.is_final:
                        continue
                    now_sec = time.monotonic()
                    if not has_text:
                        delays["text"].append(now_sec - decided[number])
                        has_text = True
                    if any(formula.source == "model" for formula in transcript.formulas):
                        delays["formula"].append(now_sec - decided[number])
                        delays["speech"].append(now_sec - ended_sec)
                        break
                await asyncio.sleep(1)
        teaching.cancel()
        await asyncio.gather(teaching, return_exceptions=True)
    return delays


def delay_table() -> str:
    """Delays of one room."""
    ear = NotedRecogniser()
    with running_local_live(ear, SilentVoice()) as endpoint:
        delays = asyncio.run(_delays(endpoint, ear.decided))
    return "\n".join(
        [
            f"{'to the stream of the student':<52}{'p50':>8}{'p95':>11}{'n':>5}",
            _row("Live's decision -> final text", delays["text"]),
            _row("Live's decision -> the model's formula", delays["formula"]),
            _row(f"end of speech -> formula (pause of {PAUSE_MS} ms)", delays["speech"]),
        ]
    )


async def _joins(endpoint: LiveEndpoint, home: Path) -> tuple[list[float], float]:
    """Seconds from each student's join to listening; a job's memory in MiB."""
    joins = []
    async with (
        DevServer(ensure_server(print), free_ports()) as server,
        worker(server.address, endpoint, home, AGENT_NAME="", LOG_LEVEL="warning") as running,
        AsyncExitStack() as stack,
    ):
        await running.until_ready()
        for number in range(N_JOINS):
            await asyncio.sleep(2)  # a worker keeps processes warm, not one a millisecond
            began_sec = time.monotonic()
            token = student_token(server.address, f"room-{number}", "anna")
            async with student_in_room(server.address.url, token) as student:
                await student.until_tutor()
                joins.append(time.monotonic() - began_sec)
        await asyncio.sleep(SETTLE_SEC)
        before_mib = memory_mib(running.process.pid)
        for number in range(N_JOBS):
            token = student_token(server.address, f"kept-{number}", "anna")
            student = await stack.enter_async_context(student_in_room(server.address.url, token))
            await student.until_tutor()
        await asyncio.sleep(SETTLE_SEC)
        job_mib = (memory_mib(running.process.pid) - before_mib) / N_JOBS
    return joins, job_mib


def worker_table() -> str:
    """How soon a warm worker's tutor listens, and what its job takes."""
    with (
        running_local_live(CannedRecogniser(WORDS), SilentVoice()) as endpoint,
        TemporaryDirectory() as home,
    ):
        joins, job_mib = asyncio.run(_joins(endpoint, Path(home)))
    return "\n".join(
        [
            _row("join -> listening, warm worker", joins),
            f"memory of a job with a lesson: {job_mib:.0f} MiB",
        ]
    )


def _row(name: str, delays_sec: Sequence[float]) -> str:
    p50, p95 = 1000 * np.percentile(delays_sec, [50, 95])
    return f"{name:<52}{p50:>5.0f} ms{p95:>8.0f} ms{len(delays_sec):>5}"


def _cpu_sec(pid: int) -> float:
    """Of all the process's threads, user and system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def main() -> None:
    """Print the tables."""
    print(f"{TUTOR.model}'s protocol, canned; a LiveKit server of this machine")
    for table in (delay_table, worker_table, load_table):
        print(f"\n{table()}\nload average: {os.getloadavg()[0]:.1f}", flush=True)


if __name__ == "__main__":
    main()
