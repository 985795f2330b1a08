"""How much of the owner's key visitors have used today."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from agent.errors import EnvironmentNotReady
from agent.files import replace_file

log = logging.getLogger(__name__)


def today() -> str:
    """The day that minutes are counted for, in UTC."""
    return datetime.now(UTC).date().isoformat()


@dataclass(frozen=True, slots=True)
class Reservation:
    """Seconds of one day that count as used until it is known how many were."""

    day: str
    sec: float


class Budget:
    """Seconds a day; on disk only as that one number, so that a restart doesn't reset it.

    What is reserved counts at once: a server that is killed has paid already.
    """

    def __init__(self, path: Path, sec_per_day: float, day: Callable[[], str] = today) -> None:
        self._path = path
        self._sec_per_day = sec_per_day
        self._now = day
        self._day, self._used_sec = _read(path)

    @property
    def left_sec(self) -> float:
        self._begin_day()
        return max(0.0, self._sec_per_day - self._used_sec)

    def reserve(self, sec: float) -> Reservation | None:
        """`sec` of today; None when less than that is left."""
        if sec > self.left_sec:
            return None
        self._count(sec)
        return Reservation(self._day, sec)

    def settle(self, reserved: Reservation, used_sec: float) -> None:
        """Count what was used in place of what was reserved; yesterday's rest is gone."""
        self._begin_day()
        surplus_sec = used_sec - reserved.sec
        if surplus_sec > 0 or reserved.day == self._day:
            self._count(surplus_sec)

    def _begin_day(self) -> None:
        if self._day != self._now():
            self._day, self._used_sec = self._now(), 0.0

    def _count(self, sec: float) -> None:
        self._used_sec += sec
        try:
            replace_file(self._path, json.dumps({self._day: round(self._used_sec, 1)}))
        except (EnvironmentNotReady, OSError) as error:
            log.warning("The minutes used today are kept in memory alone: %s", error)


def _read(path: Path) -> tuple[str, float]:
    try:
        ((day, used_sec),) = json.loads(path.read_text(encoding="utf-8")).items()
        return str(day), float(used_sec)
    except (OSError, ValueError, TypeError, AttributeError):
        return "", 0.0
