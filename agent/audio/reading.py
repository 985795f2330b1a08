"""Recordings from outside: bounded before they are decoded, and while they are."""

import io
import time
from pathlib import Path

import soundfile

from agent.audio.apart import decode_apart
from agent.audio.containers import NAMES, Container, container_of, vorbis_sec
from agent.audio.mixdown import MAX_AUDIO_SEC, Mixdown, check_length, check_shape
from agent.audio.pcm import STUDENT_RATE_HZ, Pcm16
from agent.errors import AudioFormatError
from agent.files import read_file

MAX_FILE_BYTES = 120_000_000  # ten minutes of 48 kHz stereo
BLOCK_FRAMES = 1 << 16
DECODE_SEC = 20.0  # of this thread's own time: ten minutes of 48 kHz stereo take two
# Of soundfile and libsndfile: then libav may try.
UNREADABLE = (soundfile.SoundFileError, ValueError, OverflowError)
UNKNOWN_FRAMES = 2**63 - 1  # libsndfile's word for a stream that does not say its length


def read_recording(path: Path, below: Path | None = None) -> bytes:
    """A recording's file; AudioFormatError when it can't be read.

    With `below` no link may lead from that folder to it.
    """
    try:
        return read_file(path, MAX_FILE_BYTES, below=below)
    except OSError as error:
        raise AudioFormatError(f"{path.name}: cannot be read ({error.strerror})") from error


def read_audio(
    source: Path | bytes, target_rate_hz: int = STUDENT_RATE_HZ, *, name: str = "audio"
) -> Pcm16:
    """Decode WAV, FLAC, OGG, Opus, MP3, MP4 or WebM to mono int16.

    Raises AudioFormatError, beginning with the file's name or `name`, for what is unreadable,
    empty, or too much: longer than MAX_AUDIO_SEC, of another rate or more channels than
    recorders of speech write.
    """
    if isinstance(source, Path):
        content, name = read_recording(source), source.name
    else:
        content = source
    container = _known(content, name)
    if container.libsndfile:
        try:
            return _decoded(content, container, name, target_rate_hz)
        except UNREADABLE:
            pass
    return decode_apart(content, container, name, target_rate_hz)


def audio_sec(content: bytes, *, name: str = "audio") -> float:
    """How long a recording lasts, from its header where that says so; raises as `read_audio`."""
    container = _known(content, name)
    if container.libsndfile:
        try:
            with _headed(content, container, name) as sound:
                if sound.frames != UNKNOWN_FRAMES:
                    return float(sound.frames / sound.samplerate)
        except UNREADABLE:
            pass
    said_sec = vorbis_sec(content)
    if said_sec is not None and said_sec <= MAX_AUDIO_SEC:
        return said_sec
    return decode_apart(content, container, name, STUDENT_RATE_HZ).duration_sec


def _known(content: bytes, name: str) -> Container:
    container = container_of(content)
    if container is None:
        raise AudioFormatError(
            f"{name}: expected {NAMES}, got something no decoder reads; convert it to one of these"
        )
    return container


def _headed(content: bytes, container: Container, name: str) -> soundfile.SoundFile:
    """An open file whose header promises nothing out of bounds."""
    sound = soundfile.SoundFile(io.BytesIO(content))
    if sound.format not in container.libsndfile:
        raise soundfile.LibsndfileError(1)
    check_shape(name, sound.samplerate, sound.channels)
    if sound.frames != UNKNOWN_FRAMES:
        check_length(name, sound.frames, sound.samplerate, sound.channels)
    return sound


def _decoded(content: bytes, container: Container, name: str, target_rate_hz: int) -> Pcm16:
    until_sec = time.thread_time() + DECODE_SEC
    with _headed(content, container, name) as sound:
        mixdown = Mixdown(name, sound.samplerate, sound.channels, target_rate_hz)
        # Not `blocks`, which can't read where one can't seek: GSM, G.721.
        while len(block := sound.read(BLOCK_FRAMES, dtype="float32", always_2d=True)):
            mixdown.add(block)
            if time.thread_time() > until_sec:
                raise AudioFormatError(
                    f"{name}: takes more than {DECODE_SEC:.0f} s to decode; save it as WAV"
                )
        return mixdown.finish()
