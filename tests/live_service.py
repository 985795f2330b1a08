"""A Local Live on a thread of its own, and what points a process at it."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from concurrent.futures import Future
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    contextmanager,
)
from typing import TypeVar

from agent.local_live.ear.recogniser_protocol import Recogniser
from agent.local_live.server import LocalLive
from agent.local_live.voice.voice_protocol import Voice
from agent.tutor.endpoint import LiveEndpoint
from tests.forked import ForkServer, Program
from tests.paths import DATASET

N_UTTERANCES = (DATASET / "metadata.jsonl").read_bytes().count(b"\n")
START_SEC = 120.0
COMMAND_SEC = 180.0
SERVICE = (
    "GOOGLE_API_KEY",
    "GEMINI_API_KEY",
    "GOOGLE_GEMINI_BASE_URL",
    "SSL_CERT_FILE",
    "FRONTEND_WEBHOOK_URL",
    "WEBHOOK_SECRET",
    "LIVEKIT_URL",
    "LIVEKIT_API_KEY",
    "LIVEKIT_API_SECRET",
)
Entered = TypeVar("Entered")


@contextmanager
def on_a_thread(entered: AbstractAsyncContextManager[Entered]) -> Iterator[Entered]:
    """`entered` for as long as the block, on an event loop and a thread of its own."""
    ready: Future[Entered] = Future()
    leave = asyncio.Event()
    loop = asyncio.new_event_loop()

    async def hold() -> None:
        try:
            async with entered as value:
                ready.set_result(value)
                await leave.wait()
        except Exception as error:
            if ready.done():
                raise
            ready.set_exception(error)

    thread = threading.Thread(target=lambda: loop.run_until_complete(hold()))
    thread.start()
    try:
        yield ready.result(START_SEC)
    finally:
        loop.call_soon_threadsafe(leave.set)
        thread.join(10)
        loop.close()


def running_local_live(
    recogniser: AbstractAsyncContextManager[Recogniser], voice: Voice, faults: Sequence[str] = ()
) -> AbstractContextManager[LiveEndpoint]:
    """Local Live on a thread of its own."""
    return on_a_thread(_local_live(recogniser, voice, faults))


@asynccontextmanager
async def _local_live(
    recogniser: AbstractAsyncContextManager[Recogniser], voice: Voice, faults: Sequence[str]
) -> AsyncIterator[LiveEndpoint]:
    async with recogniser as ear, LocalLive(ear, voice, faults=faults) as endpoint:
        yield endpoint


def endpoint_environment(endpoint: LiveEndpoint) -> dict[str, str]:
    """What points a workbench at that endpoint, as it would at any other server."""
    return {
        "GOOGLE_API_KEY": endpoint.api_key,
        "GOOGLE_GEMINI_BASE_URL": str(endpoint.base_url),
        "SSL_CERT_FILE": str(endpoint.ca_file),
    }


def environment_without_service() -> dict[str, str]:
    """This process's environment less what would point a child at services."""
    return {name: value for name, value in os.environ.items() if name not in SERVICE}


def evals(forks: ForkServer, *words: str) -> None:
    """`python -m evals WORDS` with the embedded engine, which must end well."""
    process = forks.start(Program(("-m", "evals", *words), environment_without_service()))
    _, errors = process.communicate(COMMAND_SEC)
    assert process.returncode == 0, errors
