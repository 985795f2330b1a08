"""The tutor's words as sound: sentence by sentence, in parts a client can take."""

from collections.abc import AsyncIterator

from google.genai import types

from agent.audio import TUTOR_RATE_HZ, Pcm16
from agent.local_live.link import Link
from agent.local_live.voice.sentences import split_sentences
from agent.local_live.voice.voice_protocol import Voice

PART_SAMPLES = TUTOR_RATE_HZ // 5  # 200 ms
MIME_TYPE = f"audio/pcm;rate={TUTOR_RATE_HZ}"


class Speech:
    """Says sentences over a link and knows how much it has said."""

    def __init__(self, link: Link, voice: Voice, *, transcribes: bool) -> None:
        self._link = link
        self._voice = voice
        self._transcribes = transcribes
        self.text = ""
        self.duration_sec = 0.0

    async def say(self, text: str) -> AsyncIterator[None]:
        """Send the words of each sentence and then its sound; gives back after each part."""
        for sentence in split_sentences(text):
            words = sentence if not self.text else f" {sentence}"
            self.text += words
            if self._transcribes:
                await self._link.send_content(output_transcription=types.Transcription(text=words))
            async for piece in self._voice.speak(sentence):
                for at in range(0, len(piece.samples), PART_SAMPLES):
                    part = Pcm16(piece.samples[at : at + PART_SAMPLES], piece.sample_rate_hz)
                    await self._send(part)
                    yield

    async def _send(self, part: Pcm16) -> None:
        blob = types.Blob(data=part.to_bytes(), mime_type=MIME_TYPE)
        turn = types.Content(role="model", parts=[types.Part(inline_data=blob)])
        await self._link.send_content(model_turn=turn)
        self.duration_sec += part.duration_sec
