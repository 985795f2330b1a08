"""Who visits the demo: a cookie, a key and a run, for as long as the page asks for news."""

import asyncio
import secrets
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from workbench.live.lesson import GONE as LESSON_GONE
from workbench.live.lesson import Lesson
from workbench.public.cookie import COOKIE, Cookies
from workbench.public.runs import DemoRun
from workbench.shared.places import NoPlaceLeftError, NotHereError

AWAY_SEC = 150.0  # a page in the background asks once a minute
LOOK_SEC = 5.0
MAX_VISITORS = 300
TOO_MANY = "Too many visitors are here at the moment. Try again in a few minutes."
TOO_MANY_THERE = "Too many visitors of your network are here. Try again in a few minutes."
UNKNOWN = "Your visit has ended, or your browser keeps no cookies. Reload the page."


@dataclass(slots=True, eq=False)
class Visitor:
    """One browser; all that is known of it lies in memory and below `folder`."""

    id: str
    address: str
    folder: Path
    seen_at_sec: float
    key: SecretStr | None = None
    lesson: Lesson | None = None
    run: DemoRun | None = None
    n_waiting: int = 0  # of their pages, for a lesson
    is_here: bool = field(default=True, init=False)

    @property
    def has_nothing(self) -> bool:
        """Whether their cookie alone would bring the same visit back."""
        return not (self.key or self.lesson or self.run or self.n_waiting)


class Visitors:
    """Those of now; nothing of anybody is left when their visit ends, or after a restart.

    A cookie that comes back begins a visit. One that has nothing yet makes room for the next.
    """

    def __init__(
        self, folder: Path, max_per_address: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._folder = folder
        self._max_per_address = max_per_address
        self._clock = clock
        self._here: dict[str, Visitor] = {}
        self.cookies = Cookies()
        shutil.rmtree(folder, ignore_errors=True)

    def find(self, cookies: Mapping[str, str], address: str) -> Visitor:
        """Whose cookie this is. Raises NotHereError, and NoPlaceLeftError for one too many."""
        visitor_id = self.cookies.visitor_id(cookies.get(COOKIE, ""))
        if visitor_id is None:
            raise NotHereError(UNKNOWN)
        visitor = self._here.get(visitor_id) or self._enter(visitor_id, address)
        visitor.seen_at_sec = self._clock()
        return visitor

    async def run(self) -> None:
        """End the visits of those who have gone; when cancelled, all of them."""
        try:
            while True:
                await asyncio.sleep(LOOK_SEC)
                await self.end_those_away()
        finally:
            for visitor in list(self._here.values()):
                await self._end(visitor)
            shutil.rmtree(self._folder, ignore_errors=True)

    async def end_those_away(self) -> None:
        for visitor in list(self._here.values()):
            if self._clock() - visitor.seen_at_sec > AWAY_SEC:
                await self._end(visitor)

    def _enter(self, visitor_id: str, address: str) -> Visitor:
        theirs = [each for each in self._here.values() if each.address == address]
        self._make_room(theirs, self._max_per_address, TOO_MANY_THERE)
        self._make_room(self._here.values(), MAX_VISITORS, TOO_MANY)
        folder = self._folder / secrets.token_hex(8)
        visitor = Visitor(visitor_id, address, folder, self._clock())
        self._here[visitor_id] = visitor
        return visitor

    def _make_room(self, visitors: Iterable[Visitor], at_most: int, refusal: str) -> None:
        present = list(visitors)
        if len(present) < at_most:
            return
        idle = [each for each in present if each.has_nothing]
        if not idle:
            raise NoPlaceLeftError(refusal)
        self._forget(min(idle, key=lambda each: each.seen_at_sec))

    def _forget(self, visitor: Visitor) -> None:
        visitor.is_here = False
        self._here.pop(visitor.id, None)

    async def _end(self, visitor: Visitor) -> None:
        self._forget(visitor)
        if visitor.lesson is not None:
            visitor.lesson.end(LESSON_GONE)
        if visitor.run is not None:
            await visitor.run.remove()
        await asyncio.to_thread(shutil.rmtree, visitor.folder, ignore_errors=True)
