"""The seam between the Live protocol and whatever recognises the speech."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from agent.audio import Pcm16
from agent.spoken import TimedWord, with_pauses


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One recognised word; seconds from the utterance's first sample, confidence in 0..1."""

    text: str
    start_sec: float
    end_sec: float
    confidence: float


@dataclass(frozen=True, slots=True)
class Heard:
    """What one utterance was recognised as.

    `alternatives` are the n-best texts, best first, `text` among them.
    """

    text: str
    words: tuple[HeardWord, ...] = ()
    alternatives: tuple[str, ...] = ()

    @property
    def with_pauses(self) -> str:
        """The text with a comma at each pause between words: what closes a scope in speech."""
        if not self.words:
            return self.text
        return with_pauses([TimedWord(w.text, w.start_sec, w.end_sec) for w in self.words])


class HearingStream(Protocol):
    """One Live session's ear: utterances one after another, each fed and then finished."""

    async def feed(self, chunk: Pcm16) -> str:
        """Take 16 kHz audio; give the whole interim hypothesis of this utterance so far."""
        ...

    async def finish(self) -> Heard:
        """End the utterance and give the final hypothesis; the next feed begins another."""
        ...

    async def aclose(self) -> None:
        """Give the decoder back."""
        ...


class Recogniser(Protocol):
    """Opens one ear for each Live session."""

    async def open(self, hints: Sequence[str] = ()) -> HearingStream:
        """An ear that expects the words of `hints` more than others that sound alike."""
        ...

    async def aclose(self) -> None: ...
