"""Wait for a condition of a room."""

import asyncio
from collections.abc import Callable
from typing import Literal, TypeVar, get_args

from livekit import rtc

Found = TypeVar("Found")
Change = Literal[
    "connection_state_changed",
    "disconnected",
    "participant_connected",
    "participant_disconnected",
    "participant_attributes_changed",
    "track_published",
    "track_subscribed",
    "track_unpublished",
]


class RoomChanges:
    """Notices every change of a room; create it before joining, so that it misses none.

    `is_over` is true once this participant is out of the room for good.
    """

    def __init__(self, room: rtc.Room) -> None:
        self.is_over = False
        self._changed = asyncio.Event()
        for name in get_args(Change):
            room.on(name, self._on_change)
        room.on("disconnected", self._on_over)

    async def until(self, find: Callable[[], Found | None]) -> Found:
        """The first truthy result of `find`, which is called after every change of the room."""
        while True:
            changed = self._changed
            if found := find():
                return found
            await changed.wait()

    def _on_over(self, _: object) -> None:
        self.is_over = True
        self._on_change()

    def _on_change(self, *_: object) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
