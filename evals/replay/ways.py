"""What replays one recording at each depth, and the rooms that it may take."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import partial

from agent.errors import RunError, SettingsError
from agent.rooms.server import room_server
from agent.service.dispatch import dispatch_for
from agent.settings import Settings
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.replay.answer_sound import Replay
from evals.replay.depths import Depth, Pace, replay_depth
from evals.replay.direct import replay as replay_directly
from evals.replay.lesson import Student
from evals.replay.lesson import replay as replay_in_lesson
from evals.replay.rooms import Rooms


def rooms_for(depth: Depth, settings: Settings, *, by_worker: bool) -> Rooms | None:
    """The rooms of the server that the settings name, where the depth needs them.

    SettingsError says what is missing, RunError that there is no such depth.
    """
    if not replay_depth(depth).needs_rooms:
        return None
    if by_worker and not settings.agent_name:
        raise SettingsError(
            "AGENT_NAME is empty: such a worker can't be asked for a prompt. Give it a name, or "
            "leave --worker out."
        )
    return Rooms(room_server(settings), settings.agent_name if by_worker else None)


def directly(tutor: Tutor, endpoint: LiveEndpoint, rooms: Rooms | None, pace: Pace) -> Replay:
    """Through one client, a session each."""
    del rooms
    client = endpoint.client()
    return lambda audio, sound: replay_directly(audio, tutor, client, sound, pace=pace)


def in_session(tutor: Tutor, endpoint: LiveEndpoint, rooms: Rooms | None, pace: Pace) -> Replay:
    """In a lesson of this process, which is always in real time."""
    del rooms, pace
    from agent.lesson.student import student_in_session  # noqa: PLC0415 (heavy)

    return _in_lesson(partial(student_in_session, tutor, endpoint))


def in_room(tutor: Tutor, endpoint: LiveEndpoint, rooms: Rooms | None, pace: Pace) -> Replay:
    """In a room each, always in real time. RoomError for a prompt that a worker can't be asked for by its name."""
    del pace
    from agent.rooms.replay_room import student_with_tutor_here, student_with_worker  # noqa: PLC0415

    if rooms is None:
        raise RunError("a lesson in a room takes place on a LiveKit server; none was given")
    if rooms.agent_name is None:
        return _in_lesson(partial(student_with_tutor_here, rooms.server, tutor, endpoint))
    asked = (rooms.agent_name, dispatch_for(tutor), endpoint.engine)
    return _in_lesson(partial(student_with_worker, rooms.server, *asked))


def _in_lesson(enter: Callable[[], AbstractAsyncContextManager[Student]]) -> Replay:
    return lambda audio, _sound: replay_in_lesson(audio, enter)
