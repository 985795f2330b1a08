"""The seam between the Live protocol and whatever synthesises the tutor's voice."""

from collections.abc import AsyncIterator
from typing import Protocol

from agent.audio import Pcm16


class Voice(Protocol):
    """A synthesiser in a process of its own."""

    def speak(self, text: str) -> AsyncIterator[Pcm16]:
        """Give 24 kHz audio of `text` piece by piece, the first as early as possible."""
        ...

    async def aclose(self) -> None: ...
