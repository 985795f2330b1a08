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


TAG_HEAD_BYTES = 10


@dataclass(frozen=True, slots=True)
class Container:
    """One kind of file.

    `demuxer` is libav's name of it. `libsndfile` are the names of what libsndfile may take it
    for; empty where it knows none, or may be made to take any amount of memory by its header.
    """

    name: str
    demuxer: str
    is_one: Callable[[bytes], bool]
    libsndfile: frozenset[str] = frozenset()


def _is_mp3(content: bytes) -> bool:
    """A frame of layer III first, or after a tag."""
    at = 0
    if content.startswith(b"ID3") and len(content) > TAG_HEAD_BYTES:
        size = 0
        for byte in content[6:TAG_HEAD_BYTES]:
            size = size << 7 | byte & 0x7F
        at = TAG_HEAD_BYTES + size
    head = content[at : at + 2]
    return len(head) == 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2


CONTAINERS = (
    Container(
        "WAV",
        "wav",
        lambda content: content[:4] in (b"RIFF", b"RF64") and content[8:12] == b"WAVE",
        frozenset(("WAV", "WAVEX", "RF64")),
    ),
    Container("FLAC", "flac", lambda content: content.startswith(b"fLaC"), frozenset(("FLAC",))),
    Container(
        "Opus",
        "ogg",
        lambda content: content.startswith(b"OggS") and content[28:36] == b"OpusHead",
        frozenset(("OGG",)),
    ),
    Container("OGG", "ogg", lambda content: content.startswith(b"OggS")),  # Vorbis and others
    Container("MP3", "mp3", _is_mp3, frozenset(("MP3",))),
    Container("MP3", "mp3", lambda content: content.startswith(b"ID3")),  # after a tag, anything
    Container("MP4", "mov", lambda content: content[4:8] == b"ftyp"),
    Container("WebM", "matroska", lambda content: content.startswith(b"\x1a\x45\xdf\xa3")),
)
NAMES = "WAV, FLAC, OGG, Opus, MP3, MP4 or WebM"


def container_of(content: bytes) -> Container | None:
    """The kind of file that begins so; None for any other, playlists and texts among them."""
    return next((each for each in CONTAINERS if each.is_one(content)), None)


def vorbis_sec(content: bytes) -> float | None:
    """How long an Ogg Vorbis file says that it lasts, at its end; None for any other file."""
    if not content.startswith(b"OggS") or content[28:35] != b"\x01vorbis":
        return None
    rate_hz = int.from_bytes(content[40:44], "little")
    last = content[content.rfind(b"OggS") :]
    n_frames = int.from_bytes(last[6:14], "little", signed=True)
    return n_frames / rate_hz if rate_hz and n_frames > 0 else None
