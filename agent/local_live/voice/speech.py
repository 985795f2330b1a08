"""The tutor's words as sound: sentence by sentence, in parts a client can take."""

import logging
from collections.abc import AsyncIterator

from google.genai import types

from agent.audio import TUTOR_RATE_HZ, Pcm16
from agent.errors import EnvironmentNotReady, LiveError
from agent.local_live.link import Link
from agent.local_live.voice.sentences import split_sentences
from agent.local_live.voice.voice_protocol import Voice

log = logging.getLogger(__name__)
PART_SAMPLES = TUTOR_RATE_HZ // 5  # 200 ms
MIME_TYPE = f"audio/pcm;rate={TUTOR_RATE_HZ}"


class Speech:
    """Says sentences over a link and knows how much it has said."""

    def __init__(self, link: Link, voice: Voice, *, transcribes: bool) -> None:
        self._link = link
        self._voice = voice
        self._transcribes = transcribes
        self._has_voice = True
        self.text = ""
        self.duration_sec = 0.0

    async def say(self, text: str) -> AsyncIterator[None]:
        """Send the words of each sentence and then its sound; gives back after each part.

        Where the voice fails, the log says why, and the rest is words alone.
        """
        for sentence in split_sentences(text):
            words = sentence if not self.text else f" {sentence}"
            self.text += words
            if self._transcribes:
                await self._link.send_content(output_transcription=types.Transcription(text=words))
            async for piece in self._sound(sentence):
                for at in range(0, len(piece.samples), PART_SAMPLES):
                    part = Pcm16(piece.samples[at : at + PART_SAMPLES], piece.sample_rate_hz)
                    await self._send(part)
                    yield

    async def _sound(self, sentence: str) -> AsyncIterator[Pcm16]:
        if not self._has_voice:
            return
        try:
            async for piece in self._voice.speak(sentence):
                yield piece
        except (LiveError, EnvironmentNotReady) as error:
            self._has_voice = False
            log.warning("This answer goes on without sound: %s", error)

    async def _send(self, part: Pcm16) -> None:
        blob = types.Blob(data=part.to_bytes(), mime_type=MIME_TYPE)
        turn = types.Content(role="model", parts=[types.Part(inline_data=blob)])
        await self._link.send_content(model_turn=turn)
        self.duration_sec += part.duration_sec
