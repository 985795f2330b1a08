"""One session's utterances on their way through the recogniser."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.local_live.ear.endpointer import MAX_UTTERANCE_SEC
from agent.local_live.ear.recogniser_protocol import Heard, Recogniser
from agent.local_live.refusal import Refusal

BYTES_PER_SEC = 2 * STUDENT_RATE_HZ
FEED_BYTES = BYTES_PER_SEC // 5  # a decoder takes 200 ms about as fast as 20 ms
MAX_PIECES = 20_000
MAX_BYTES = int(MAX_UTTERANCE_SEC * BYTES_PER_SEC)


class Ear:
    """Takes audio at any pace without waiting and reports what is heard, in order.

    Audio waits here while the recogniser works, at most MAX_UTTERANCE_SEC of it.
    `hints` are words to expect; `on_interim` gets hypotheses of the utterance under way, `on_heard` the final one with
    the utterance's length in seconds.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        on_interim: Callable[[str], Awaitable[None]],
        on_heard: Callable[[Heard, float], Awaitable[None]],
        hints: Sequence[str] = (),
    ) -> None:
        self._recogniser = recogniser
        self._on_interim = on_interim
        self._on_heard = on_heard
        self._hints = hints
        self._waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._waiting_bytes = 0
        self.utterance_bytes = 0

    def take(self, pcm: bytes) -> None:
        """Add audio to the utterance under way; Refusal when too much of it waits."""
        self.utterance_bytes += len(pcm)
        self._waiting_bytes += len(pcm)
        if self.utterance_bytes > MAX_BYTES + BYTES_PER_SEC:
            raise Refusal(1007, f"expected at most {MAX_UTTERANCE_SEC:.0f} s in one turn")
        self._put(pcm)

    def end(self) -> None:
        """The utterance is complete."""
        self._put(None)
        self.utterance_bytes = 0

    async def run(self) -> None:
        """Recognise until cancelled."""
        stream = await self._recogniser.open(self._hints)
        duration_sec = 0.0
        try:
            while True:
                pcm, is_end = await self._next_block()
                if pcm:
                    duration_sec += len(pcm) / BYTES_PER_SEC
                    interim = await stream.feed(Pcm16.from_bytes(pcm, STUDENT_RATE_HZ))
                    if not is_end:
                        await self._on_interim(interim)
                if is_end:
                    await self._on_heard(await stream.finish(), duration_sec)
                    duration_sec = 0.0
        finally:
            await stream.aclose()

    def _put(self, pcm: bytes | None) -> None:
        if self._waiting_bytes > MAX_BYTES + BYTES_PER_SEC or self._waiting.qsize() > MAX_PIECES:
            raise Refusal(1011, "audio comes faster than it can be recognised")
        self._waiting.put_nowait(pcm)

    async def _next_block(self) -> tuple[bytes, bool]:
        block = bytearray()
        is_end = False
        while not is_end and len(block) < FEED_BYTES:
            pcm = await self._waiting.get()
            is_end = pcm is None
            block += pcm or b""
        self._waiting_bytes -= len(block)
        return bytes(block), is_end
