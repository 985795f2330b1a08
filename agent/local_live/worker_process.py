"""One worker process: started, asked, started again when it died, and ended for certain."""

import asyncio
import contextlib
import logging
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from types import TracebackType

from agent.errors import EnvironmentNotReady, LiveError
from agent.local_live.frames import DONE, HEAD, MAX_PAYLOAD_BYTES, READY, Frame

log = logging.getLogger(__name__)
START_TIMEOUT_SEC = 60.0
STOP_TIMEOUT_SEC = 2.0

Replies = deque[asyncio.Future[Frame]]


class WorkerProcess:
    """Runs `python -m module arguments` and answers requests through its pipes.

    `generation` counts how often it was started: what a worker knew is gone with it.
    Entering raises EnvironmentNotReady when it doesn't start, or says why it can't.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = (sys.executable, "-m", module, *arguments)
        self._module = module
        self._starting = asyncio.Lock()
        self._process: Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._awaited: Replies = deque()
        self._is_closed = False
        self.generation = 0

    async def __aenter__(self) -> "WorkerProcess":
        await self.ensure_running()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    @property
    def pid(self) -> int | None:
        """The process that answers now."""
        return self._process.pid if self._process else None

    @property
    def is_running(self) -> bool:
        """Whether the process can answer."""
        return self._reading is not None and not self._reading.done()

    async def ensure_running(self) -> None:
        """Start the process where it isn't running."""
        async with self._starting:
            if self.is_running:
                return
            if self._is_closed:
                raise LiveError("The embedded engine is shutting down.", 1011)
            if self._process is not None:
                log.warning("%s (process %d) died; starting another", self._module, self.pid)
            await self._end()
            self._process = await asyncio.create_subprocess_exec(
                *self._command, stdin=PIPE, stdout=PIPE, stderr=None, start_new_session=True
            )
            self.generation += 1
            self._awaited = deque([asyncio.get_running_loop().create_future()])
            ready = self._awaited[0]
            self._reading = asyncio.create_task(self._read(self._process, self._awaited))
            try:
                async with asyncio.timeout(START_TIMEOUT_SEC):
                    first = await ready
            except (LiveError, TimeoutError):
                await self._end()
                raise EnvironmentNotReady(
                    f"{self._module} did not start; its own message is on standard error."
                ) from None
            except asyncio.CancelledError:
                await self._end()
                raise
            if first.kind != READY:
                await self._end()
                raise EnvironmentNotReady(first.payload.decode())

    async def ask(self, kind: int, stream: int = 0, payload: bytes = b"") -> bytes:
        """The worker's answer. LiveError when it refuses, or dies before it answers."""
        await self.ensure_running()
        process = self._process
        if process is None or process.stdin is None:
            raise LiveError("The embedded engine is shutting down.", 1011)
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._awaited.append(answer)
        process.stdin.write(Frame(kind, stream, payload).to_bytes())
        with contextlib.suppress(ConnectionError):  # then reading ends, and says so
            await process.stdin.drain()
        frame = await answer
        if frame.kind != DONE:
            raise LiveError(frame.payload.decode(), 1011)
        return frame.payload

    async def aclose(self) -> None:
        """End the process; nothing can be asked afterwards."""
        self._is_closed = True
        await self._end()

    async def _read(self, process: Process, awaited: Replies) -> None:
        """Give out replies until the process ends."""
        try:
            while (frame := await _read_frame(process)) is not None:
                answer = awaited.popleft()
                if not answer.done():  # its asker may have been cancelled
                    answer.set_result(frame)
        finally:
            for answer in awaited:
                if not answer.done():
                    answer.set_exception(
                        LiveError("The embedded engine's worker process died; try again.", 1011)
                    )

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(STOP_TIMEOUT_SEC):
                await process.wait()
        except TimeoutError:
            log.warning("%s did not end by itself and was killed", self._module)
            process.kill()
            await process.wait()
        except asyncio.CancelledError:
            process.kill()
            raise
        finally:
            if self._reading is not None:
                await asyncio.wait([self._reading])


async def _read_frame(process: Process) -> Frame | None:
    if process.stdout is None:
        return None
    try:
        kind, stream, n_bytes = HEAD.unpack(await process.stdout.readexactly(HEAD.size))
        if n_bytes > MAX_PAYLOAD_BYTES:
            return None
        return Frame(kind, stream, await process.stdout.readexactly(n_bytes))
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
