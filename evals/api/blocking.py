"""Asynchronous work for those who only wait for it."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress

Work = Coroutine[object, object, None]
LOOK_SEC = 0.2
Running = tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]


def finish(work: Work) -> None:
    """Do it to its end, on a thread of its own: a notebook's thread has a running loop.

    Interrupted (Ctrl-C, a notebook's stop button), the work is cancelled and may clean up.
    """
    begun: Future[Running] = Future()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(bool).result()  # an interrupt while the thread begins would leave it unknown
        try:
            outcome = pool.submit(_run, work, begun)
            while not outcome.done():  # a signal just before a wait begins ends no wait
                wait([outcome], LOOK_SEC)
            outcome.result()
        except KeyboardInterrupt:
            loop, task = begun.result()
            with suppress(RuntimeError):  # it has ended meanwhile
                loop.call_soon_threadsafe(task.cancel)
            raise


def _run(work: Work, begun: Future[Running]) -> None:
    with asyncio.Runner() as runner:
        loop = runner.get_loop()
        task = loop.create_task(work)
        begun.set_result((loop, task))
        loop.run_until_complete(task)
