"""How far into the system a replay goes: one entry each.

Commands, page and docs read it; whatever is heavy waits until something is replayed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Literal

from agent.errors import RunError

if TYPE_CHECKING:
    from agent.tutor.endpoint import LiveEndpoint
    from agent.tutor.tutor import Tutor
    from evals.replay.answer_sound import Replay
    from evals.replay.rooms import Rooms

    Way = Callable[[Tutor, LiveEndpoint, Rooms | None, "Pace"], Replay]

Pace = Literal["full", "realtime"]
Depth = Literal["direct", "session", "room"]
DEFAULT_DEPTH: Depth = "direct"
MAX_ROOMS = 8  # with two cores, sound comes 150 ms late beyond that


@dataclass(frozen=True, slots=True)
class ReplayDepth:
    """One depth: a clip's path through the system, what that measures, and what it needs.

    `replayed_by` is the function that replays, as MODULE:NAME. In a lesson the tutor must
    answer, and the sound of its answers isn't kept.
    """

    name: Depth
    path: str
    measures: str
    replayed_by: str
    is_lesson: bool = True
    needs_rooms: bool = False

    @property
    def way(self) -> "Way":
        """The function that replays; imports it with all that it needs."""
        found: Way = resolve_name(self.replayed_by)
        return found


DEPTHS: dict[str, ReplayDepth] = {
    each.name: each
    for each in (
        ReplayDepth(
            "direct",
            "one Live session per utterance; the client marks where each turn starts and ends",
            "the model and the prompt alone",
            "evals.replay.ways:directly",
            is_lesson=False,
        ),
        ReplayDepth(
            "session",
            "the tutor's own lesson, in real time; the service detects the turns",
            "the lesson and its turn detection, too",
            "evals.replay.ways:in_session",
        ),
        ReplayDepth(
            "room",
            "the same lesson in one LiveKit room per utterance, on the server of LIVEKIT_URL",
            "LiveKit with Opus and jitter, too",
            "evals.replay.ways:in_room",
            needs_rooms=True,
        ),
    )
}


def replay_depth(name: str) -> ReplayDepth:
    """The depth of that name; RunError for one that this version doesn't know."""
    if name not in DEPTHS:
        raise RunError(f"depth {name!r} is not known here; choose one of: {', '.join(DEPTHS)}")
    return DEPTHS[name]


def check_depth(
    depth: Depth, tutor: "Tutor", rooms: "Rooms | None", *, n_at_a_time: int, keeps_answers: bool
) -> None:
    """ModelError for a model that can't teach a lesson, RunError for what the depth can't do."""
    entry = replay_depth(depth)
    if entry.is_lesson:
        tutor.require_answers()
        if keeps_answers:
            raise RunError(f"depth {depth} keeps no answers' sound; leave --keep-answers out")
    if entry.needs_rooms:
        if rooms is None:
            raise RunError(f"depth {depth} takes place on a LiveKit server; none was given")
        if n_at_a_time > MAX_ROOMS:
            raise RunError(
                f"expected at most {MAX_ROOMS} rooms at a time, got {n_at_a_time}; "
                "lower --concurrency"
            )
