"""Audio of any kind comes in as one shape, or is refused in a sentence."""

import io
import math
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest
import soundfile

from agent.audio import (
    MAX_AUDIO_SEC,
    STUDENT_RATE_HZ,
    Pcm16,
    read_audio,
    resample,
    silence,
    to_pcm16,
    write_wav,
)
from agent.errors import AudioFormatError


def tone(rate_hz: int, n_channels: int = 1, duration_sec: float = 0.5) -> npt.NDArray[np.float32]:
    """440 Hz at half of full scale, shape (n_samples, n_channels)."""
    seconds = np.arange(int(rate_hz * duration_sec)) / rate_hz
    wave = (0.5 * np.sin(2 * np.pi * 440 * seconds)).astype(np.float32)
    return np.repeat(wave[:, None], n_channels, axis=1)


def encoded(kind: str, subtype: str | None, rate_hz: int, n_channels: int) -> bytes:
    stream = io.BytesIO()
    soundfile.write(stream, tone(rate_hz, n_channels), rate_hz, format=kind, subtype=subtype)
    return stream.getvalue()


def encoded_by_libav(kind: str, codec: str) -> bytes:
    """What soundfile can't read: AAC in MP4, Opus in Matroska."""
    stream = io.BytesIO()
    with av.open(stream, "w", format=kind) as container:
        track = container.add_stream(codec, rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone(48_000).T.copy(), format="fltp", layout="mono")
        frame.sample_rate = 48_000
        for part in (frame, None):
            for packet in track.encode(part):
                container.mux(packet)
    return stream.getvalue()


def loudness(pcm: Pcm16) -> float:
    """RMS as a share of full scale, the first and last tenth left out."""
    edge = len(pcm.samples) // 10
    return float(np.sqrt(np.mean(np.square(pcm.samples[edge:-edge] / 32768))))


@pytest.mark.parametrize(
    ("kind", "subtype", "rate_hz", "n_channels"),
    [
        ("WAV", "PCM_16", 16_000, 1),
        ("WAV", "PCM_24", 44_100, 2),
        ("WAV", "PCM_U8", 8_000, 1),
        ("WAV", "FLOAT", 48_000, 6),
        ("WAV", "ULAW", 8_000, 1),
        ("FLAC", None, 22_050, 1),
        ("FLAC", None, 96_000, 2),
        ("OGG", "VORBIS", 44_100, 2),
        ("OGG", "OPUS", 48_000, 1),
        ("MP3", None, 44_100, 1),
        ("MP3", None, 24_000, 2),
    ],
)
def test_a_recording_of_any_rate_and_kind_is_read(
    kind: str, subtype: str | None, rate_hz: int, n_channels: int
) -> None:
    """People bring what their recorder wrote."""
    pcm = read_audio(encoded(kind, subtype, rate_hz, n_channels))
    assert (pcm.sample_rate_hz, pcm.samples.dtype) == (STUDENT_RATE_HZ, np.int16)
    assert pcm.duration_sec == pytest.approx(0.5, abs=0.1)
    assert loudness(pcm) == pytest.approx(0.5 / math.sqrt(2), rel=0.1)


@pytest.mark.parametrize(("kind", "codec"), [("mp4", "aac"), ("matroska", "libopus")])
def test_what_only_libav_reads_is_read(kind: str, codec: str) -> None:
    """Telephones and browsers record these."""
    pcm = read_audio(encoded_by_libav(kind, codec))
    assert pcm.duration_sec == pytest.approx(0.5, abs=0.1)
    assert loudness(pcm) == pytest.approx(0.5 / math.sqrt(2), rel=0.15)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "got something no decoder reads"),
        (b"RIFF\x24\x00\x00\x00WAVE", "got something no decoder reads"),
        (b"this is no sound at all" * 50, "got something no decoder reads"),
        (b'{"file_name": "a.wav"}\n', "got something no decoder reads"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "got something no decoder reads"),
        (encoded("WAV", "PCM_16", 16_000, 1)[:44], "got an empty one"),
    ],
)
def test_what_is_no_recording_is_refused(content: bytes, sentence: str) -> None:
    """One sentence, and no traceback of a decoder."""
    with pytest.raises(AudioFormatError, match=sentence):
        read_audio(content)


