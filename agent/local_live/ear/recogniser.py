"""The embedded engine's ear: Moonshine in worker processes."""

import asyncio
import contextlib
import json
import os
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import count
from types import TracebackType

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.errors import AudioFormatError, EnvironmentNotReady, LiveError
from agent.local_live.ear.decoder_worker import CLOSE, FEED, FINISH, OPEN
from agent.local_live.ear.moonshine import installed_model
from agent.local_live.ear.recogniser_protocol import Heard, HeardWord
from agent.local_live.ear.token_model import ensure_built
from agent.local_live.worker_process import WorkerProcess

MAX_WORKERS = 2
BLOCK_SAMPLES = 5 * STUDENT_RATE_HZ  # so that no stream keeps the others waiting long


class MoonshineRecogniser:
    """Recognises spoken mathematics and plain English, several people at once.

    Decoding holds the GIL between steps, so it happens in worker processes, at most one for
    each core. Entering builds the language model where it isn't cached yet, and raises
    EnvironmentNotReady when that fails or onnxruntime or a model is missing.
    """

    def __init__(self) -> None:
        self._workers: list[WorkerProcess] = []
        self._n_streams: dict[WorkerProcess, int] = {}
        self._numbers = count(1)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "MoonshineRecogniser":
        await ensure_built(installed_model())
        for _ in range(min(MAX_WORKERS, os.cpu_count() or 1)):
            worker = WorkerProcess("agent.local_live.ear.decoder_worker")
            self._stack.push_async_callback(worker.aclose)
            self._workers.append(worker)
        try:
            async with asyncio.TaskGroup() as tasks:
                for worker in self._workers:
                    tasks.create_task(worker.ensure_running())
        except* EnvironmentNotReady as errors:
            await self.aclose()
            raise errors.exceptions[0] from None
        self._n_streams = dict.fromkeys(self._workers, 0)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def open(self, hints: Sequence[str] = ()) -> "MoonshineStream":
        """An ear in the process with the fewest. LiveError when too many people talk."""
        worker = min(self._workers, key=self._n_streams.__getitem__)
        stream = MoonshineStream(worker, next(self._numbers), self._n_streams, hints)
        await stream.open()
        return stream

    async def aclose(self) -> None:
        """End the worker processes."""
        await self._stack.aclose()


class MoonshineStream:
    """One person's ear. LiveError when its process dies: that costs the utterance."""

    def __init__(
        self,
        worker: WorkerProcess,
        number: int,
        n_streams: dict[WorkerProcess, int],
        hints: Sequence[str] = (),
    ) -> None:
        self._worker = worker
        self._number = number
        self._n_streams = n_streams
        self._hints = json.dumps(list(hints)).encode()
        self._generation = 0
        self._is_open = False
        self._has_audio = False
        self._interim = ""

    async def open(self) -> None:
        """Take a place in the process."""
        self._n_streams[self._worker] += 1
        self._is_open = True
        try:
            await self._ensure_place()
        except BaseException:
            self._leave()
            raise

    async def feed(self, chunk: Pcm16) -> str:
        """Take 16 kHz audio of any length; give the words of this utterance so far."""
        if chunk.sample_rate_hz != STUDENT_RATE_HZ:
            raise AudioFormatError(
                f"expected audio at {STUDENT_RATE_HZ} Hz, got {chunk.sample_rate_hz} Hz; "
                "convert it with resample()"
            )
        for at in range(0, len(chunk.samples), BLOCK_SAMPLES):
            block = Pcm16(chunk.samples[at : at + BLOCK_SAMPLES], STUDENT_RATE_HZ)
            self._interim = (await self._ask(FEED, block.to_bytes())).decode()
        return self._interim

    async def finish(self) -> Heard:
        """End the utterance; the next feed begins another."""
        fields = json.loads(await self._ask(FINISH))
        self._has_audio, self._interim = False, ""
        return Heard(
            fields["text"],
            tuple(HeardWord(**word) for word in fields["words"]),
            tuple(fields["alternatives"]),
        )

    async def aclose(self) -> None:
        """Give the place back."""
        if self._is_open:
            self._leave()
            if self._generation == self._worker.generation:
                with contextlib.suppress(LiveError):  # then the place is gone anyway
                    await self._worker.ask(CLOSE, self._number)

    def _leave(self) -> None:
        self._is_open = False
        self._n_streams[self._worker] -= 1

    async def _ask(self, kind: int, payload: bytes = b"") -> bytes:
        await self._ensure_place()
        had_audio, self._has_audio = self._has_audio, False
        answer = await self._worker.ask(kind, self._number, payload)
        self._has_audio = had_audio or kind == FEED
        return answer

    async def _ensure_place(self) -> None:
        await self._worker.ensure_running()
        generation = self._worker.generation
        if self._generation == generation:
            return
        await self._worker.ask(OPEN, self._number, self._hints)
        self._generation = generation
        if self._has_audio:
            self._has_audio = False
            raise LiveError("The recogniser died in the middle of this utterance; say it again.")
