"""The rooms of a LiveKit server and their participants."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from livekit import api

from agent.rooms.admin import RoomAdmin, administrating
from agent.rooms.protocol import TUTOR
from agent.rooms.server import RoomServer

LOOK_AGAIN_SEC = 0.5
AGENT = api.ParticipantInfo.Kind.AGENT


@dataclass(frozen=True, slots=True)
class Person:
    """A visible participant."""

    identity: str
    role: Literal["student", "tutor", "agent"]


@dataclass(frozen=True, slots=True)
class RoomListing:
    """One room and its participants, in the order in which they joined."""

    name: str
    people: tuple[Person, ...]


async def list_rooms(server: RoomServer) -> list[RoomListing]:
    """All rooms, newest first. Raises RoomError."""
    async with administrating(server) as admin:
        rooms = sorted(await admin.rooms(), key=lambda room: -room.creation_time)
        return [RoomListing(room.name, await _people(admin, room.name)) for room in rooms]


async def has_tutor(server: RoomServer, room: str, within_sec: float) -> bool:
    """Whether a tutor is in the room, now or within the given time. Raises RoomError."""
    loop = asyncio.get_running_loop()
    end_sec = loop.time() + within_sec
    async with administrating(server) as admin:
        while True:
            people = await _people(admin, room)
            if any(person.role == "tutor" for person in people):
                return True
            if loop.time() > end_sec:
                return False
            await asyncio.sleep(LOOK_AGAIN_SEC)


async def _people(admin: RoomAdmin, room: str) -> tuple[Person, ...]:
    seen = (person for person in await admin.people(room) if not person.permission.hidden)
    return tuple(
        Person(p.identity, _role(p)) for p in sorted(seen, key=lambda person: person.joined_at)
    )


def _role(person: api.ParticipantInfo) -> Literal["student", "tutor", "agent"]:
    if person.kind != AGENT:
        return "student"
    return "tutor" if TUTOR in person.attributes else "agent"
