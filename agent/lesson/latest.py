"""A session's events on their way to who shows them."""

import asyncio
from typing import Generic, TypeVar

from agent.transcript import Transcript

Event = TypeVar("Event")


class Latest(Generic[Event]):
    """A queue in which a segment's newer transcript takes the place of one that still waits.

    It does so unless something else than a transcript waits behind the older one. So the queue
    stays short, however fast a service sends words, and nothing overtakes anything.
    """

    def __init__(self) -> None:
        self._n_others = 0
        self._waiting: dict[tuple[str | None, int], Event] = {}
        self._came = asyncio.Event()

    def put(self, event: Event) -> None:
        segment_id = event.segment_id if isinstance(event, Transcript) else None
        self._n_others += segment_id is None
        self._waiting[segment_id, self._n_others] = event
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
