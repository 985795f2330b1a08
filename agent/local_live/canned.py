"""An ear and a voice that cost nothing: what is heard is known, what is said is silence."""

import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16, silence
from agent.local_live.ear.recogniser_protocol import Heard

WORDS_PER_SEC = 3.0


def audio_key(pcm: Pcm16) -> str:
    """Names an utterance by its samples: SHA-256 of the little-endian PCM, hexadecimal."""
    return hashlib.sha256(pcm.to_bytes()).hexdigest()


class CannedRecogniser:
    """Hears what it was told to hear, whatever is said.

    `answers` is one text for every utterance; or texts in the order of the utterances of
    all sessions together, the last one for all that follow; or texts by `audio_key` of the
    whole utterance, nothing for others.
    """

    def __init__(self, answers: str | Sequence[str] | Mapping[str, str]) -> None:
        self._by_audio = answers if isinstance(answers, Mapping) else None
        self._in_order: list[str] = []
        if not isinstance(answers, Mapping):
            self._in_order = [answers] if isinstance(answers, str) else list(answers)

    async def __aenter__(self) -> "CannedRecogniser":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def open(self, hints: Sequence[str] = ()) -> "CannedStream":
        return CannedStream(self)

    async def aclose(self) -> None:
        """Nothing to give back."""

    def expected(self) -> str:
        """The words of the utterance under way; empty when they depend on its audio."""
        return self._in_order[0] if self._in_order else ""

    def heard(self, utterance: Sequence[Pcm16]) -> str:
        """The words of a finished utterance."""
        if self._by_audio is not None:
            digest = hashlib.sha256()
            for pcm in utterance:
                digest.update(pcm.to_bytes())
            return self._by_audio.get(digest.hexdigest(), "")
        return self._in_order.pop(0) if len(self._in_order) > 1 else self.expected()


class CannedStream:
    """Reveals the words at three a second of audio."""

    def __init__(self, recogniser: CannedRecogniser) -> None:
        self._recogniser = recogniser
        self._utterance: list[Pcm16] = []
        self._n_samples = 0

    async def feed(self, chunk: Pcm16) -> str:
        self._utterance.append(chunk)
        self._n_samples += len(chunk.samples)
        n_words = int(self._n_samples / STUDENT_RATE_HZ * WORDS_PER_SEC)
        return " ".join(self._recogniser.expected().split()[:n_words])

    async def finish(self) -> Heard:
        text = self._recogniser.heard(self._utterance)
        self._utterance, self._n_samples = [], 0
        return Heard(text, alternatives=(text,))

    async def aclose(self) -> None:
        """Nothing to give back."""


class SilentVoice:
    """Says everything in a short silence."""

    def __init__(self, duration_sec: float = 0.1) -> None:
        self._duration_sec = duration_sec

    async def __aenter__(self) -> "SilentVoice":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def speak(self, text: str) -> AsyncIterator[Pcm16]:
        """One piece of silence at 24 kHz, the same for any text."""
        yield silence(self._duration_sec, TUTOR_RATE_HZ)

    async def aclose(self) -> None:
        """Nothing to give back."""
