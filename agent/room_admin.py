"""Asking a LiveKit server about its rooms, with a sentence for whatever goes wrong."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from livekit import api

from agent.errors import RoomError
from agent.room_connection import UNREACHABLE
from agent.room_server import RoomServer

ANSWER_SEC = 10.0


@asynccontextmanager
async def administrating(server: RoomServer) -> AsyncIterator[api.LiveKitAPI]:
    """LiveKit's interface for as long as the block; its errors come out as RoomError."""
    client = api.LiveKitAPI(
        server.url,
        server.api_key,
        server.api_secret,
        timeout=aiohttp.ClientTimeout(total=ANSWER_SEC),
    )
    try:
        yield client
    except api.TwirpError as error:
        if error.code == api.TwirpErrorCode.UNAUTHENTICATED:
            raise RoomError(
                "The LiveKit server does not accept the key. "
                "Check LIVEKIT_API_KEY and LIVEKIT_API_SECRET."
            ) from None
        raise RoomError(f"The LiveKit server refused what was asked ({error.code}).") from None
    except (aiohttp.ClientError, OSError, TimeoutError):
        raise RoomError(UNREACHABLE) from None
    finally:
        await client.aclose()


async def check_key(server: RoomServer) -> None:
    """Raises RoomError when the server refuses the key or can't be reached."""
    async with administrating(server) as client:
        await client.room.list_rooms(api.ListRoomsRequest(names=["none"]))


async def dispatch_tutor(
    server: RoomServer, room: str, agent_name: str, metadata: str = ""
) -> None:
    """Ask for a tutor in the room; lost where no worker of that name is up. Raises RoomError."""
    request = api.CreateAgentDispatchRequest(agent_name=agent_name, room=room, metadata=metadata)
    async with administrating(server) as client:
        await client.agent_dispatch.create_dispatch(request)
