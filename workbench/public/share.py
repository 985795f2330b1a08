"""One lesson's or run's share of the owner's minutes."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from agent.errors import LiveError, Remedy
from workbench.public.budget import Budget, Reservation

MIN_SESSION_SEC = 5.0  # what a session costs that is closed at once: opening it is not free
NO_CAPACITY = 429
USED = "Your share of the demo's minutes with Gemini is used up. Start again for another."


class Timer(Protocol):
    """Can be cancelled: `asyncio.TimerHandle`."""

    def cancel(self) -> None: ...


class Time(Protocol):
    """An event loop's own."""

    def time(self) -> float: ...

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Timer: ...


@dataclass(slots=True, eq=False)
class _Session:
    cut: Callable[[], None]
    began_sec: float


class Share:
    """The `Meter` of what was reserved: its sessions cost their seconds, and at least five each.

    When the share is used up its sessions are cut, and no other opens. The rest goes back once
    `settle` was called and the last session has closed.
    """

    def __init__(self, budget: Budget, reserved: Reservation, time: Time | None = None) -> None:
        self._budget = budget
        self._reserved = reserved
        self._time: Time = time or asyncio.get_running_loop()
        self._closed_sec = 0.0
        self._open: list[_Session] = []
        self._is_over = False
        self._timer: Timer | None = None

    @property
    def used_sec(self) -> float:
        return self._closed_sec + sum(self._cost_sec(session) for session in self._open)

    def begin(self, cut: Callable[[], None]) -> Callable[[], None]:
        """See `Meter`."""
        if self._is_over or self.used_sec + MIN_SESSION_SEC > self._reserved.sec:
            raise LiveError(USED, NO_CAPACITY, Remedy.STOP)
        session = _Session(cut, self._time.time())
        self._open.append(session)
        self._watch()
        return lambda: self._close(session)

    def settle(self) -> None:
        """No session opens from now on."""
        self._is_over = True
        if not self._open:
            self._budget.settle(self._reserved, self.used_sec)

    def _close(self, session: _Session) -> None:
        self._closed_sec += self._cost_sec(session)
        self._open.remove(session)
        self._watch()
        if self._is_over:
            self.settle()

    def _cost_sec(self, session: _Session) -> float:
        return max(MIN_SESSION_SEC, self._time.time() - session.began_sec)

    def _watch(self) -> None:
        """Look again when the share may be used up at the earliest."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if not self._open:
            return
        left_sec = self._reserved.sec - self.used_sec
        ages_sec = [self._time.time() - session.began_sec for session in self._open]
        paid_sec = max(0.0, MIN_SESSION_SEC - max(ages_sec))  # until then nothing more is used
        if left_sec <= 0 and paid_sec <= 0:
            for session in self._open:
                session.cut()
            return
        self._timer = self._time.call_later(paid_sec + left_sec / len(self._open), self._watch)
