"""The tutor as a service: a worker that LiveKit sends into rooms, one process for each.

Jobs are started by the name of `teach`, so that this module must stay importable.
"""

import asyncio
import logging
import math
import secrets
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import aiohttp
from livekit.agents import AgentServer, AutoSubscribe, JobContext, JobRequest

from agent.delivery import Receiver, delivering, keep_dispatch
from agent.errors import SpokenMathsError
from agent.rooms.admin import check_key
from agent.rooms.protocol import ENGINE, TUTOR
from agent.rooms.server import RoomServer
from agent.rooms.tutor import RoomRefusal, RoomTutor
from agent.service.dispatch import Defaults, Dispatch, read_dispatch, tutor_for
from agent.service.health import Health, telling_health
from agent.service.record import LessonRecord
from agent.settings import Settings
from agent.tasks import beside
from agent.tutor.endpoint import LiveEndpoint

MAX_IDLE_PROCESSES = 2  # warm ones, so that a tutor comes within a second
MAX_TRIES = 1_000_000  # to reach a server that is down: as long as it takes
END_SEC = 5.0  # for a lesson that is told to stop
KILL_SEC = 10.0
FULL_LOAD = (
    0.6  # LiveKit offers nothing to a worker whose load is its target or more, 0.7 by default
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TutorJob:
    """What every job of a worker needs to know; goes to a process of its own."""

    endpoint: LiveEndpoint
    defaults: Defaults
    has_receiver: bool


async def teach(job: TutorJob, context: JobContext) -> None:
    """One job: returns when the tutor is in the room; the job ends with the lesson."""
    lesson = _lesson(job, context)
    await context.connect(auto_subscribe=AutoSubscribe.SUBSCRIBE_NONE)
    running = asyncio.create_task(_run(lesson, context))

    async def end(_reason: str) -> None:
        await asyncio.wait((running,), timeout=END_SEC)  # the room is left: it ends by itself

    context.add_shutdown_callback(end)


def _lesson(job: TutorJob, context: JobContext) -> RoomTutor | RoomRefusal:
    home, room, metadata = job.defaults.home, context.job.room.name, context.job.metadata
    try:
        tutor = tutor_for(read_dispatch(metadata), job.defaults)
        keep_dispatch(home, room, metadata)
        record = LessonRecord(home, room, tutor.fingerprint, has_receiver=job.has_receiver)
    except SpokenMathsError as error:
        log.error("no lesson: %s", error)
        return RoomRefusal(context.room, f"There can be no lesson: {error}")
    return RoomTutor(
        context.room, tutor, job.endpoint, on_final=record.keep, earlier=record.earlier
    )


async def _run(lesson: RoomTutor | RoomRefusal, context: JobContext) -> None:
    reason = "the lesson is over"
    try:
        await lesson.run()
    except SpokenMathsError as error:
        reason = str(error)
        log.error("the lesson ended: %s", error)
    finally:
        context.shutdown(reason)


class Worker(AgentServer):
    """Counts its load in rooms, and knows whether rooms reach it."""

    def __init__(self, server: RoomServer, job: TutorJob, settings: Settings) -> None:
        self.max_rooms = settings.agent_max_rooms
        self.is_registered = False
        self._n_starting = 0
        self._attributes = {TUTOR: "yes", ENGINE: job.endpoint.engine}
        super().__init__(
            ws_url=server.url,
            api_key=server.api_key,
            api_secret=server.api_secret,
            host="127.0.0.1",  # LiveKit's own health page is true of too little
            port=0,
            drain_timeout=settings.agent_drain_sec,
            shutdown_process_timeout=KILL_SEC,
            max_retry=MAX_TRIES,
            load_fnc=_load,
            load_threshold=math.inf,  # `take` decides: LiveKit's estimate refuses an idle worker
            num_idle_processes=min(MAX_IDLE_PROCESSES, self.max_rooms),
            preload_modules=["agent.service.worker", "agent.service.fork_server"],
        )
        self.rtc_session(partial(teach, job), agent_name=settings.agent_name, on_request=self._take)
        self.on("worker_registered", self._note_registered)

    @property
    def health(self) -> Health:
        problem = ""
        if self.draining:
            problem = "draining"
        elif not self.is_registered:
            problem = "not connected to the LiveKit server"
        elif len(self.active_jobs) >= self.max_rooms:
            problem = "all rooms are taken"
        return Health(len(self.active_jobs), self.max_rooms, problem)

    async def _take(self, request: JobRequest) -> None:
        """Take the room unless all are taken; a tutor's identity is never the same twice."""
        if len(self.active_jobs) + self._n_starting >= self.max_rooms:
            log.warning("a room was refused: all are taken", extra={"room": request.room.name})
            await request.reject()
            return
        self._n_starting += 1
        try:
            identity = f"tutor-{secrets.token_hex(4)}"
            await request.accept(identity=identity, name="Tutor", attributes=self._attributes)
        finally:
            self._n_starting -= 1

    async def _run_ws(self, ws: aiohttp.ClientWebSocketResponse) -> None:
        """LiveKit tells of a connection and never of its loss."""
        try:
            await super()._run_ws(ws)
        finally:
            self.is_registered = False

    def _note_registered(self, *_: object) -> None:
        self.is_registered = True


def _load(worker: AgentServer) -> float:
    """The share of rooms that are taken; LiveKit would count the machine's CPU.

    A full worker says FULL_LOAD, so that it is asked and decides by itself: LiveKit learns of a
    free place seconds later, and a room that opens in between would find no tutor.
    """
    share = len(worker.active_jobs) / worker.max_rooms if isinstance(worker, Worker) else 0.0
    return FULL_LOAD * min(share, 1.0)


async def serve(
    settings: Settings, server: RoomServer, endpoint: LiveEndpoint, announce: Callable[[str], None]
) -> None:
    """Serve until SIGTERM or SIGINT, then let the lessons end, for a bounded time.

    `announce` gets the address of the worker's health. Raises RoomError when the LiveKit
    server refuses the key, EnvironmentNotReady when the health's port is taken, and what is
    wrong with the prompt, the model or the database.
    """
    await check_key(server)
    defaults = Defaults(settings.agent_prompt, settings.agent_model, settings.workbench_home)
    tutor_for(Dispatch(), defaults)
    receiver = Receiver.of(settings)
    job = TutorJob(endpoint, defaults, has_receiver=receiver is not None)
    worker = Worker(server, job, settings)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):  # the same one may come twice: still a drain
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with (
        delivering(settings.workbench_home, receiver),
        telling_health(settings.agent_host, settings.agent_port, lambda: worker.health) as at,
    ):
        announce(f"{at}/ready")
        async with beside(worker.run()):
            await stop.wait()
            await _drain(worker)


async def _drain(worker: Worker) -> None:
    try:
        await worker.drain()
    except TimeoutError:
        log.warning("lessons were still going on when the time to drain was over")
    await worker.aclose()
