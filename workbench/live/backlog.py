"""Whether a lesson's sound keeps up with the clock."""

import time

MAX_BEHIND_SEC = 3.0
LATE_SEC = 1.0  # a busy moment leaves less behind
BUSY_LAG_SEC = 0.02  # a loop that has time wakes within a millisecond or two
SMOOTHED_OVER = 8
FORGIVEN_SHARE = 0.02  # lost packets and clock drift are no overload


class Backlog:
    """Seconds of sound that are missing against the clock.

    WebRTC queues without bound when this process is too slow: the lesson would go on,
    later and later.
    """

    def __init__(self) -> None:
        self._at_sec: float | None = None
        self._behind_sec = 0.0

    def add(self, received_sec: float, now_sec: float | None = None) -> None:
        """Count sound that came at `now_sec` (default: now, monotonic)."""
        now_sec = time.monotonic() if now_sec is None else now_sec
        if self._at_sec is not None:
            due_sec = (now_sec - self._at_sec) * (1 - FORGIVEN_SHARE)
            self._behind_sec = max(0.0, self._behind_sec + due_sec - received_sec)
        self._at_sec = now_sec

    @property
    def has_begun(self) -> bool:
        return self._at_sec is not None

    @property
    def is_late(self) -> bool:
        return self._behind_sec > LATE_SEC

    @property
    def too_large(self) -> bool:
        return self._behind_sec > MAX_BEHIND_SEC

    def forgive(self) -> None:
        """Count anew: what is missing by now may still come, or never."""
        self._behind_sec = 0.0


class LoopLag:
    """How late the event loop wakes who sleeps: that is the machine's fault, and no visitor's."""

    def __init__(self) -> None:
        self._mean_sec = 0.0

    def add(self, late_sec: float) -> None:
        self._mean_sec += (late_sec - self._mean_sec) / SMOOTHED_OVER

    @property
    def is_busy(self) -> bool:
        return self._mean_sec > BUSY_LAG_SEC
