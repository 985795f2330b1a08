"""The embedded engine's voice: hibari in a process of its own."""

import logging
import re
from collections.abc import AsyncIterator, Iterator
from types import TracebackType

from agent.audio import TUTOR_RATE_HZ, Pcm16
from agent.errors import EnvironmentNotReady
from agent.local_live.voice.sentences import split_sentences
from agent.local_live.voice.voice_worker import SPEAK
from agent.local_live.worker_process import WorkerProcess

log = logging.getLogger(__name__)
MAX_CHARS = 2_000  # of one answer: about two and a half minutes
MAX_PIECE_CHARS = 160  # eleven seconds, synthesised in about a quarter of a second
MAX_FIRST_CHARS = 30  # the listener waits for the first piece: about two seconds of sound
BREATHS = ".?!;:"  # a sentence, or a part of one that sounds right alone
# Where a speaker may breathe without changing how a formula is understood.
_CLAUSE_END = re.compile(r"(?<=,) | (?=equals | is |and |where |which )|(?<=\bsaid) ")


class HibariVoice:
    """Speaks American English; where it can't, entering logs one sentence that says why."""

    def __init__(self) -> None:
        self._worker = WorkerProcess("agent.local_live.voice.voice_worker")

    async def __aenter__(self) -> "HibariVoice":
        try:
            await self._worker.ensure_running()
        except EnvironmentNotReady as error:
            log.warning("The embedded tutor answers in words alone: %s", error)
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
        """The process that speaks now."""
        return self._worker.pid

    async def speak(self, text: str) -> AsyncIterator[Pcm16]:
        """Give 24 kHz audio of the text, at most MAX_CHARS of it, sentence by sentence.

        A long first sentence is cut at a clause, so that its first sound comes early. Closing
        the iterator stops it. LiveError when the process dies, EnvironmentNotReady when no
        other one starts.
        """
        for piece in split_pieces(text[:MAX_CHARS]):
            pcm = await self._worker.ask(SPEAK, payload=piece.encode("utf-8", "replace"))
            if pcm:
                yield Pcm16.from_bytes(pcm, TUTOR_RATE_HZ)

    async def aclose(self) -> None:
        """End the process."""
        await self._worker.aclose()


def split_pieces(text: str) -> Iterator[str]:
    """The text's sentences, the first cut at a clause if it is long.

    A piece of more than MAX_PIECE_CHARS is cut between words.
    """
    for number, sentence in enumerate(split_sentences(text, BREATHS)):
        rest = sentence.strip()
        if number == 0 and (end := _first_clause_end(rest)):
            yield rest[:end]
            rest = rest[end:].strip()
        while len(rest) > MAX_PIECE_CHARS:
            cut = rest.rfind(" ", 1, MAX_PIECE_CHARS)
            cut = cut if cut > 0 else MAX_PIECE_CHARS
            yield rest[:cut]
            rest = rest[cut:].strip()
        if rest:
            yield rest


def _first_clause_end(sentence: str) -> int:
    """Where the first clause of a long sentence ends, if that is soon; otherwise 0."""
    if len(sentence) <= MAX_FIRST_CHARS:
        return 0
    found = _CLAUSE_END.search(sentence)
    return found.start() if found and found.start() <= MAX_FIRST_CHARS else 0
