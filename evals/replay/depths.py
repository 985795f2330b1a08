"""How far into the system a replay goes, and what that takes."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import partial

from agent.audio import Pcm16
from agent.errors import RunError, SettingsError
from agent.rooms.server import RoomServer, room_server
from agent.service.dispatch import dispatch_for
from agent.settings import Settings
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.replay.answer_sound import AnswerSound
from evals.replay.direct import replay as replay_directly
from evals.replay.lesson import Student
from evals.replay.lesson import replay as replay_in_lesson
from evals.runs.folder import Depth
from evals.runs.prediction import Prediction

Replay = Callable[[Pcm16, AnswerSound], Awaitable[Prediction]]
MAX_ROOMS = 8  # with two cores, sound comes 150 ms late beyond that


@dataclass(frozen=True, slots=True)
class Rooms:
    """Where depth `room` takes place, and the worker to ask; None: a tutor in this process."""

    server: RoomServer
    agent_name: str | None = None


def rooms_for(depth: Depth, settings: Settings, *, by_worker: bool) -> Rooms | None:
    """The rooms of the server that the settings name, where the depth needs them.

    SettingsError says what is missing.
    """
    if depth != "room":
        return None
    if by_worker and not settings.agent_name:
        raise SettingsError(
            "AGENT_NAME is empty: such a worker can't be asked for a prompt. Give it a name, or "
            "leave --worker out."
        )
    return Rooms(room_server(settings), settings.agent_name if by_worker else None)


def check_depth(
    depth: Depth, tutor: Tutor, rooms: Rooms | None, *, n_at_a_time: int, keeps_answers: bool
) -> None:
    """ModelError for a model that can't teach a lesson, RunError for what the depth can't do."""
    if depth == "direct":
        return
    tutor.require_answers()
    if keeps_answers:
        raise RunError(f"depth {depth} keeps no answers' sound; leave --keep-answers out")
    if depth == "room":
        if rooms is None:
            raise RunError("depth room takes place on a LiveKit server; none was given")
        if n_at_a_time > MAX_ROOMS:
            raise RunError(
                f"expected at most {MAX_ROOMS} rooms at a time, got {n_at_a_time}; "
                "lower --concurrency"
            )


async def check_rooms(rooms: Rooms | None) -> None:
    """RoomError when the rooms' server refuses the key or can't be reached."""
    if rooms is not None:
        from agent.rooms.admin import check_key  # noqa: PLC0415 (heavy)

        await check_key(rooms.server)


def replay_at(depth: Depth, tutor: Tutor, endpoint: LiveEndpoint, rooms: Rooms | None) -> Replay:
    """What replays one recording at that depth.

    RoomError for a prompt that a worker can't be asked for by its name.
    """
    if depth == "direct":
        client = endpoint.client()
        return lambda audio, sound: replay_directly(audio, tutor, client, sound)
    enter = _lesson(tutor, endpoint, rooms)
    return lambda audio, _sound: replay_in_lesson(audio, enter)


def _lesson(
    tutor: Tutor, endpoint: LiveEndpoint, rooms: Rooms | None
) -> Callable[[], AbstractAsyncContextManager[Student]]:
    if rooms is None:
        from agent.lesson.student import student_in_session  # noqa: PLC0415 (heavy)

        return partial(student_in_session, tutor, endpoint)
    from agent.rooms.replay_room import student_with_tutor_here, student_with_worker  # noqa: PLC0415

    if rooms.agent_name is None:
        return partial(student_with_tutor_here, rooms.server, tutor, endpoint)
    asked = (rooms.agent_name, dispatch_for(tutor), endpoint.engine)
    return partial(student_with_worker, rooms.server, *asked)
