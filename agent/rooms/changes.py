"""Waiting for something to become true of a room."""

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
    """Must be made before the room is joined, so that nothing is missed.

    `is_over` once this participant is out of the room for good.
    """

    def __init__(self, room: rtc.Room) -> None:
        self.is_over = False
        self._changed = asyncio.Event()
        for name in get_args(Change):
            room.on(name, self._on_change)
        room.on("disconnected", self._on_over)

    async def until(self, find: Callable[[], Found | None]) -> Found:
        """What `find` gives, as soon as a change in the room makes it true."""
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
