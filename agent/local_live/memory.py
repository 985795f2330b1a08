"""What was said in a conversation, and the conversations that can be resumed."""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, replace

MAX_TURNS = 40
MAX_TURN_CHARS = 2_000
MAX_CONVERSATIONS = 256


@dataclass(frozen=True, slots=True)
class Memory:
    """The last turns of a conversation, oldest first, and its last formula in words."""

    turns: tuple[tuple[str, str], ...] = ()
    last_formula: str | None = None

    def add(self, speaker: str, text: str, formula: str | None = None) -> "Memory":
        """This conversation with one more turn, and the formula said in it if any."""
        formula = formula or self.last_formula
        return replace(
            self,
            last_formula=formula,
            turns=(*self.turns, (speaker, text[:MAX_TURN_CHARS]))[-MAX_TURNS:],
        )

    @property
    def n_chars(self) -> int:
        return sum(len(text) for _, text in self.turns)


class Conversations:
    """Conversations by the handle they can be resumed with; the oldest are forgotten."""

    def __init__(self) -> None:
        self._by_handle: OrderedDict[str, Memory] = OrderedDict()

    def save(self, memory: Memory) -> str:
        """A new handle for the conversation as it is now."""
        handle = secrets.token_urlsafe(24)
        self._by_handle[handle] = memory
        if len(self._by_handle) > MAX_CONVERSATIONS:
            self._by_handle.popitem(last=False)
        return handle

    def find(self, handle: str) -> Memory | None:
        return self._by_handle.get(handle)
