"""Moonshine's tokens as text."""

from pathlib import Path

import pytest

from agent.errors import EnvironmentNotReady
from agent.local_live.ear.tokenizer import Tokenizer, read_pieces

SOMEWHERE = Path("tokenizer.bin")
LONG = b"x" * 300


def as_file(*pieces: bytes) -> bytes:
    """The pieces as tokenizer.bin has them."""
    return b"".join(length(len(piece)) + piece for piece in pieces)


def length(n_bytes: int) -> bytes:
    if n_bytes < 128:
        return bytes([n_bytes])
    return bytes([128 + n_bytes % 128, n_bytes // 128])


@pytest.mark.parametrize(
    "pieces",
    [(), (b"",), (b"<unk>", b"<s>", b"</s>", b"a"), (LONG,), (b"a", LONG, b"b"), (b"x" * 128,)],
)
def test_pieces_of_any_length_are_read(pieces: tuple[bytes, ...]) -> None:
    """A piece of 128 bytes or more has its length in two bytes."""
    assert tuple(read_pieces(as_file(*pieces), SOMEWHERE)) == pieces


@pytest.mark.parametrize("content", [b"\x05abc", as_file(b"a", LONG)[:-1], b"\x85", b"\x85\x01abc"])
def test_a_file_that_ends_within_a_piece_is_damaged(content: bytes) -> None:
    """Half a download must not become an ear that hears other words."""
    with pytest.raises(
        EnvironmentNotReady, match=r"tokenizer\.bin is damaged; install its package again"
    ):
        read_pieces(content, SOMEWHERE)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ([3, 4], "two x"),
        ([1, 3, 4, 2], "two x"),  # begin and end are no text
        ([3, 5], "twos"),
        ([6, 7], "\N{GREEK SMALL LETTER PI}"),  # a letter in two bytes
        ([6], "\N{REPLACEMENT CHARACTER}"),  # half of it
        ([], ""),
    ],
)
def test_tokens_join_to_text(tokens: list[int], text: str) -> None:
    """A word's later pieces have no space before them."""
    words = "▁two".encode(), "▁x".encode(), b"s", b"\xcf", b"\x80"
    assert Tokenizer([b"<unk>", b"<s>", b"</s>", *words]).text(tokens) == text
