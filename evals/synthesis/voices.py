"""Synthetic students: hibari's natural voice and flite's robots."""

import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from agent.audio import STUDENT_RATE_HZ, Pcm16, read_audio, resample
from agent.errors import EnvironmentNotReady
from agent.spoken.vocabulary.words import split_words
from agent.voice import HEART, Synthesiser, is_article

SEED = 0  # of the breath in hibari's sound
_ARCTIC = "CMU ARCTIC voice through flite"
# Words that flite mispronounces, as it must be told: it says "uh plus b" and "co-sin".
_FOR_FLITE = {"a": "ay", "cosine": "cosign"}


@dataclass(frozen=True, slots=True)
class Voice:
    """Which synthesiser has this voice, and under which terms its sound is."""

    engine: str
    licence: str


VOICES = {
    HEART: Voice("hibari", "Apache-2.0, hibari's voice heart"),
    "slt": Voice("flite", _ARCTIC),
    "rms": Voice("flite", _ARCTIC),
    "awb": Voice("flite", _ARCTIC),
    "kal16": Voice("flite", "CMU diphone voice through flite"),
}


def full_name(voice: str) -> str:
    """The name with its synthesiser's, as datasets have it: `hibari-heart`."""
    return f"{VOICES[voice].engine}-{voice}"


def speak(text: str, voice: str) -> Pcm16:
    """The words in one of VOICES at 16 kHz, the same samples each time.

    EnvironmentNotReady when its synthesiser isn't installed or can't speak.
    """
    if voice == HEART:
        return resample(_hibari().speak(text, SEED), STUDENT_RATE_HZ)
    return _flite(_for_flite(text), voice)


@cache
def _hibari() -> Synthesiser:
    return Synthesiser()


def _for_flite(text: str) -> str:
    words = split_words(text)
    for at in reversed(range(len(words))):
        if words[at].text in _FOR_FLITE and not is_article(words, at):
            spelling = _FOR_FLITE[words[at].text]
            text = text[: words[at].start] + spelling + text[words[at].end :]
    return text


def _flite(text: str, voice: str) -> Pcm16:
    with TemporaryDirectory() as folder:
        sound = Path(folder) / "speech.wav"
        try:
            subprocess.run(["flite", "-voice", voice, "-t", text, "-o", sound], check=True)
        except FileNotFoundError:
            raise EnvironmentNotReady(
                f"flite is missing; type: sudo apt-get install flite, or use the voice {HEART}"
            ) from None
        except subprocess.CalledProcessError as error:
            raise EnvironmentNotReady(f"flite could not speak with the voice {voice}") from error
        return read_audio(sound)
