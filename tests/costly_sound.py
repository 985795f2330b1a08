"""Small files that say they hold a great deal of sound, and small files that do."""

import io
import struct

import numpy as np
import soundfile


def silent(rate_hz: int, n_channels: int, n_frames: int, kind: str = "FLAC") -> bytes:
    file = io.BytesIO()
    soundfile.write(file, np.zeros((n_frames, n_channels), np.int16), rate_hz, format=kind)
    return file.getvalue()


def with_length(flac: bytes, n_frames: int) -> bytes:
    """The header's count of samples, 36 bits; 0 says that it is not known."""
    head = int.from_bytes(flac[21:26], "big") >> 36 << 36 | n_frames
    return flac[:21] + head.to_bytes(5, "big") + flac[26:]


def box(kind: bytes, *parts: bytes) -> bytes:
    content = b"".join(parts)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def full_box(kind: bytes, *parts: bytes, flags: int = 0) -> bytes:
    return box(kind, struct.pack(">I", flags), *parts)


def mp4_of_samples(n_samples: int) -> bytes:
    """685 bytes whose index says that there are so many packets of sound."""
    matrix = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    movie = struct.pack(">IIIIIH10x", 0, 0, 1_000, 1_000, 0x10000, 0x100)
    track = struct.pack(">IIIII8xHHHH", 0, 0, 1, 0, 1_000, 0, 0, 0x100, 0)
    decoder = bytes.fromhex("03190000000411401500000000000000000000000005050211900602"[:54])
    sample = struct.pack(">6xH8xHHHHI", 1, 2, 16, 0, 0, 48_000 << 16)
    table = box(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", 1), box(b"mp4a", sample, full_box(b"esds", decoder))),
        full_box(b"stts", struct.pack(">IIIII", 2, n_samples - 1, 1_024, 1, 1_023)),
        full_box(b"stsc", struct.pack(">IIII", 1, 1, n_samples, 1)),
        full_box(b"stsz", struct.pack(">II", 1, n_samples)),
        full_box(b"stco", struct.pack(">II", 1, 8)),
    )
    data = box(b"dinf", full_box(b"dref", struct.pack(">I", 1), full_box(b"url ", flags=1)))
    media = box(
        b"mdia",
        full_box(b"mdhd", struct.pack(">IIIII", 0, 0, 48_000, 48_000, 0)),
        full_box(b"hdlr", bytes(4), b"soun", bytes(12), b"x\0"),
        box(b"minf", full_box(b"smhd", bytes(4)), data, table),
    )
    tracks = box(b"trak", full_box(b"tkhd", track, matrix, bytes(8), flags=3), media)
    head = full_box(b"mvhd", movie, matrix, bytes(24), struct.pack(">I", 2))
    return (
        box(b"ftyp", b"M4A \0\0\0\0M4A mp42isom")
        + box(b"moov", head, tracks)
        + box(b"mdat", bytes(100))
    )


def checksum(page: bytes) -> int:
    """Ogg's CRC-32."""
    crc = 0
    for byte in page:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ 0x104C11DB7) if crc & 0x80000000 else crc << 1
    return crc


def ogg_page(number: int, *packets: bytes) -> bytes:
    lacing = b"".join(bytes([255] * (len(p) // 255) + [len(p) % 255]) for p in packets)
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, 0 if number else 2, 0, 1, number, 0, len(lacing))
    page = head + lacing + b"".join(packets)
    return page[:22] + struct.pack("<I", checksum(page)) + page[26:]


def vorbis_of_books(n_books: int) -> bytes:
    """A header of so many code books, each with four million codes in twelve bytes."""
    packed, at = 0, 0
    book = ((0x564342, 24), (1, 16), (1 << 22, 24), (1, 1), (21, 5), (1 << 22, 23), (0, 4))
    for value, n_bits in ((n_books - 1, 8), *book * n_books):
        packed, at = packed | value << at, at + n_bits
    setup = b"\x05vorbis" + packed.to_bytes(at // 8 + 50, "little")
    about = b"\x01vorbis" + struct.pack("<IBIiiiBB", 0, 1, 16_000, 0, 16_000, 0, 0x88, 1)
    comment = b"\x03vorbis" + bytes(8) + b"\1"
    return ogg_page(0, about) + ogg_page(1, comment, setup)
