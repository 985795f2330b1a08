"""A room's text streams are read up to a bound: their writers are strangers."""

from collections.abc import AsyncIterator

import pytest

from agent.rooms import protocol
from agent.rooms.text import read_text


class Stream:
    """Gives chunks for ever, as a participant might."""

    def __init__(self, chunk: str) -> None:
        self._chunk = chunk
        self.n_given = 0
        self.is_closed = False

    async def __aiter__(self) -> AsyncIterator[str]:
        while not self.is_closed:
            self.n_given += 1
            yield self._chunk

    def close(self) -> None:
        self.is_closed = True


async def test_a_text_without_end_is_read_to_the_bound() -> None:
    """One character more, so that the reader sees that it is too long."""
    stream = Stream("x" * 1_000)
    assert await read_text(stream, 2_000) == "x" * 2_001  # type: ignore[arg-type]
    assert (stream.n_given, stream.is_closed) == (3, True)


@pytest.mark.parametrize("latex", ["[" * 100_000, "[NaN]", "{", '{"a": 1}', "7", "null"])
def test_a_header_that_holds_no_list_holds_no_formula(latex: str) -> None:
    """Attributes come from whoever is in the room; deep brackets ended the reader."""
    assert protocol.transcript_of("x", {protocol.LATEX: latex}).formulas == ()
