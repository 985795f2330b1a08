"""Visitors who wait for a place, in the order in which they asked."""

import time
from collections.abc import Callable, Sequence

OFFERED_SEC = 30.0  # a free place is kept for its visitor
UNSEEN_SEC = 75.0  # browsers wake a page in the background once a minute


class Line:
    """Whoever doesn't ask any more, or leaves a free place untaken, has left the line."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen_at_sec: dict[str, float] = {}
        self._offered_at_sec: dict[str, float] = {}

    def ask(self, visitor_id: str, n_free: int) -> bool:
        """Whether a place is free for this visitor, who leaves the line for it; else they wait."""
        self._seen_at_sec[visitor_id] = self._clock()
        if not self.is_offered(visitor_id, n_free):
            return False
        self._remove(visitor_id)
        return True

    def look(self, visitor_id: str) -> None:
        """A visitor who waits is still there."""
        if visitor_id in self._seen_at_sec:
            self._seen_at_sec[visitor_id] = self._clock()

    def place(self, visitor_id: str) -> int | None:
        """From 1; None for one who doesn't wait."""
        waiting = list(self._seen_at_sec)
        return waiting.index(visitor_id) + 1 if visitor_id in waiting else None

    def is_offered(self, visitor_id: str, n_free: int) -> bool:
        """Whether this visitor may have one of the free places now."""
        now_sec = self._clock()
        for waiting, seen_at_sec in list(self._seen_at_sec.items()):
            if now_sec - seen_at_sec > UNSEEN_SEC:
                self._remove(waiting)
        for offered, at_sec in list(self._offered_at_sec.items()):
            if now_sec - at_sec > OFFERED_SEC:
                self._remove(offered)
        first = list(self._seen_at_sec)[:n_free]
        for each in first:
            self._offered_at_sec.setdefault(each, now_sec)
        return visitor_id in first

    def _remove(self, visitor_id: str) -> None:
        self._seen_at_sec.pop(visitor_id, None)
        self._offered_at_sec.pop(visitor_id, None)


def try_again_sec(place: int, remaining_sec: Sequence[float], lesson_sec: float) -> float:
    """When a place is free at the latest for number `place` in line, 0 for now.

    `remaining_sec` is what each lesson under way has left; the later ones last `lesson_sec`.
    """
    if not remaining_sec:
        return 0.0
    rounds, lesson = divmod(place - 1, len(remaining_sec))
    return sorted(remaining_sec)[lesson] + rounds * lesson_sec
