"""A LiveKit server whose address somebody typed: it shows itself as one, or nothing is told."""

import asyncio

from agent.errors import RoomError
from agent.rooms.admin import check_key
from agent.rooms.server import RoomServer

ANSWER_SEC = 3.0
NO_SERVER = (
    "No LiveKit server took this key at this address within three seconds. Check the address, the "
    "key and the secret."
)


async def proven(server: RoomServer, answer_sec: float = ANSWER_SEC) -> RoomServer:
    """`server`, if it answers as a LiveKit server that takes its key. Raises RoomError.

    The workbench reaches addresses that the page does not: a closed port, another service and
    a wrong key are therefore one sentence, which comes after the same time.
    """
    clock = asyncio.get_running_loop().time
    until_sec = clock() + answer_sec
    try:
        async with asyncio.timeout_at(until_sec):
            await check_key(server)
    except Exception:  # noqa: BLE001 (LiveKit's client raises many for answers of other services)
        await asyncio.sleep(until_sec - clock())
        raise RoomError(NO_SERVER) from None
    return server
