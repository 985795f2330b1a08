"""Codes that let a student into a room once: what a link may carry, where a token may not."""

import secrets
import time
from collections.abc import Callable

from agent.errors import SpokenMathsError
from agent.rooms.tokens import RoomPass

LIFE_SEC = 600.0
MAX_WAITING = 1_000  # the oldest are forgotten first

Clock = Callable[[], float]


class UnknownCodeError(SpokenMathsError):
    """The code was used, is too old, or was never given."""


class JoinCodes:
    """Each code is traded once, within ten minutes; kept in memory alone."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._waiting: dict[str, tuple[float, RoomPass]] = {}

    def issue(self, room_pass: RoomPass) -> str:
        """A new code for whoever shall have `room_pass`; it fits in an address."""
        self._forget_old()
        while len(self._waiting) >= MAX_WAITING:
            del self._waiting[next(iter(self._waiting))]
        code = secrets.token_urlsafe(16)
        self._waiting[code] = (self._clock() + LIFE_SEC, room_pass)
        return code

    def trade(self, code: str) -> RoomPass:
        """What the code stands for, once. Raises UnknownCodeError."""
        self._forget_old()
        if code not in self._waiting:
            raise UnknownCodeError(
                "This link has been used, or is older than ten minutes. Ask for a new one."
            )
        return self._waiting.pop(code)[1]

    def server_of(self, code: str) -> str | None:
        """The address of the server that the code leads to; the code stays good."""
        self._forget_old()
        return self._waiting[code][1].url if code in self._waiting else None

    def _forget_old(self) -> None:
        now_sec = self._clock()
        self._waiting = {code: entry for code, entry in self._waiting.items() if entry[0] > now_sec}
