"""The files of sound that are read: each known by how it begins, whatever it is called."""

from collections.abc import Callable
from dataclasses import dataclass

# Files of recordings that are read as they are and that every browser plays.
AUDIO_TYPES = {
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp3": "audio/mpeg",
}


@dataclass(frozen=True, slots=True)
class Container:
    """One kind of file.

    `demuxer` is libav's name of it; `libsndfile` are libsndfile's, empty where it knows none.
    """

    name: str
    demuxer: str
    begins: Callable[[bytes], bool]
    libsndfile: frozenset[str] = frozenset()


def _is_mp3(head: bytes) -> bool:
    """A tag, or a frame of layer III."""
    is_frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return head.startswith(b"ID3") or is_frame


CONTAINERS = (
    Container(
        "WAV",
        "wav",
        lambda head: head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE",
        frozenset(("WAV", "WAVEX", "RF64")),
    ),
    Container("FLAC", "flac", lambda head: head.startswith(b"fLaC"), frozenset(("FLAC",))),
    Container("OGG", "ogg", lambda head: head.startswith(b"OggS"), frozenset(("OGG",))),
    Container("MP3", "mp3", _is_mp3, frozenset(("MP3",))),
    Container("MP4", "mov", lambda head: head[4:8] == b"ftyp"),
    Container("WebM", "matroska", lambda head: head.startswith(b"\x1a\x45\xdf\xa3")),
)
NAMES = "WAV, FLAC, OGG, Opus, MP3, MP4 or WebM"


def container_of(content: bytes) -> Container | None:
    """The kind of file that begins so; None for any other, playlists and texts among them."""
    return next((each for each in CONTAINERS if each.begins(content[:12])), None)
