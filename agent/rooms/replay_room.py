"""A room of its own for one recording: a student, a tutor, and nobody else."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from livekit import rtc

from agent.errors import RoomError
from agent.rooms.admin import delete_room, dispatch_tutor
from agent.rooms.connection import connected
from agent.rooms.server import RoomServer
from agent.rooms.student import Student, student_in_room
from agent.rooms.text import LAST_WORD_SEC
from agent.rooms.tokens import student_token, tutor_token
from agent.rooms.tutor import RoomTutor
from agent.settings import Engine
from agent.tasks import beside
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor

ARRIVAL_SEC = 20.0  # of a tutor that listens, from the student's coming
DELETE_SEC = 3.0

log = logging.getLogger(__name__)


@asynccontextmanager
async def student_with_tutor_here(
    server: RoomServer, tutor: Tutor, endpoint: LiveEndpoint
) -> AsyncIterator[Student]:
    """A student in a new room for the block, taught by a tutor in this process.

    Raises RoomError or LiveError, in the block too, when either is lost or the tutor says in
    the chat that something went wrong.
    """
    async with _new_room(server) as name:
        room = rtc.Room()
        teacher = RoomTutor(room, tutor, endpoint, max_fresh_starts=0)
        token = tutor_token(server, name, f"tutor-{secrets.token_hex(4)}")
        async with (
            connected(room, server.url, token),
            _student(server, name) as student,
            beside(_teach(teacher)),
            _attended(student, "The tutor did not begin to listen"),
        ):
            yield student


@asynccontextmanager
async def student_with_worker(
    server: RoomServer,
    agent_name: str,
    metadata: str,
    engine: Engine,
    *,
    arrival_sec: float = ARRIVAL_SEC,
) -> AsyncIterator[Student]:
    """The same with the tutor of a running worker, dispatched with `metadata`.

    Raises RoomError, too, if the worker's engine is not `engine`: the run would record the wrong
    one.
    """
    async with _new_room(server) as name, _student(server, name) as student:
        await dispatch_tutor(server, name, agent_name, metadata)
        absence = f"No worker named {agent_name!r} sent a tutor. Start one (python -m agent start)"
        async with _attended(student, absence, arrival_sec):
            if student.engine != engine:
                raise RoomError(
                    f"The worker's engine is {student.engine}, this run's is {engine}. "
                    "Choose the same with --engine."
                )
            yield student


@asynccontextmanager
async def _new_room(server: RoomServer) -> AsyncIterator[str]:
    """A name that no other room has; the room is deleted at the end."""
    name = f"recital-{secrets.token_hex(8)}"
    try:
        yield name
    finally:
        try:
            async with asyncio.timeout(DELETE_SEC):
                await delete_room(server, name)
        except (RoomError, TimeoutError) as error:  # the server closes an empty room by itself
            log.warning("a room was not deleted: %s", error)


def _student(server: RoomServer, room: str) -> AbstractAsyncContextManager[Student]:
    return student_in_room(server.url, student_token(server, room, "student"))


@asynccontextmanager
async def _attended(
    student: Student, absence: str, arrival_sec: float = ARRIVAL_SEC
) -> AsyncIterator[None]:
    """Begins when a tutor listens to `student`; ends with RoomError when one no longer does."""
    async with beside(_until_over(student), _until_told(student)):
        try:
            async with asyncio.timeout(arrival_sec):
                await student.until_tutor("listening")
        except TimeoutError:
            raise RoomError(f"{absence}; waited for {arrival_sec:g} s.") from None
        async with beside(_until_alone(student)):
            yield


async def _teach(teacher: RoomTutor) -> None:
    await teacher.run()
    raise RoomError("The tutor left: another one was in the room, or the room was closed.")


async def _until_over(student: Student) -> None:
    await student.until_over()
    raise RoomError("The connection to the room was lost.")


async def _until_told(student: Student) -> None:
    """In a recital the tutor has nothing to tell but what goes wrong."""
    sentence = await student.notices.get()
    await asyncio.sleep(2 * LAST_WORD_SEC)  # a tutor in this process ends with the error itself
    raise RoomError(sentence)


async def _until_alone(student: Student) -> None:
    await student.until_alone()
    raise RoomError("The tutor left the room.")
