"""The tool calls of one session that wait for their responses."""

import asyncio
from collections.abc import Sequence
from itertools import count

from google.genai import types

from agent.local_live.conversation import Written
from agent.local_live.setup import TOOL

MAX_PENDING = 256


class ToolCalls:
    """Issues `write_math` calls and knows which are unanswered."""

    def __init__(self, behavior: types.Behavior | None) -> None:
        self.is_blocking = behavior == types.Behavior.BLOCKING
        self._numbers = count(1)
        self._pending: dict[str, None] = {}
        self._answered = asyncio.Event()

    def issue(self, formulas: Sequence[Written]) -> types.LiveServerToolCall:
        """One call for each formula, all in one message."""
        calls = [
            types.FunctionCall(
                id=f"write-math-{next(self._numbers)}",
                name=TOOL,
                args={"latex": f.latex, "spoken": f.spoken, "speaker": f.speaker},
            )
            for f in formulas
        ]
        self._pending |= {str(call.id): None for call in calls}
        while len(self._pending) > MAX_PENDING:
            del self._pending[next(iter(self._pending))]
        self._answered.clear()
        return types.LiveServerToolCall(function_calls=calls)

    def take(
        self, responses: Sequence[types.FunctionResponse]
    ) -> types.FunctionResponseScheduling | None:
        """How the model must react to these responses; None when not at all."""
        wanted: set[types.FunctionResponseScheduling] = set()
        for response in responses:
            if response.id not in self._pending or response.will_continue:
                continue
            del self._pending[response.id]
            wanted.add(response.scheduling or types.FunctionResponseScheduling.WHEN_IDLE)
        if not self._pending:
            self._answered.set()
        if self.is_blocking:
            return None
        for scheduling in (
            types.FunctionResponseScheduling.INTERRUPT,
            types.FunctionResponseScheduling.WHEN_IDLE,
        ):
            if scheduling in wanted:
                return scheduling
        return None

    async def all_answered(self) -> None:
        """Wait until no call is pending."""
        await self._answered.wait()

    def cancel(self) -> list[str]:
        """The ids of the calls that an interruption takes back: blocking ones."""
        return self.forget() if self.is_blocking else []

    def forget(self) -> list[str]:
        """The ids of the calls that were pending; their responses will mean nothing."""
        ids = list(self._pending)
        self._pending.clear()
        self._answered.set()
        return ids


def broken(call: types.LiveServerToolCall) -> types.LiveServerToolCall:
    """The same calls with arguments that no declaration allows."""
    calls = [
        each.model_copy(update={"args": {"latex": 7, "formula": None}})
        for each in call.function_calls or []
    ]
    return types.LiveServerToolCall(function_calls=calls)
