"""Work that goes on beside other work."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from agent.errors import Interrupted

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
Result = TypeVar("Result")


def run_unless_interrupted(work: Coroutine[Any, Any, Result]) -> Result:
    """Run `work` to its end; Ctrl-C, SIGTERM or SIGHUP cancels it and raises Interrupted.

    Later ones are ignored: what ends must be left whole.
    """
    listened = {number: signal.getsignal(number) for number in _heeded()}
    heard: list[int] = []

    async def until_signal() -> Result:
        task, loop = asyncio.ensure_future(work), asyncio.get_running_loop()

        def stop(number: int) -> None:
            heard.append(number)
            for each in listened:
                loop.remove_signal_handler(each)
                signal.signal(each, signal.SIG_IGN)
            task.cancel()

        for number in listened:
            loop.add_signal_handler(number, stop, number)
        return await task

    try:
        return asyncio.run(until_signal())
    finally:
        if heard:
            raise Interrupted(heard[0])
        for number, handler in listened.items():
            signal.signal(number, handler)


@asynccontextmanager
async def beside(*work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Does `work` for as long as the block; what goes wrong in either ends both.

    The error comes out as it is, not in a group.
    """
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in work]
            yield
            await end_all(*tasks)
    except BaseExceptionGroup as group_error:
        raise group_error.exceptions[0] from None


async def first_of(*work: Coroutine[Any, Any, None]) -> None:
    """Does all of `work` until one of it has ended."""
    tasks = [asyncio.create_task(each) for each in work]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        await end_all(*tasks)


async def end_all(*tasks: "asyncio.Future[Any]") -> None:
    """Cancel `tasks` and wait until they have cleaned up, also when cancelled meanwhile.

    Their errors are nobody's any more.
    """
    interruption: asyncio.CancelledError | None = None
    for task in tasks:
        task.cancel()
    while not all(task.done() for task in tasks):
        try:
            await asyncio.wait(tasks)
        except asyncio.CancelledError as error:
            interruption = error
    await asyncio.gather(*tasks, return_exceptions=True)  # which takes their errors
    if interruption is not None:
        raise interruption


async def until_told_to_stop(work: Coroutine[Any, Any, None]) -> None:
    """Do `work` until it has ended, or Ctrl-C, SIGTERM or SIGHUP cancels it."""
    task = asyncio.ensure_future(work)
    for number in _heeded():
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task


def _heeded() -> list[signal.Signals]:
    """Without those that whoever started this program had it ignore, as nohup does."""
    return [number for number in ENDING if signal.getsignal(number) != signal.SIG_IGN]
