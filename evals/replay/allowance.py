"""How many sessions a service lets begin: learned from its refusals, never from its documents."""

from collections import deque
from dataclasses import dataclass, field

WINDOW_SEC = 60.0  # quotas are per minute
PAUSE_SEC = 1.0  # after the first refusal; twice as long after each that follows
MAX_PAUSE_SEC = 32.0
MAX_REFUSALS = 7  # in a row, about a minute: a quota per minute would have been renewed
PASSES_TO_GROW = 5  # sessions before one more is tried; twice as many after each refusal


@dataclass(slots=True)
class Allowance:
    """Sessions that may run at a time and begin in a minute; times are of one monotonic clock.

    `at_a_time` and `in_window` are None until the service has refused a session. A session that
    was refused beside others says how many may run at a time; one that was refused alone, how
    many may begin in a minute. Both grow by one after many sessions without a refusal.
    After a refusal one session tries alone until it has ended.
    """

    window_sec: float = WINDOW_SEC
    at_a_time: int | None = None
    in_window: int | None = None
    n_running: int = 0
    n_refusals: int = 0
    n_refused_in_a_row: int = 0
    _begun_sec: deque[float] = field(default_factory=deque)
    _resumes_at_sec: float = 0.0
    _refused_at_sec: float = float("-inf")
    _probe_sec: float | None = None
    _n_passed: int = 0
    _passes_to_grow: int = PASSES_TO_GROW

    def wait_sec(self, now_sec: float) -> float | None:
        """How long the next session must wait; None: until one of those that run has ended."""
        if now_sec < self._resumes_at_sec:
            return self._resumes_at_sec - now_sec
        is_full = self.at_a_time is not None and self.n_running >= self.at_a_time
        if is_full or self._probe_sec is not None:
            return None
        self._forget(now_sec)
        if self.in_window is not None and len(self._begun_sec) >= self.in_window:
            return self._begun_sec[-self.in_window] + self.window_sec - now_sec
        return 0.0

    def begin(self, now_sec: float) -> None:
        """A session begins."""
        self.n_running += 1
        self._begun_sec.append(now_sec)
        if self.n_refused_in_a_row:
            self._probe_sec = now_sec

    def end(self, begun_sec: float) -> None:
        """The session that began then has ended, however it did."""
        self.n_running -= 1
        if begun_sec == self._probe_sec:
            self._probe_sec = None

    def pass_(self, begun_sec: float) -> None:
        """The service took the session that began then."""
        if begun_sec < self._refused_at_sec:
            return  # it says nothing about the time after the refusal
        self.n_refused_in_a_row = 0
        self._n_passed += 1
        if self._n_passed >= self._passes_to_grow:
            self._n_passed = 0
            self.at_a_time = None if self.at_a_time is None else self.at_a_time + 1
            self.in_window = None if self.in_window is None else self.in_window + 1

    def refuse(self, begun_sec: float, now_sec: float, retry_after_sec: float | None) -> None:
        """The service refused the session that began then, and has not been told to `end`."""
        self.n_refusals += 1
        self._n_passed = 0
        self._forget(now_sec)
        if begun_sec in self._begun_sec:
            self._begun_sec.remove(begun_sec)
        self._lower()
        if begun_sec >= self._refused_at_sec:  # others of the same moment are no second refusal
            self._refused_at_sec = now_sec
            self.n_refused_in_a_row += 1
            self._passes_to_grow *= 2
            pause_sec = PAUSE_SEC * 2 ** (self.n_refused_in_a_row - 1)
            wait_sec = min(pause_sec, MAX_PAUSE_SEC) if retry_after_sec is None else retry_after_sec
            self._resumes_at_sec = max(self._resumes_at_sec, now_sec + wait_sec)

    def _lower(self) -> None:
        n_others = self.n_running - 1
        if n_others:
            self.at_a_time = min(n_others, self.at_a_time or n_others)
        elif self._begun_sec:
            n_begun = len(self._begun_sec)
            self.in_window = min(n_begun, self.in_window or n_begun)

    def _forget(self, now_sec: float) -> None:
        while self._begun_sec and self._begun_sec[0] <= now_sec - self.window_sec:
            self._begun_sec.popleft()
