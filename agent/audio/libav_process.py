"""`python -m agent.audio.libav_process DEMUXER RATE_HZ`: one recording in, its sound out.

The answer on standard output is "+" and 16-bit mono of that rate, or "-" and the rest of a
sentence that begins with the recording's name. Whatever the process dies of is an answer too.
"""

import io
import os
import resource
import sys

import av

from agent.audio.mixdown import Mixdown
from agent.audio.pcm import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Pcm16, silence
from agent.audio.writing import wav_bytes
from agent.errors import AudioFormatError

MAX_MEMORY_BYTES = 768 * 2**20
MAX_CPU_SEC = 20
NO_LENGTH_BYTES = 2**20  # so much is looked through for what the header does not say
# No decoder but these, no file beside the recording, no network, no other kind of file.
OPTIONS = {
    "codec_whitelist": "aac,alac,flac,mp3,mp3float,opus,vorbis,pcm_alaw,pcm_f32le,pcm_mulaw,"
    "pcm_s16be,pcm_s16le,pcm_s24le,pcm_s32le,pcm_u8",
    "protocol_whitelist": "none",
    "probesize": str(NO_LENGTH_BYTES),
}


def main(demuxer: str, target_rate_hz: int) -> None:
    """Read standard input to its end, then answer."""
    content = sys.stdin.buffer.read()
    _decode(wav_bytes(silence(0.1, STUDENT_RATE_HZ)), "wav", TUTOR_RATE_HZ)  # loads every module
    _shut_in()
    try:
        answer = b"+" + _decode(content, demuxer, target_rate_hz).to_bytes()
    except AudioFormatError as error:
        answer = b"-" + str(error).removeprefix(": ").encode()
    sys.stdout.buffer.write(answer)


def _shut_in() -> None:
    """From here on nothing can be opened, and little can be taken."""
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_SEC, MAX_CPU_SEC))
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    n_open = 1 + os.dup(0)  # the first number that is free
    resource.setrlimit(resource.RLIMIT_NOFILE, (n_open, n_open))


def _decode(content: bytes, demuxer: str, target_rate_hz: int) -> Pcm16:
    mixdown = None
    to_floats = av.AudioResampler(format="fltp")
    with av.open(io.BytesIO(content), mode="r", format=demuxer, options=OPTIONS) as container:
        for decoded in container.decode(audio=0):
            for frame in to_floats.resample(decoded):
                if mixdown is None:
                    n_channels = frame.layout.nb_channels
                    mixdown = Mixdown("", frame.sample_rate, n_channels, target_rate_hz)
                mixdown.add(frame.to_ndarray().T)
    if mixdown is None:
        raise AudioFormatError(": expected a recording, got an empty one; record it again")
    return mixdown.finish()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
