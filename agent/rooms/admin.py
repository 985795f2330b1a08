"""Requests to a LiveKit server about its rooms; every error is one sentence."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import aiohttp
from livekit import api
from livekit.protocol.models import ParticipantInfo

from agent.errors import RoomError
from agent.rooms.connection import UNREACHABLE
from agent.rooms.server import RoomServer

ANSWER_SEC = 10.0
REFUSED = frozenset({401, 403})  # the server gives no code with them
Kind = ParticipantInfo.Kind
STUDENT_KINDS = frozenset({Kind.STANDARD, Kind.SIP, Kind.CONNECTOR})


@asynccontextmanager
async def administrating(server: RoomServer) -> AsyncIterator["RoomAdmin"]:
    """An open API for the block; LiveKit's errors become RoomError."""
    client = api.LiveKitAPI(
        server.url,
        server.api_key,
        server.api_secret,
        timeout=aiohttp.ClientTimeout(total=ANSWER_SEC),
    )
    try:
        yield RoomAdmin(client)
    except api.TwirpError as error:
        if error.status in REFUSED:
            raise RoomError(
                "The LiveKit server does not accept the key. "
                "Check LIVEKIT_API_KEY and LIVEKIT_API_SECRET."
            ) from None
        raise RoomError(f"The LiveKit server refused the request ({error.code}).") from None
    except (aiohttp.ClientError, OSError, TimeoutError):
        raise RoomError(UNREACHABLE) from None
    finally:
        await client.aclose()


class RoomAdmin:
    """The rooms of a server, with participants and dispatches."""

    def __init__(self, client: api.LiveKitAPI) -> None:
        self.client = client

    async def rooms(self) -> Sequence[api.Room]:
        """All rooms, also empty ones."""
        return (await self.client.room.list_rooms(api.ListRoomsRequest())).rooms

    async def people(self, room: str) -> Sequence[ParticipantInfo]:
        """All participants of the room, also hidden ones."""
        asked = api.ListParticipantsRequest(room=room)
        return (await self.client.room.list_participants(asked)).participants

    async def rooms_with_students(self) -> AsyncIterator[tuple[str, bool]]:
        """The name of each room with a student, and whether a tutor is there; hidden watchers do not count."""
        for room in await self.rooms():
            people = await self.people(room.name)
            if any(p.kind in STUDENT_KINDS and not p.permission.hidden for p in people):
                yield room.name, any(p.kind == Kind.AGENT for p in people)

    async def last_dispatch(self, room: str, agent_name: str) -> str | None:
        """The metadata of the newest dispatch of that name that the server still lists.

        It also lists a dispatch that found no worker. None for a room without a dispatch.
        """
        listed = await self.client.agent_dispatch.list_dispatch(room)
        # Every room has an empty one of the empty name, for automatic dispatch.
        named = [each for each in listed if each.agent_name == agent_name and each.metadata]
        newest = max(named, key=lambda each: each.state.created_at, default=None)
        return newest.metadata if newest is not None else None

    async def dispatch_tutor(self, room: str, agent_name: str, metadata: str) -> None:
        """Ask for a tutor in the room; the request is lost if no worker of that name runs."""
        request = api.CreateAgentDispatchRequest(
            agent_name=agent_name, room=room, metadata=metadata
        )
        await self.client.agent_dispatch.create_dispatch(request)


async def check_key(server: RoomServer) -> None:
    """Raise RoomError if the server refuses the key or can't be reached."""
    async with administrating(server) as admin:
        await admin.client.room.list_rooms(api.ListRoomsRequest(names=["none"]))


async def dispatch_tutor(
    server: RoomServer, room: str, agent_name: str, metadata: str = ""
) -> None:
    """Ask once, as `RoomAdmin.dispatch_tutor`. Raises RoomError."""
    async with administrating(server) as admin:
        await admin.dispatch_tutor(room, agent_name, metadata)


async def delete_room(server: RoomServer, room: str) -> None:
    """End a room for everybody in it; a missing room is no error. Raises RoomError."""
    async with administrating(server) as admin:
        try:
            await admin.client.room.delete_room(api.DeleteRoomRequest(room=room))
        except api.TwirpError as error:
            if error.code != api.TwirpErrorCode.NOT_FOUND:
                raise
