"""Where lessons in rooms take place, and whether they can."""

from dataclasses import dataclass

from agent.rooms.server import RoomServer


@dataclass(frozen=True, slots=True)
class Rooms:
    """A LiveKit server, and the worker to ask; None: a tutor in this process."""

    server: RoomServer
    agent_name: str | None = None


async def check_rooms(rooms: Rooms | None) -> None:
    """RoomError when the rooms' server refuses the key or can't be reached."""
    if rooms is not None:
        from agent.rooms.admin import check_key  # noqa: PLC0415 (heavy)

        await check_key(rooms.server)
