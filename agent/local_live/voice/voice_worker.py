"""A process that speaks: `python -m agent.local_live.voice.voice_worker`."""

import numpy as np

from agent.audio import TUTOR_RATE_HZ, Pcm16
from agent.errors import EnvironmentNotReady
from agent.local_live.frames import Frame, refuse_to_start, serve_frames
from agent.voice import Synthesiser

SPEAK = 0  # the only kind of request: UTF-8 text, answered with 24 kHz PCM
AUDIBLE = 300  # of 32767
LEAD_SAMPLES = TUTOR_RATE_HZ // 50  # 20 ms: no word begins abruptly


def main() -> None:
    """Speak until standard input closes."""
    try:
        synthesiser = Synthesiser()
    except EnvironmentNotReady as error:
        refuse_to_start(str(error))
        return

    def answer(request: Frame) -> bytes:
        return _begun(synthesiser.speak(request.payload.decode())).to_bytes()

    serve_frames(answer)


def _begun(sound: Pcm16) -> Pcm16:
    """Without hibari's silence of 0.3 s before the words: somebody waits for them."""
    audible = np.flatnonzero(np.abs(sound.samples.astype(np.int32)) > AUDIBLE)
    begins_at = max(0, audible[0] - LEAD_SAMPLES) if audible.size else 0
    return Pcm16(sound.samples[begins_at:], sound.sample_rate_hz)


if __name__ == "__main__":
    main()
