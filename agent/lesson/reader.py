"""Finds the formulas in words that still grow, beside the event loop."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from agent.lesson.turns import Turns
from agent.transcript import Transcript

READ_EVERY_SEC = 0.2  # as often as one can read; the last words are always read
REST = 3  # times as long as reading took: long words leave three quarters to others
# One thread for all lessons of the process: several would take turns with the event loop.
_THREAD = ThreadPoolExecutor(1, "spoken-maths")


class Reader:
    """Reads the words of `turns` as they come; `tell` gets the transcripts that change."""

    def __init__(self, turns: Turns, tell: Callable[[Transcript], None]) -> None:
        self._turns = turns
        self._tell = tell
        self._news = asyncio.Event()

    def look(self) -> None:
        """There may be new words."""
        self._news.set()

    async def run(self) -> None:
        """Read for as long as the lesson goes on."""
        while True:
            await self._news.wait()
            self._news.clear()
            began_sec = time.monotonic()
            await self.read()
            took_sec = time.monotonic() - began_sec
            await asyncio.sleep(max(READ_EVERY_SEC, REST * took_sec))

    async def read(self) -> None:
        """Read all words that were not read yet."""
        loop = asyncio.get_running_loop()
        for words in self._turns.unread():
            formulas = await loop.run_in_executor(_THREAD, words.formulas)
            for transcript in self._turns.found(words, formulas):
                self._tell(transcript)
