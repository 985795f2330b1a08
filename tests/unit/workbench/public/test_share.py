"""What is taken of the owner's minutes, session by session."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from agent.errors import LiveError
from workbench.public.budget import Budget
from workbench.public.share import MIN_SESSION_SEC, Share

DAY_SEC = 100.0


class FakeTimer:
    """One call that is due some time."""

    def __init__(self, due_sec: float, callback: Callable[[], None]) -> None:
        self.due_sec = due_sec
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None


class FakeTime:
    """An event loop's time that passes when a test says so."""

    def __init__(self) -> None:
        self.sec = 0.0
        self.n_calls = 0
        self._timers: list[FakeTimer] = []

    def time(self) -> float:
        return self.sec

    def call_later(self, delay: float, callback: Callable[[], None], /) -> FakeTimer:
        self._timers.append(FakeTimer(self.sec + delay, callback))
        return self._timers[-1]

    def pass_until(self, sec: float) -> None:
        while due := [each for each in self._timers if each.callback and each.due_sec <= sec]:
            timer = min(due, key=lambda each: each.due_sec)
            self.sec, callback, timer.callback = timer.due_sec, timer.callback, None
            self.n_calls += 1
            assert callback
            callback()
        self.sec = sec


def share_of(budget: Budget, sec: float, time: FakeTime) -> Share:
    reserved = budget.reserve(sec)
    assert reserved
    return Share(budget, reserved, time)


def never() -> None:
    raise AssertionError("this session must not be cut")


def test_a_session_costs_its_seconds_and_something_for_opening(tmp_path: Path) -> None:
    """24 sessions that were stopped at once had cost nothing."""
    time, budget = FakeTime(), Budget(tmp_path / "public.json", DAY_SEC)
    share = share_of(budget, 60, time)
    for duration_sec in (0.0, 1.0, 20.0):
        end = share.begin(never)
        time.sec += duration_sec
        end()
    share.settle()
    assert budget.left_sec == DAY_SEC - 2 * MIN_SESSION_SEC - 20


def test_sessions_at_once_cost_each_of_them(tmp_path: Path) -> None:
    """A run replays two recordings at a time."""
    time, budget = FakeTime(), Budget(tmp_path / "public.json", DAY_SEC)
    share = share_of(budget, 60, time)
    ends = [share.begin(never), share.begin(never)]
    time.sec += 10
    for end in ends:
        end()
    share.settle()
    assert budget.left_sec == DAY_SEC - 20


def test_no_session_opens_beyond_the_share(tmp_path: Path) -> None:
    """However often a lesson reconnects, it costs no more than was reserved."""
    time, budget = FakeTime(), Budget(tmp_path / "public.json", DAY_SEC)
    share = share_of(budget, 12, time)
    share.begin(never)()
    share.begin(never)()
    with pytest.raises(LiveError, match="share of the demo's minutes"):
        share.begin(never)
    share.settle()
    assert budget.left_sec == DAY_SEC - 2 * MIN_SESSION_SEC


def test_the_sessions_are_cut_when_the_share_is_used_up(tmp_path: Path) -> None:
    """A service that never answers must not cost more than was reserved."""
    time, budget = FakeTime(), Budget(tmp_path / "public.json", DAY_SEC)
    share, cuts = share_of(budget, 30, time), []
    ends = [share.begin(partial(cuts.append, n)) for n in (1, 2)]
    time.pass_until(14.9)
    assert cuts == []
    time.pass_until(15.0)
    assert cuts == [1, 2]
    for end in ends:
        end()
    share.settle()
    assert budget.left_sec == pytest.approx(DAY_SEC - 30)


def test_a_session_has_the_seconds_that_its_opening_cost(tmp_path: Path) -> None:
    """The last five seconds of a share are a session's, too."""
    time, cuts = FakeTime(), []
    share = share_of(Budget(tmp_path / "public.json", DAY_SEC), MIN_SESSION_SEC, time)
    share.begin(partial(cuts.append, 1))
    time.pass_until(4.9)
    assert (cuts, time.n_calls) == ([], 0)
    time.pass_until(5.0)
    assert cuts == [1]


def test_what_is_left_comes_back_when_the_last_session_has_closed(tmp_path: Path) -> None:
    """A socket may close after its lesson; and a lesson that is over opens no other."""
    time, budget = FakeTime(), Budget(tmp_path / "public.json", DAY_SEC)
    share = share_of(budget, 60, time)
    end = share.begin(never)
    share.settle()
    assert budget.left_sec == DAY_SEC - 60
    with pytest.raises(LiveError):
        share.begin(never)
    time.sec += 8
    end()
    assert budget.left_sec == DAY_SEC - 8
