"""The students of a room: who is there, their sound, and when they leave."""

import asyncio
import math
from collections.abc import Callable
from functools import partial

from livekit import rtc

from agent.lesson.audio_io import StudentAudio
from agent.rooms.audio import Heard, Subscriptions, hear
from agent.rooms.changes import RoomChanges
from agent.rooms.protocol import TUTOR
from agent.tasks import beside

Kind, Reason = rtc.ParticipantKind, rtc.DisconnectReason
STUDENT_KINDS = frozenset(
    {
        Kind.PARTICIPANT_KIND_STANDARD,
        Kind.PARTICIPANT_KIND_SIP,
        Kind.PARTICIPANT_KIND_CONNECTOR,
    }
)
AGENT = Kind.PARTICIPANT_KIND_AGENT  # which no student's token makes
LEFT = frozenset(
    {
        Reason.CLIENT_INITIATED,
        Reason.PARTICIPANT_REMOVED,
        Reason.ROOM_DELETED,
        Reason.ROOM_CLOSED,
        Reason.USER_REJECTED,
    }
)
LOST_SEC = 60.0  # a student whose connection broke may come back; LiveKit closes rooms sooner


class RoomPeople:
    """The participants of a room; create it before joining, so that it misses nobody."""

    def __init__(self, room: rtc.Room, lost_sec: float = LOST_SEC) -> None:
        self._room = room
        self._lost_sec = lost_sec
        self._left: set[str] = set()
        self._subscriptions = Subscriptions()
        room.on("participant_connected", self._on_came)
        room.on("participant_disconnected", self._on_gone)
        self._changes = RoomChanges(room)
        self.until = self._changes.until

    @property
    def is_over(self) -> bool:
        return self._changes.is_over

    @property
    def students(self) -> list[rtc.RemoteParticipant]:
        """The students in the room, in the order in which they joined."""
        present = [p for p in self._room.remote_participants.values() if p.kind in STUDENT_KINDS]
        return sorted(present, key=seniority)

    async def next_student(self) -> rtc.RemoteParticipant | None:
        """Wait for a student, and return the one who joined first; None when the room is over."""
        await self.until(lambda: self.is_over or bool(self.students))
        return None if self.is_over else self.students[0]

    async def until_gone(self, identity: str) -> None:
        """Wait until the student has left, is lost for too long, or the room is over."""
        while True:
            await self.until(lambda: self.is_over or not self._is_here(identity))
            if self.is_over or identity in self._left:
                return
            try:
                async with asyncio.timeout(self._lost_sec):
                    await self.until(lambda: self.is_over or self._is_here(identity))
            except TimeoutError:
                return

    async def until_outranked(self) -> None:
        """Wait until another tutor who joined earlier is there: of two, the later one leaves."""
        await self.until(self._is_outranked)

    async def listen(
        self, identity: str, student: StudentAudio, on_track: Callable[[str], None]
    ) -> None:
        """Give the student's sound to `student`, also after a change of microphone.

        `on_track` receives the id of each microphone's track.
        """
        heard = await self.until(lambda: self._microphone(identity, None))
        while True:
            on_track(heard.track_id)
            async with beside(hear(heard.track, student)):
                heard = await self.until(partial(self._microphone, identity, heard.track))

    def _microphone(self, identity: str, other_than: rtc.Track | None) -> Heard | None:
        heard = self._subscriptions.heard(self._room.remote_participants.get(identity))
        return heard if heard and heard.track is not other_than else None

    def _is_outranked(self) -> bool:
        mine = seniority(self._room.local_participant)
        others = self._room.remote_participants.values()
        tutors = (p for p in others if p.kind == AGENT and TUTOR in p.attributes)
        return any(seniority(tutor) < mine for tutor in tutors)

    def _is_here(self, identity: str) -> bool:
        return identity in self._room.remote_participants

    def _on_came(self, participant: rtc.RemoteParticipant) -> None:
        self._left.discard(participant.identity)

    def _on_gone(self, participant: rtc.RemoteParticipant) -> None:
        if participant.disconnect_reason in LEFT:
            self._left.add(participant.identity)


def seniority(participant: rtc.Participant) -> tuple[float, str]:
    """A sort key: the time of joining; participants without one come last."""
    came = participant.joined_at
    return (came.timestamp() if came else math.inf, participant.identity)
