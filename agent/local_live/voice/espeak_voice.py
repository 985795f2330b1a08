"""The embedded engine's voice: espeak-ng in a process of its own."""

from collections.abc import AsyncIterator, Iterator
from types import TracebackType

from agent.audio import TUTOR_RATE_HZ, Pcm16
from agent.local_live.voice.sentences import split_sentences
from agent.local_live.voice.voice_worker import SPEAK
from agent.local_live.worker_process import WorkerProcess

MAX_CHARS = 4_000  # of one answer: about five minutes
MAX_PIECE_CHARS = 160  # ten seconds, synthesised in about 40 ms
BREATHS = ".?!;:"  # a sentence, or a part of one that sounds right alone


class EspeakVoice:
    """Speaks American English. Entering raises EnvironmentNotReady when it can't."""

    def __init__(self) -> None:
        self._worker = WorkerProcess("agent.local_live.voice.voice_worker")

    async def __aenter__(self) -> "EspeakVoice":
        await self._worker.ensure_running()
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

        Closing the iterator stops it. LiveError when the process dies.
        """
        for piece in split_pieces(text[:MAX_CHARS]):
            pcm = await self._worker.ask(SPEAK, payload=piece.encode("utf-8", "replace"))
            if pcm:
                yield Pcm16.from_bytes(pcm, TUTOR_RATE_HZ)

    async def aclose(self) -> None:
        """End the process."""
        await self._worker.aclose()


def split_pieces(text: str) -> Iterator[str]:
    """The text's sentences; one of more than MAX_PIECE_CHARS is cut between words."""
    for sentence in split_sentences(text, BREATHS):
        rest = sentence.strip()
        while len(rest) > MAX_PIECE_CHARS:
            cut = rest.rfind(" ", 1, MAX_PIECE_CHARS)
            cut = cut if cut > 0 else MAX_PIECE_CHARS
            yield rest[:cut]
            rest = rest[cut:].strip()
        if rest:
            yield rest
