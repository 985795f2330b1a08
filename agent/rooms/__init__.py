"""A tutor and students in LiveKit rooms."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from agent.rooms.admin import dispatch_tutor
    from agent.rooms.listing import RoomListing, has_tutor, list_rooms
    from agent.rooms.server import RoomServer, room_server
    from agent.rooms.tokens import RoomPass, read_pass, room_pass
    from agent.rooms.tutor import RoomTutor
    from agent.rooms.visit import teach_in_room, watch_room

__all__ = [
    "RoomListing",
    "RoomPass",
    "RoomServer",
    "RoomTutor",
    "dispatch_tutor",
    "has_tutor",
    "list_rooms",
    "read_pass",
    "room_pass",
    "room_server",
    "teach_in_room",
    "watch_room",
]

__getattr__ = handed_on(
    __name__,
    {
        "RoomListing": "agent.rooms.listing",
        "RoomPass": "agent.rooms.tokens",
        "RoomServer": "agent.rooms.server",
        "RoomTutor": "agent.rooms.tutor",
        "dispatch_tutor": "agent.rooms.admin",
        "has_tutor": "agent.rooms.listing",
        "list_rooms": "agent.rooms.listing",
        "read_pass": "agent.rooms.tokens",
        "room_pass": "agent.rooms.tokens",
        "room_server": "agent.rooms.server",
        "teach_in_room": "agent.rooms.visit",
        "watch_room": "agent.rooms.visit",
    },
)
