"""One gate for all sessions: it opens for those that wait as soon as there is room."""

import asyncio

import pytest

from agent.errors import Remedy
from evals.replay.allowance import Allowance
from evals.replay.breaker import Breaker
from evals.replay.turn import CONNECTED
from evals.runs.prediction import Prediction

OK = Prediction("ok", "x", timings_sec={CONNECTED: 0.1})
REFUSED = Prediction("failed", error="no", remedy=Remedy.PAUSE, retry_after_sec=0.0)


async def test_no_more_run_at_a_time_than_the_service_takes() -> None:
    """The others begin when one ends, in whichever way."""
    breaker = Breaker(Allowance(at_a_time=2))
    running, most = 0, 0
    may_end, both_run = asyncio.Event(), asyncio.Event()

    async def session() -> Prediction:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == 2:
            both_run.set()
        await may_end.wait()
        running -= 1
        return OK

    async with asyncio.TaskGroup() as tasks:
        done = [tasks.create_task(breaker.replay(session)) for _ in range(6)]
        await both_run.wait()
        may_end.set()
    assert [task.result() for task in done] == [OK] * 6
    assert most == 2


async def test_a_session_that_is_cancelled_gives_its_place_back() -> None:
    """Ctrl-C must not leave the next run of a grid waiting."""
    breaker = Breaker(Allowance(at_a_time=1))
    has_begun = asyncio.Event()

    async def endless() -> Prediction:
        has_begun.set()
        await asyncio.Event().wait()
        return OK

    async def short() -> Prediction:
        return OK

    task = asyncio.create_task(breaker.replay(endless))
    await has_begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await breaker.replay(short) == OK


async def test_refusals_without_end_are_hopeless_until_a_session_passes() -> None:
    """A quota that is not renewed within a minute is another one's to mend."""
    breaker = Breaker()

    async def refused() -> Prediction:
        return REFUSED

    async def taken() -> Prediction:
        return OK

    n_refused = 0
    while not breaker.is_hopeless:
        await breaker.replay(refused)
        n_refused += 1
    assert n_refused == 7
    await breaker.replay(taken)
    assert not breaker.is_hopeless
