"""A page's lesson with a service that means harm, over the lesson's own requests and sound."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import connect

from agent.settings import Settings
from agent.tasks import beside
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.turn_bounds import MAX_TURN_CHARS, MAX_TURN_FORMULAS
from evals.notation import Katex, Prover
from tests.hostile_service import (
    DONE,
    MESSAGES,
    STREAMS,
    Attack,
    Victim,
    calls,
    for_ever,
    heard,
    hostile_service,
    pieces,
    said,
)
from tests.live_service import on_a_thread
from tests.wire.test_hostile_replay import HARMLESS
from workbench.live.lessons import OpenToAll
from workbench.live.routes import lesson_routes
from workbench.shared.engine import Engine
from workbench.shared.parts import Shared
from workbench.shared.recordings import Recordings
from workbench.shared.typesetting import Typesetter

pytestmark = pytest.mark.wire
LESSON = {"prompt": "tutor@1", "model": "gemini-3.8-live", "patience_ms": 500}
PATIENCE_SEC = 20.0
FRAME, FRAME_SEC = b"\0" * 640, 0.02
LONGEST_DELAY_SEC = 3.0  # of a busy machine; the attacks took half a minute and more
GOOD_TURN = (heard("x squared"), calls(1), said("Well done."), DONE)


@dataclass
class Watched:
    """What a page was told, and the longest that the event loop was held up meanwhile."""

    events: list[tuple[str, Any]] = field(default_factory=list)
    longest_delay_sec: float = 0.0

    def transcripts(self, speaker: str) -> dict[str, Any]:
        """The newest of each segment of a speaker."""
        told = (data for kind, data in self.events if kind == "transcript")
        return {each["segment_id"]: each for each in told if each["speaker"] == speaker}

    def formulas(self) -> set[str]:
        """All that came of the student's, in LaTeX."""
        told = (data for kind, data in self.events if kind == "transcript")
        lists = (each["formulas"] or () for each in told if each["speaker"] == "student")
        return {formula["latex"] for formulas in lists for formula in formulas if formula}

    @property
    def ending(self) -> str:
        """The sentence with which the lesson ended; empty for one that goes on."""
        return next((data["message"] for kind, data in self.events if kind == "ended"), "")

    async def watch_the_loop(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            began_sec = clock()
            await asyncio.sleep(0.005)
            self.longest_delay_sec = max(self.longest_delay_sec, clock() - began_sec - 0.005)


@asynccontextmanager
async def served(endpoint: LiveEndpoint, home: Path, katex: Katex) -> AsyncIterator[str]:
    """The address of the lesson's routes, with that service as the engine."""
    ready = asyncio.Event()

    @asynccontextmanager
    async def embedded(_: Sequence[str]) -> AsyncIterator[LiveEndpoint]:
        ready.set()
        yield endpoint

    settings = Settings(_env_file=None, workbench_home=home, agent_engine="embedded")  # type: ignore[call-arg]
    engine = Engine(settings, embedded)
    shared = Shared(settings, engine, Recordings(()), katex, Prover(), Typesetter(katex))
    app = FastAPI()
    app.include_router(lesson_routes(settings, OpenToAll(shared)))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    async with beside(engine.run()):
        await ready.wait()
        serving = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.should_exit = True
            await serving


async def taught(endpoint: LiveEndpoint, home: Path, katex: Katex, until: str) -> Watched:
    """A lesson of silence, followed to its end or to the final words of the speaker `until`."""
    watched = Watched()
    async with (
        asyncio.timeout(PATIENCE_SEC),
        served(endpoint, home, katex) as url,
        httpx.AsyncClient(base_url=url, timeout=PATIENCE_SEC) as http,
    ):
        lesson = (await http.post("/api/lessons", json=LESSON)).json()["id"]
        sound = f"{url.replace('http', 'ws')}/api/lessons/{lesson}/sound"
        async with (
            connect(sound) as socket,
            beside(_speak(socket), _hear(socket), watched.watch_the_loop()),
            http.stream("GET", f"/api/lessons/{lesson}/events") as stream,
        ):
            async for kind, data in _events(stream):
                watched.events.append((kind, data))
                is_final = kind == "transcript" and data["speaker"] == until and data["is_final"]
                if kind == "ended" or is_final:
                    break
        await http.post(f"/api/lessons/{lesson}/stop")
    return watched


async def _speak(socket: Any) -> None:
    clock = asyncio.get_running_loop().time
    due_sec = clock()
    while True:
        await socket.send(FRAME)
        due_sec += FRAME_SEC
        await asyncio.sleep(due_sec - clock())


async def _hear(socket: Any) -> None:
    async for _ in socket:
        pass
    await asyncio.Event().wait()


async def _events(stream: httpx.Response) -> AsyncIterator[tuple[str, Any]]:
    kind = ""
    async for line in stream.aiter_lines():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


@pytest.fixture
def lesson(tmp_path: Path, katex: Katex) -> Any:
    """Gives what a page is told of a lesson with an attack."""

    def teach(attack: Attack, until: str = "nobody") -> Watched:
        with on_a_thread(hostile_service(attack)) as endpoint:
            watched = asyncio.run(taught(endpoint, tmp_path, katex, until))
        assert watched.longest_delay_sec < LONGEST_DELAY_SEC
        return watched

    return teach


def sent(*messages: object) -> Attack:
    """The same for every connection."""

    async def attack(victim: Victim) -> None:
        await victim.send_all(iter(messages))

    return attack


def streamed(stream: Iterator[object]) -> Attack:
    async def attack(victim: Victim) -> None:
        await victim.send_all(stream)

    return attack


def test_what_can_be_read_is_shown_and_the_lesson_goes_on(lesson: Any) -> None:
    """Surrogates ended the page's stream at each reconnection; odd numbers and sound do nothing."""
    harmless = [MESSAGES[name] for name in MESSAGES if name in HARMLESS]
    watched = lesson(sent(*harmless, DONE, *GOOD_TURN), until="tutor")
    (student,) = watched.transcripts("student").values()
    assert student["text"] == "x \ufffd squaredx \ufffd\ufffd[2J squared"
    assert watched.formulas() == {"x \ufffd squared"}
    assert not watched.ending


def test_a_message_that_cannot_be_read_costs_a_connection(lesson: Any) -> None:
    """The lesson reconnects, as after any loss."""

    async def attack(victim: Victim) -> None:
        if victim.number == 1:
            await victim.send(MESSAGES["deep brackets"])
        await victim.send_all(iter(GOOD_TURN))

    watched = lesson(attack, until="tutor")
    assert watched.formulas() == {"x^2"}
    assert "reconnecting" in [data["state"] for kind, data in watched.events if kind == "status"]


def test_words_in_hundreds_of_pieces_hold_up_nobody(lesson: Any) -> None:
    """200 pieces took half a minute of everybody's time; the last words are read, too."""
    watched = lesson(streamed(pieces(600)), until="student")
    (student,) = watched.transcripts("student").values()
    assert student["text"].endswith("plus one over two")
    assert watched.formulas()


@pytest.mark.parametrize(
    "attack",
    [
        streamed(for_ever(STREAMS["words"])),
        streamed(for_ever(STREAMS["sound"])),
        streamed(calls(100, first) for first in range(0, 10_000, 100)),
        streamed(message for i in range(10_000) for message in (heard("x"), said(f"{i}"), DONE)),
    ],
    ids=["words", "sound", "10,000 calls", "10,000 turns"],
)
def test_a_model_that_runs_away_ends_the_lesson_in_a_sentence(lesson: Any, attack: Attack) -> None:
    """It would be paid for, and fill the page, for as long as a lesson may last."""
    watched = lesson(attack)
    assert "ran away" in watched.ending
    assert len(watched.formulas()) <= MAX_TURN_FORMULAS
    told = [*watched.transcripts("student").values(), *watched.transcripts("tutor").values()]
    assert all(len(each["text"]) <= MAX_TURN_CHARS + 2 for each in told)


def test_a_storm_of_notices_to_go_away_ends_the_lesson(lesson: Any) -> None:
    """Each was a new connection at once, as long as the lesson lasted."""
    assert "sending us away" in lesson(sent(STREAMS["notices to go away"])).ending


def test_interruptions_and_cancellations_without_end_hold_up_nobody(lesson: Any) -> None:
    """They change nothing, and the turn after them is heard."""
    storm = [STREAMS["interruptions"], STREAMS["cancellations"]] * 400
    assert lesson(sent(*storm, *GOOD_TURN), until="tutor").formulas() == {"x^2"}
