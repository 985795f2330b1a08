"""One visitor's run at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from workbench.public.line import Line
from workbench.public.share import MIN_SESSION_SEC


class Turns:
    """Who comes next, the line decides.

    A turn that was broken off lasts `min_sec` all the same: nobody uses up the owner's minutes
    faster by stopping than by running.
    """

    def __init__(self, min_sec: float = MIN_SESSION_SEC) -> None:
        self._min_sec = min_sec
        self._line = Line()
        self._called: dict[str, asyncio.Event] = {}
        self._whose: str | None = None

    @asynccontextmanager
    async def turn(self, visitor_id: str, address: str) -> AsyncIterator[None]:
        """Wait for this visitor's turn, which lasts as long as the block."""
        called = self._called[visitor_id] = asyncio.Event()
        self._line.join(visitor_id, address)
        self._call_next()
        pause_sec = self._min_sec
        try:
            await called.wait()
            yield
            pause_sec = 0.0
        finally:
            self._line.leave(visitor_id)
            self._called.pop(visitor_id, None)
            if self._whose == visitor_id:
                asyncio.get_running_loop().call_later(pause_sec, self._end)

    def _end(self) -> None:
        self._whose = None
        self._call_next()

    def _call_next(self) -> None:
        waiting = self._line.waiting()
        if self._whose is None and waiting:
            first = waiting[0]
            self._whose = first.visitor_id
            self._line.take_turn(first.visitor_id, first.address)
            self._called[first.visitor_id].set()
