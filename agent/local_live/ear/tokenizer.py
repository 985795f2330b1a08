"""Moonshine's tokens as text."""

from collections.abc import Sequence
from pathlib import Path

from agent.errors import EnvironmentNotReady

BEGIN, END = 1, 2
FIRST_PIECE = 3  # 0 to 2 stand for no text
WORD_START = "▁"
LONG_BYTE = 128  # a length from here on takes two bytes


class Tokenizer:
    """The pieces of text that the tokens stand for, by token number.

    "▁" begins a word. Tokens of single bytes beyond ASCII are no text alone: "\N{REPLACEMENT CHARACTER}".
    """

    def __init__(self, pieces: Sequence[bytes]) -> None:
        self._pieces = tuple(pieces)
        self.texts = tuple(piece.decode("utf-8", "replace") for piece in pieces)

    @classmethod
    def read(cls, path: Path, n_tokens: int) -> "Tokenizer":
        """The pieces of a `tokenizer.bin`. EnvironmentNotReady when it is missing or damaged."""
        try:
            pieces = read_pieces(path.read_bytes(), path)
        except OSError as error:
            raise EnvironmentNotReady(f"{path} can't be read: {error.strerror}.") from error
        if len(pieces) != n_tokens:
            raise damaged(path)
        return cls(pieces)

    def text(self, tokens: Sequence[int]) -> str:
        """The tokens' text, as the model writes it: with case and marks."""
        written = b"".join(self._pieces[token] for token in tokens if token >= FIRST_PIECE)
        return written.decode("utf-8", "replace").replace(WORD_START, " ").strip()


def read_pieces(content: bytes, path: Path) -> list[bytes]:
    """The pieces: each has its length in one byte, or n - 128 + 128 * next in two, before it."""
    pieces: list[bytes] = []
    at = 0
    while at < len(content):
        n_bytes, at = content[at], at + 1
        if n_bytes >= LONG_BYTE and at < len(content):
            n_bytes, at = n_bytes - LONG_BYTE + LONG_BYTE * content[at], at + 1
        if at + n_bytes > len(content):
            raise damaged(path)
        pieces.append(content[at : at + n_bytes])
        at += n_bytes
    return pieces


def damaged(path: Path) -> EnvironmentNotReady:
    """What to raise for a model's file that was cut short."""
    return EnvironmentNotReady(f"{path} is damaged; install its package again.")
