"""The tutor's words in step with the tutor's voice."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from agent.lesson.audio_io import TutorAudio
from agent.lesson.turns import said_so_far
from agent.transcript import Transcript

STEP_SEC = 0.2

Write = Callable[[Transcript], Awaitable[None]]


class SpokenWords:
    """Passes the tutor's transcripts to `write`, as far as `voice` has said them.

    The service sends words seconds before their sound; readers would see the end of a
    sentence while they hear its beginning.
    """

    def __init__(self, voice: TutorAudio, write: Write) -> None:
        self._voice = voice
        self._write = write
        self._waiting: dict[str, Transcript] = {}  # by segment, not said to the end
        self._n_shown_chars = 0
        self._one_at_a_time = asyncio.Lock()

    async def take(self, transcript: Transcript) -> None:
        """Take the newest transcript of a segment; write it at once if no voice will say it."""
        async with self._one_at_a_time:
            if transcript.segment_id not in self._waiting:
                self._n_shown_chars = 0
            self._waiting[transcript.segment_id] = transcript
            await self._finish()

    async def follow(self) -> None:
        """Write the words as they are said, for the whole lesson."""
        while True:
            await self._voice.has_sound.wait()
            while self._voice.has_sound.is_set():
                await asyncio.sleep(STEP_SEC)
                async with self._one_at_a_time:
                    await self._show()
            async with self._one_at_a_time:
                await self._finish()

    async def _show(self) -> None:
        await self._finish()
        if self._waiting:
            transcript = next(reversed(self._waiting.values()))
            said = said_so_far(transcript.text, self._voice.heard_share)
            if len(said) > self._n_shown_chars:
                self._n_shown_chars = len(said)
                await self._write(replace(transcript, text=said, formulas=(), is_final=False))

    async def _finish(self) -> None:
        """Write what is final and said: all of it between answers, older segments always."""
        newest_id = next(reversed(self._waiting), None)
        for segment_id, transcript in list(self._waiting.items()):
            is_said = not self._voice.has_sound.is_set() or segment_id != newest_id
            if transcript.is_final and is_said:
                del self._waiting[segment_id]
                await self._write(transcript)
