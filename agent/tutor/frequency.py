"""How often something happens: what a service makes happen too often is a fault."""

import time
from collections import deque


class Frequency:
    """Notes what happens; more than `at_most` times in `in_sec` is too often."""

    def __init__(self, at_most: int, in_sec: float) -> None:
        self._at_most = at_most
        self._in_sec = in_sec
        self._at_sec: deque[float] = deque(maxlen=at_most + 1)

    def note(self, now_sec: float | None = None) -> bool:
        """Note that it happened at `now_sec` (default: now, monotonic); whether too often."""
        now_sec = time.monotonic() if now_sec is None else now_sec
        self._at_sec.append(now_sec)
        return len(self._at_sec) > self._at_most and now_sec - self._at_sec[0] < self._in_sec
