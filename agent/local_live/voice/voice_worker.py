"""A process that speaks: `python -m agent.local_live.voice.voice_worker`."""

from agent.errors import EnvironmentNotReady
from agent.local_live.frames import Frame, refuse_to_start, serve_frames
from agent.voice import Synthesiser

SPEAK = 0  # the only kind of request: UTF-8 text, answered with 24 kHz PCM


def main() -> None:
    """Speak until standard input closes."""
    try:
        synthesiser = Synthesiser()
    except EnvironmentNotReady as error:
        refuse_to_start(str(error))
        return

    def answer(request: Frame) -> bytes:
        return synthesiser.speak(request.payload.decode()).to_bytes()

    serve_frames(answer)


if __name__ == "__main__":
    main()
