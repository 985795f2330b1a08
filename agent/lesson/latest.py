"""A session's events on their way to who shows them."""

import asyncio
from typing import Generic, TypeVar

from agent.transcript import Transcript

Event = TypeVar("Event")


class Latest(Generic[Event]):
    """A queue in which a segment's newer transcript takes the place of one that still waits.

    So it never holds more than the segments there are, however fast a service sends words.
    """

    def __init__(self) -> None:
        self._waiting: dict[object, Event] = {}
        self._came = asyncio.Event()

    def put(self, event: Event) -> None:
        key = event.segment_id if isinstance(event, Transcript) else object()
        self._waiting[key] = event
        self._came.set()

    async def get(self) -> Event:
        """The next event; waits for one."""
        while not self._waiting:
            self._came.clear()
            await self._came.wait()
        return self._waiting.pop(next(iter(self._waiting)))

    def rest(self) -> list[Event]:
        """All that waits now."""
        found = list(self._waiting.values())
        self._waiting.clear()
        return found
