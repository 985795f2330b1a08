"""Synthetic students: flite's voices."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.audio import Pcm16, read_audio
from agent.errors import EnvironmentNotReady

VOICES = ("slt", "rms", "awb", "kal16")


def speak(text: str, voice: str) -> Pcm16:
    """The words in one of VOICES at 16 kHz, the same samples each time.

    EnvironmentNotReady when flite isn't installed or can't speak.
    """
    with TemporaryDirectory() as folder:
        sound = Path(folder) / "speech.wav"
        try:
            subprocess.run(["flite", "-voice", voice, "-t", text, "-o", sound], check=True)
        except FileNotFoundError:
            raise EnvironmentNotReady(
                "flite is missing; type: sudo apt-get install flite"
            ) from None
        except subprocess.CalledProcessError as error:
            raise EnvironmentNotReady(f"flite could not speak with the voice {voice}") from error
        return read_audio(sound)