@pytest.mark.parametrize("kind", ["WAV", "FLAC"])
def test_a_clip_of_an_hour_is_refused_before_it_is_decoded(kind: str) -> None:
    """It would fill the memory, and no Live connection lasts that long."""
    stream = io.BytesIO()
    an_hour = np.zeros(3_600 * 8_000, dtype=np.int16)
    soundfile.write(stream, an_hour, 8_000, format=kind)
    with pytest.raises(AudioFormatError, match=f"at most {MAX_AUDIO_SEC:.0f} s .* got 3600 s"):
        read_audio(stream.getvalue())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Which of a thousand it was."""
    with pytest.raises(AudioFormatError, match=r"gone\.wav: cannot be read \(No such file"):
        read_audio(tmp_path / "gone.wav")


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        (np.array([0, 1, -32768, 32767], dtype=np.int16), [0, 1, -32768, 32767]),
        (np.array([0, 1 << 16, -(1 << 31)], dtype=np.int32), [0, 1, -32768]),
        (np.array([0.0, 0.5, -1.0], dtype=np.float32), [0, 16384, -32768]),
        (np.array([1.0, 7.0, -7.0], dtype=np.float64), [32767, 32767, -32768]),
        (np.array([np.nan, np.inf, -np.inf], dtype=np.float32), [0, 32767, -32768]),
        (np.array([[100, 300], [-100, 100]], dtype=np.int16), [200, 0]),
    ],
)
def test_samples_of_any_type_become_int16(
    samples: npt.NDArray[np.generic], expected: list[int]
) -> None:
    """Peaks are clipped, never wrapped to the other sign."""
    assert to_pcm16(samples, 16_000, 16_000).samples.tolist() == expected


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros((2, 2, 2), dtype=np.int16),
        np.array(0, dtype=np.int16),
        np.zeros(4, dtype=np.uint8),
        np.zeros(4, dtype=np.int64),
        np.zeros(4, dtype=np.complex64),
        np.zeros(4, dtype=bool),
    ],
)
def test_samples_whose_scale_is_a_guess_are_refused(samples: npt.NDArray[np.generic]) -> None:
    """A wrong guess is noise at full volume."""
    with pytest.raises(AudioFormatError, match="expected"):
        to_pcm16(samples, 16_000, 16_000)


@pytest.mark.parametrize(
    "samples",
    [np.zeros((1, 4), dtype=np.int16), np.zeros(4, dtype=np.float32), np.zeros((), np.int16)],
)
def test_pcm16_holds_mono_int16_only(samples: npt.NDArray[np.int16]) -> None:
    """Every module downstream counts on it."""
    with pytest.raises(AudioFormatError, match="expected int16 audio of shape"):
        Pcm16(samples, 16_000)


def test_bytes_come_back_as_they_went() -> None:
    """The Live API speaks little-endian."""
    pcm = Pcm16(np.array([1, -2, 256], dtype=np.int16), 16_000)
    assert pcm.to_bytes() == b"\x01\x00\xfe\xff\x00\x01"
    assert Pcm16.from_bytes(pcm.to_bytes(), 16_000).samples.tolist() == [1, -2, 256]


def test_half_a_sample_is_refused() -> None:
    """Every sample after it would be noise."""
    with pytest.raises(AudioFormatError, match="got 3 bytes"):
        Pcm16.from_bytes(b"abc", 16_000)


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 24_000, 48_000])
def test_resampling_keeps_the_duration(rate_hz: int) -> None:
    """Times of a transcript count seconds, not samples."""
    assert resample(silence(1.0, 16_000), rate_hz).duration_sec == pytest.approx(1.0, abs=0.001)


def test_a_written_file_reads_back_sample_by_sample(tmp_path: Path) -> None:
    """Datasets are written with it and hashed."""
    pcm = to_pcm16(tone(16_000), 16_000, 16_000)
    write_wav(tmp_path / "a.wav", pcm)
    assert np.array_equal(read_audio(tmp_path / "a.wav").samples, pcm.samples)
