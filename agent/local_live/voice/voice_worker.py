"""A process that speaks: `python -m agent.local_live.voice.voice_worker`."""

from agent.audio import TUTOR_RATE_HZ, to_pcm16
from agent.local_live.frames import Frame, serve_frames
from agent.local_live.voice.espeak import Espeak

SPEAK = 0  # the only kind of request: UTF-8 text, answered with 24 kHz PCM


class Speaker:
    """One espeak-ng voice."""

    def __init__(self) -> None:
        self._espeak = Espeak()

    def answer(self, request: Frame) -> bytes:
        """The text as little-endian 16-bit PCM at 24 kHz."""
        samples = self._espeak.synthesise(request.payload.decode())
        return to_pcm16(samples, self._espeak.sample_rate_hz, TUTOR_RATE_HZ).to_bytes()


if __name__ == "__main__":
    serve_frames(Speaker().answer)
