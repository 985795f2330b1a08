"""One lesson's events on their way to its page, as server-sent events."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncGenerator, Mapping

from typing_extensions import TypedDict

MAX_KEPT = 500  # a page that comes back within seconds misses nothing
MAX_KEPT_CHARS = 20_000_000
HEARTBEAT_SEC = 10.0


class Message(TypedDict):
    """A sentence for the visitor."""

    message: str


class EventLog:
    """Events of one lesson, numbered from 1; a page that reconnects goes on where it was."""

    def __init__(self) -> None:
        self._events: deque[tuple[int, str]] = deque()
        self._news = asyncio.Event()
        self._n_published = self._n_chars = 0
        self._n_readers = 0
        self._left_at_sec = time.monotonic()
        self._closed = False

    def publish(self, kind: str, data: Mapping[str, object]) -> None:
        """Send one event to the page that follows, or keep it for its return."""
        self._n_published += 1
        payload = json.dumps(data)  # in ASCII: no text can break the stream
        text = f"id: {self._n_published}\nevent: {kind}\ndata: {payload}\n\n"
        self._events.append((self._n_published, text))
        self._n_chars += len(text)
        while len(self._events) > MAX_KEPT or self._n_chars > MAX_KEPT_CHARS:
            self._n_chars -= len(self._events.popleft()[1])
        self._news.set()

    def close(self) -> None:
        """End every stream once it has given what was published."""
        self._closed = True
        self._news.set()

    def unread_for_sec(self) -> float:
        """How long no page has followed; 0 while one does."""
        return 0.0 if self._n_readers else time.monotonic() - self._left_at_sec

    async def follow(self, after: int) -> AsyncGenerator[str, None]:
        """Server-sent events with numbers above `after`, until the log is closed."""
        self._n_readers += 1
        try:
            yield "retry: 500\n\n"
            while True:
                self._news.clear()
                for number, text in [e for e in self._events if e[0] > after]:
                    after = number
                    yield text
                if self._closed:
                    return
                if not await self._wait():
                    yield ": still here\n\n"
        finally:
            self._n_readers -= 1
            self._left_at_sec = time.monotonic()

    async def _wait(self) -> bool:
        try:
            async with asyncio.timeout(HEARTBEAT_SEC):
                await self._news.wait()
        except TimeoutError:
            return False
        return True
