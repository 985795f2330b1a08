"""Who visits the demo: a cookie, a key and a run, for as long as the page asks for news."""

import asyncio
import secrets
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import SecretStr

from workbench.public.runs import DemoRun
from workbench.shared.places import NoPlaceLeftError, NotHereError

COOKIE = "visit"
AWAY_SEC = 150.0  # a page in the background asks once a minute
LOOK_SEC = 5.0
MAX_VISITORS = 300
TOO_MANY = "Too many visitors are here at the moment. Try again in a few minutes."
GONE = "Your visit has ended. Reload the page to begin another."


@dataclass(slots=True)
class Visitor:
    """One browser; all that is known of it lies in memory and below `folder`."""

    folder: Path
    seen_at_sec: float
    id: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    key: SecretStr | None = None
    lesson_id: str | None = None
    run: DemoRun | None = None


class Visitors:
    """Those of now; nothing of anybody is left when their visit ends, or after a restart."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder = folder
        self._clock = clock
        self._here: dict[str, Visitor] = {}
        shutil.rmtree(folder, ignore_errors=True)

    def enter(self) -> Visitor:
        """A new visitor. Raises NoPlaceLeftError."""
        if len(self._here) >= MAX_VISITORS:
            raise NoPlaceLeftError(TOO_MANY)
        visitor = Visitor(self._folder / secrets.token_hex(8), self._clock())
        self._here[visitor.id] = visitor
        return visitor

    def find(self, cookies: Mapping[str, str]) -> Visitor:
        """Whose cookie this is. Raises NotHereError."""
        visitor = self._here.get(cookies.get(COOKIE, ""))
        if visitor is None:
            raise NotHereError(GONE)
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

    async def _end(self, visitor: Visitor) -> None:
        self._here.pop(visitor.id, None)
        if visitor.run is not None:
            await visitor.run.stop()
        await asyncio.to_thread(shutil.rmtree, visitor.folder, ignore_errors=True)
