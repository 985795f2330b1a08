"""A few of one kind at once on this server, each with a secret id, none left behind."""

import asyncio
from collections.abc import Coroutine
from typing import ClassVar, Generic, Protocol, TypeVar

from agent.errors import SpokenMathsError

HEARD_SEC = 10.0  # a page follows what it has begun well within


class NoPlaceLeftError(SpokenMathsError):
    """Every place is taken."""


class MustWaitError(NoPlaceLeftError):
    """Every place is taken, and who follows `line` (an address of this server) waits for one."""

    def __init__(self, message: str, line: str) -> None:
        super().__init__(message)
        self.line = line


class NotHereError(SpokenMathsError):
    """Whoever is asked for has gone, or their id was never given."""


class Guest(Protocol):
    """Takes a place while `run` goes on."""

    id: str

    def run(self) -> Coroutine[object, object, None]: ...

    def close(self) -> None:
        """Let `run` finish."""
        ...


AnyGuest = TypeVar("AnyGuest", bound=Guest)


class Places(Generic[AnyGuest]):
    """Those who run now; `full` and `gone` are what a visitor reads."""

    at_most: ClassVar[int]
    full: ClassVar[str]
    gone: ClassVar[str]

    def __init__(self) -> None:
        self._running: dict[str, tuple[AnyGuest, asyncio.Task[None]]] = {}
        self._ended: dict[str, AnyGuest] = {}

    @property
    def n_running(self) -> int:
        return len(self._running)

    @property
    def running(self) -> list[AnyGuest]:
        """In the order in which they began."""
        return [guest for guest, _ in self._running.values()]

    def begin(self, guest: AnyGuest) -> asyncio.Task[None]:
        """Run `guest` until it ends by itself or is ended. Raises NoPlaceLeftError."""
        if self.n_running >= self.at_most:
            raise NoPlaceLeftError(self.full)
        task = asyncio.create_task(guest.run())
        self._running[guest.id] = guest, task
        task.add_done_callback(lambda _: self._end(guest))
        return task

    def _end(self, guest: AnyGuest) -> None:
        self._running.pop(guest.id, None)
        self._ended[guest.id] = guest
        asyncio.get_running_loop().call_later(HEARD_SEC, self._ended.pop, guest.id, None)

    def find(self, guest_id: str) -> AnyGuest:
        """Raises NotHereError."""
        if guest_id not in self._running:
            raise NotHereError(self.gone)
        return self._running[guest_id][0]

    def find_to_hear(self, guest_id: str) -> AnyGuest:
        """As `find`, also who has ended a moment ago: the page has yet to hear why."""
        return self._ended[guest_id] if guest_id in self._ended else self.find(guest_id)

    async def end_all(self) -> None:
        """Send everybody away because the server closes, and wait until they have gone."""
        running = list(self._running.values())
        for guest, _ in running:
            guest.close()
        await asyncio.gather(*(task for _, task in running))
