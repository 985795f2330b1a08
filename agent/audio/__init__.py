"""One shape of audio inside the project, and every way in and out of it."""

from agent.audio.containers import AUDIO_TYPES
from agent.audio.mixdown import MAX_AUDIO_SEC
from agent.audio.pcm import (
    STUDENT_RATE_HZ,
    TUTOR_RATE_HZ,
    Int16Samples,
    Pcm16,
    resample,
    silence,
    to_pcm16,
)
from agent.audio.reading import MAX_FILE_BYTES, audio_sec, read_audio, read_recording
from agent.audio.writing import encoded, wav_bytes, write_wav

__all__ = [
    "AUDIO_TYPES",
    "MAX_AUDIO_SEC",
    "MAX_FILE_BYTES",
    "STUDENT_RATE_HZ",
    "TUTOR_RATE_HZ",
    "Int16Samples",
    "Pcm16",
    "audio_sec",
    "encoded",
    "read_audio",
    "read_recording",
    "resample",
    "silence",
    "to_pcm16",
    "wav_bytes",
    "write_wav",
]
