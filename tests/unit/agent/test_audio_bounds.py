"""Sound made to cost: each file is refused in a sentence, or read within a few megabytes."""

import io
import re
import resource
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
import soundfile

from agent.audio import STUDENT_RATE_HZ, Pcm16, audio_sec, read_audio, wav_bytes, write_wav
from agent.audio.containers import container_of
from agent.errors import AudioFormatError
from tests.costly_sound import mp4_of_samples, silent, vorbis_of_books, with_length

MAX_MEMORY_BYTES = 24_000_000  # of Python and numpy
MAX_GROWTH_KB = 100_000  # of the process; libraries take memory that Python does not see
SDP = b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (silent(655_350, 8, 655_350), "8,000 to 192,000 Hz, got 655,350 Hz"),
        (silent(4_000, 1, 4_000), "got 4,000 Hz"),
        (silent(16_000, 16, 16_000, "WAV"), "1 to 8 channels, got 16"),
        (with_length(silent(48_000, 8, 48_000), 48_000 * 300), "57,600,000 samples"),
        (with_length(silent(8_000, 1, 8_000), 8_000 * 3_600), "600 s of audio, got 3600 s"),
        (silent(16_000, 1, 0, "WAV"), "got an empty one"),
        (mp4_of_samples(170_000_000), "audio: expected"),
        (vorbis_of_books(200), "no decoder reads"),
        (b"ID3\4" + bytes(6) + vorbis_of_books(200), "no decoder reads"),
        (b"ffconcat version 1.0\nfile 'other.wav'\n", "no decoder reads"),
        (b"ID3ffconcat version 1.0\nfile 'other.wav'\n", "no decoder reads"),
        (b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n", "no decoder reads"),
        (SDP, "no decoder reads"),
        (b"\x1a\x45\xdf\xa3" + bytes(100_000), "no decoder reads"),
        (b"OggS" + bytes(100_000), "no decoder reads"),
        (b"\xff\xfb\x90\x00" * 10_000, "no decoder reads"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else len(value),
)
def test_a_file_that_is_made_to_cost_is_refused_for_little(content: bytes, sentence: str) -> None:
    """113 KB of such FLAC took 1.7 GB, 685 bytes of MP4 and 3 KB of Vorbis most of one."""
    before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tracemalloc.start()
    with pytest.raises(AudioFormatError, match=re.escape(sentence)) as refused:
        read_audio(content)
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most_bytes < MAX_MEMORY_BYTES
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < before_kb + MAX_GROWTH_KB
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("duration_sec", "is_known"), [(40, True), (10, False)], ids=["known length", "endless"]
)
def test_much_sound_in_few_bytes_is_mixed_down_as_it_comes(
    duration_sec: int, is_known: bool
) -> None:
    """Forty seconds of 192 kHz have eight million samples; only those of 16 kHz are kept."""
    content = silent(192_000, 1, 192_000 * duration_sec)
    content = content if is_known else with_length(content, 0)
    tracemalloc.start()
    sound = read_audio(content)
    _, most_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sound.duration_sec == pytest.approx(duration_sec, abs=0.001)
    assert audio_sec(content) == pytest.approx(duration_sec, abs=0.001)
    assert most_bytes < MAX_MEMORY_BYTES


def test_values_that_are_no_numbers_are_silent() -> None:
    """One of them would make all of a mixed sound nothing."""
    file = io.BytesIO()
    samples = np.array([np.nan, np.inf, -np.inf, 0.5] * 4_000, dtype=np.float32)
    soundfile.write(file, samples, STUDENT_RATE_HZ, format="WAV", subtype="FLOAT")
    assert read_audio(file.getvalue()).samples[:4].tolist() == [0, 32767, -32768, 16384]


@pytest.mark.parametrize(
    ("demuxer", "content"),
    [("concat", b"ffconcat version 1.0\nfile other.wav\n"), ("sdp", SDP), ("hls", b"#EXTM3U\n")],
)
def test_the_process_of_libav_can_open_nothing(
    tmp_path: Path, demuxer: str, content: bytes
) -> None:
    """The list of kinds keeps such texts out; should one pass, this wall stands behind it."""
    write_wav(tmp_path / "other.wav", Pcm16(np.full(16_000, 99, np.int16), STUDENT_RATE_HZ))
    command = [sys.executable, "-m", "agent.audio.libav_process", demuxer, "16000"]
    began_sec = time.monotonic()
    done = subprocess.run(command, input=content, capture_output=True, cwd=tmp_path, check=False)
    assert not done.stdout.startswith(b"+")
    assert time.monotonic() - began_sec < 15  # an SDP's ports were listened on for 20 s


def test_a_file_is_known_by_how_it_begins() -> None:
    """A name says nothing."""
    found = container_of(wav_bytes(Pcm16(np.zeros(16, np.int16), STUDENT_RATE_HZ)))
    assert found is not None
    assert found.name == "WAV"
    assert container_of(b"\xff\xf1 AAC without a container") is None


@pytest.mark.parametrize("coding", ["PCM_24", "FLOAT", "ULAW", "IMA_ADPCM", "GSM610", "G721_32"])
def test_a_wav_of_any_coding_is_read(coding: str) -> None:
    """In GSM and G.721 one can't seek: a dataset with one such clip ended a run."""
    written = io.BytesIO()
    soundfile.write(written, np.sin(np.arange(8_000) / 5) / 2, 8_000, coding, format="WAV")
    assert read_audio(written.getvalue()).duration_sec == pytest.approx(1, abs=0.05)
    assert audio_sec(written.getvalue()) == pytest.approx(1, abs=0.05)
