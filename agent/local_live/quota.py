"""A quota of sessions, as a project has one: so many at a time, so many in a minute."""

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from agent.errors import SettingsError
from agent.local_live.faults import QUOTA_TEXT
from agent.local_live.refusal import Refusal

MINUTE_SEC = 60.0


class Quota:
    """Refuses the session that is one too many; refused ones don't count."""

    def __init__(self, at_a_time: int, in_window: int, window_sec: float = MINUTE_SEC) -> None:
        self._at_a_time = at_a_time
        self._in_window = in_window
        self._window_sec = window_sec
        self._n_open = 0
        self._begun_sec: deque[float] = deque()

    @contextmanager
    def session(self) -> Iterator[None]:
        """Count a session while the block runs; raises Refusal for one too many."""
        now_sec = asyncio.get_running_loop().time()
        while self._begun_sec and self._begun_sec[0] <= now_sec - self._window_sec:
            self._begun_sec.popleft()
        if self._n_open >= self._at_a_time or len(self._begun_sec) >= self._in_window:
            raise Refusal(1011, QUOTA_TEXT)
        self._begun_sec.append(now_sec)
        self._n_open += 1
        try:
            yield
        finally:
            self._n_open -= 1


def read_quota(text: str) -> Quota:
    """`3/20`, or `3/20/6` where the minute shall have six seconds; SettingsError otherwise."""
    try:
        at_a_time, in_window, *window = text.split("/")
        quota = Quota(int(at_a_time), int(in_window), *map(float, window))
    except (TypeError, ValueError):
        raise SettingsError(
            f"expected limits=SESSIONS/A_MINUTE or limits=SESSIONS/A_MINUTE/SECONDS, such as "
            f"limits=3/20, got limits={text}"
        ) from None
    return quota
