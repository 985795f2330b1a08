"""Work that ends together."""

import asyncio

import pytest

from agent.tasks import first_of


async def for_ever() -> None:
    await asyncio.Event().wait()


async def fail() -> None:
    raise ValueError("no")


async def test_the_first_that_ends_ends_the_others() -> None:
    ended = asyncio.Event()

    async def until_cancelled() -> None:
        try:
            await for_ever()
        finally:
            ended.set()

    await first_of(until_cancelled(), asyncio.sleep(0))
    assert ended.is_set()


async def test_the_first_error_comes_out_as_it_is() -> None:
    with pytest.raises(ValueError, match="no"):
        await first_of(for_ever(), fail())


async def test_cleaning_up_is_finished_even_when_cancelled_meanwhile() -> None:
    """A student leaves, and before the lesson's session is closed the job ends too."""
    is_closing, may_close = asyncio.Event(), asyncio.Event()
    closed = asyncio.Event()

    async def lesson() -> None:
        try:
            await for_ever()
        finally:
            is_closing.set()
            await may_close.wait()
            closed.set()

    running = asyncio.create_task(first_of(lesson(), asyncio.sleep(0)))
    await is_closing.wait()
    running.cancel()
    await asyncio.sleep(0)
    may_close.set()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert closed.is_set()
