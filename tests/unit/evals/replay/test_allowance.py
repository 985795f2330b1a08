"""How a run gets along with a quota that nobody tells it, on a simulated clock."""

import heapq
from collections import deque
from dataclasses import dataclass, field

import pytest

from evals.replay.allowance import MAX_PAUSE_SEC, PASSES_TO_GROW, PAUSE_SEC, Allowance

N_CLIPS = 100
REFUSED_SEC = 0.1  # a refused session ends at once


@dataclass
class Service:
    """Takes so many sessions at a time, and lets so many begin in any minute."""

    at_a_time: int
    a_minute: int
    n_open: int = 0
    begun_sec: deque[float] = field(default_factory=deque)

    def takes(self, now_sec: float) -> bool:
        while self.begun_sec and self.begun_sec[0] <= now_sec - 60:
            self.begun_sec.popleft()
        if self.n_open >= self.at_a_time or len(self.begun_sec) >= self.a_minute:
            return False
        self.begun_sec.append(now_sec)
        self.n_open += 1
        return True


@dataclass
class Simulation:
    """So many workers replay clips of `session_sec`; times are simulated."""

    service: Service
    n_workers: int
    session_sec: float
    allowance: Allowance = field(default_factory=Allowance)
    now_sec: float = 0.0
    n_done: int = 0
    running: list[tuple[float, int, float, bool]] = field(default_factory=list)

    def run(self) -> None:
        number = 0
        while self.n_done < N_CLIPS:
            while self._has_waiting and self.allowance.wait_sec(self.now_sec) == 0:
                self.allowance.begin(self.now_sec)
                is_taken = self.service.takes(self.now_sec)
                end_sec = self.now_sec + (self.session_sec if is_taken else REFUSED_SEC)
                heapq.heappush(self.running, (end_sec, number, self.now_sec, is_taken))
                number += 1
                self.now_sec += 1e-6
            self._go_on()

    @property
    def _has_waiting(self) -> bool:
        n_running = len(self.running)
        return n_running < self.n_workers and self.n_done + n_running < N_CLIPS

    def _go_on(self) -> None:
        """To the moment when something ends, or when something may begin."""
        wait_sec = self.allowance.wait_sec(self.now_sec) if self._has_waiting else None
        ends_sec = self.running[0][0] if self.running else float("inf")
        if wait_sec is not None and self.now_sec + wait_sec < ends_sec:
            self.now_sec += wait_sec
            return
        end_sec, _, begun_sec, is_taken = heapq.heappop(self.running)
        self.now_sec = max(self.now_sec, end_sec)
        if is_taken:
            self.service.n_open -= 1
            self.n_done += 1
            self.allowance.pass_(begun_sec)
        else:
            self.allowance.refuse(begun_sec, self.now_sec, None)
        self.allowance.end(begun_sec)


@pytest.mark.parametrize("session_sec", [0.5, 2.0, 8.0, 30.0])
@pytest.mark.parametrize("n_workers", [1, 4, 8])
def test_under_a_tenth_of_the_sessions_are_refused(n_workers: int, session_sec: float) -> None:
    """Three at a time and twenty a minute: what old documents give the free tier."""
    simulation = Simulation(Service(3, 20), n_workers, session_sec)
    simulation.run()
    n_refused = simulation.allowance.n_refusals
    assert n_refused / (N_CLIPS + n_refused) < 0.10
    ideal_sec = max(N_CLIPS * session_sec / min(3, n_workers), (N_CLIPS / 20 - 1) * 60)
    assert simulation.now_sec < 2.2 * ideal_sec


def test_a_generous_service_is_never_waited_for() -> None:
    """Nobody may pay with time for a quota that isn't there."""
    simulation = Simulation(Service(100, 10_000), 8, 2.0)
    simulation.run()
    assert simulation.allowance.n_refusals == 0
    assert simulation.now_sec == pytest.approx(N_CLIPS * 2.0 / 8, rel=0.1)


def test_a_refusal_pauses_everybody_and_the_next_one_longer() -> None:
    """Hammering a service that says no gets keys blocked."""
    allowance = Allowance()
    now_sec, waits_sec = 100.0, []
    for _ in range(8):
        allowance.begin(now_sec)
        allowance.refuse(now_sec, now_sec, None)
        allowance.end(now_sec)
        waits_sec.append(allowance.wait_sec(now_sec))
        now_sec += waits_sec[-1] or 0
        assert allowance.wait_sec(now_sec) == 0
    assert waits_sec[:3] == [PAUSE_SEC, 2 * PAUSE_SEC, 4 * PAUSE_SEC]
    assert waits_sec[-1] == MAX_PAUSE_SEC


def test_the_services_own_wait_is_kept() -> None:
    """Retry-After and RetryInfo know better than a backoff."""
    allowance = Allowance()
    allowance.begin(0.0)
    allowance.refuse(0.0, 1.0, 34.0)
    allowance.end(0.0)
    assert allowance.wait_sec(1.0) == 34.0


def test_refusals_of_one_moment_count_once_and_lower_to_those_that_run() -> None:
    """Eight begin at once where three may: five are refused."""
    allowance = Allowance()
    begun_sec = [number / 1000 for number in range(8)]
    for each in begun_sec:
        allowance.begin(each)
    for each in begun_sec[3:]:
        allowance.refuse(each, 0.5, None)
        allowance.end(each)
    assert (allowance.at_a_time, allowance.n_refused_in_a_row) == (3, 1)


def test_what_was_lowered_grows_again_slowly() -> None:
    """Another program's sessions may have filled the quota, and have ended since."""
    allowance = Allowance(at_a_time=2)
    for number in range(PASSES_TO_GROW):
        assert allowance.at_a_time == 2
        allowance.begin(float(number))
        allowance.pass_(float(number))
        allowance.end(float(number))
    assert allowance.at_a_time == 3
