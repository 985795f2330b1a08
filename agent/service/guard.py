"""Looks after rooms: a student without a tutor gets one.

LiveKit loses a dispatch that finds no worker, and nobody takes over from a worker that died.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from agent.delivery import kept_dispatch
from agent.errors import DeliveryError, RoomError
from agent.rooms.admin import RoomAdmin, administrating
from agent.rooms.server import RoomServer, room_server
from agent.service.record import EARLIER_SEC
from agent.settings import Settings
from agent.tasks import end_all

LOOK_SEC = 1.0
LACKING_SEC = 3.0  # a tutor that was asked for is there within a second
AGAIN_SEC = 10.0  # for a worker without a warm process; then doubling
LONGEST_SEC = 300.0
SETTLED_SEC = 60.0  # a tutor who was there for so long was no failure

log = logging.getLogger(__name__)


@dataclass(slots=True)
class WatchedRoom:
    """A room with a student, as it was seen so far; times are of one monotonic clock."""

    lacks_since_sec: float | None = None
    taught_since_sec: float | None = None
    n_asked: int = 0
    due_sec: float = 0.0

    def is_due(self, now_sec: float, *, has_tutor: bool) -> bool:
        """Whether a tutor is to be asked for now; each time in vain, the next comes later."""
        if has_tutor:
            self.lacks_since_sec = None
            if self.taught_since_sec is None:
                self.taught_since_sec = now_sec
            if now_sec - self.taught_since_sec >= SETTLED_SEC:
                self.n_asked, self.due_sec = 0, 0.0
            return False
        self.taught_since_sec = None
        if self.lacks_since_sec is None:
            self.lacks_since_sec = now_sec
        if now_sec < max(self.lacks_since_sec + LACKING_SEC, self.due_sec):
            return False
        self.due_sec = now_sec + min(AGAIN_SEC * 2.0 ** min(self.n_asked, 30), LONGEST_SEC)
        self.n_asked += 1
        return True


class RoomGuard:
    """Every room of `server`; what a lost tutor was asked in with is asked for again."""

    def __init__(self, server: RoomServer, agent_name: str, home: Path) -> None:
        self._server = server
        self._agent_name = agent_name
        self._home = home
        self._rooms: dict[str, WatchedRoom] = {}

    async def run(self) -> None:
        """Look for as long as it takes, also while the server is away."""
        is_reached = True
        while True:
            try:
                async with administrating(self._server) as admin:
                    await self.look(admin)
                    is_reached = True
                    while True:
                        await asyncio.sleep(LOOK_SEC)
                        await self.look(admin)
            except RoomError as error:
                if is_reached:
                    log.warning("no room is looked after: %s", error)
                is_reached = False
            await asyncio.sleep(LOOK_SEC)

    async def look(self, admin: RoomAdmin) -> None:
        """One look at all rooms. Raises RoomError."""
        present = {name: has_tutor async for name, has_tutor in admin.rooms_with_students()}
        self._rooms = {name: self._rooms.get(name, WatchedRoom()) for name in present}
        for name, has_tutor in present.items():
            if self._rooms[name].is_due(time.monotonic(), has_tutor=has_tutor):
                metadata = await self._metadata(admin, name)
                await admin.dispatch_tutor(name, self._agent_name, metadata)
                log.info("a room without a tutor was sent one", extra={"room": name})

    async def _metadata(self, admin: RoomAdmin, room: str) -> str:
        """As LiveKit lists it; what it forgot when it was started anew is in the database."""
        listed = await admin.last_dispatch(room, self._agent_name)
        if listed is not None:
            return listed
        try:
            kept = kept_dispatch(self._home, room, time.time() - EARLIER_SEC)
        except DeliveryError as error:
            log.warning("a tutor comes as the settings say: %s", error)
            kept = None
        return kept or ""


@asynccontextmanager
async def guarding(settings: Settings) -> AsyncIterator[None]:
    """Look after the rooms of the server that the settings name, if they do, as long as the block."""
    if None in (settings.livekit_url, settings.livekit_api_key, settings.livekit_api_secret):
        yield
        return
    guard = RoomGuard(room_server(settings), settings.agent_name, settings.workbench_home)
    running = asyncio.create_task(guard.run())
    try:
        yield
    finally:
        await end_all(running)
