"""Sound as the content of a file."""

import io
from pathlib import Path

import soundfile

from agent.audio.pcm import Pcm16
from agent.files import replace_file


def encoded(pcm: Pcm16, container: str, subtype: str) -> bytes:
    """A file's content; container and subtype as libsndfile calls them."""
    buffer = io.BytesIO()
    soundfile.write(buffer, pcm.samples, pcm.sample_rate_hz, format=container, subtype=subtype)
    return buffer.getvalue()


def wav_bytes(pcm: Pcm16) -> bytes:
    """A WAV file's content, 16 bits."""
    return encoded(pcm, "WAV", "PCM_16")


def write_wav(path: Path, pcm: Pcm16) -> None:
    """Write 16-bit mono WAV."""
    replace_file(path, wav_bytes(pcm))
