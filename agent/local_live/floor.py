"""Who may speak: the tutor's answers, one after another, each of which can be cut."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from agent.local_live.refusal import Refusal

MAX_WAITING = 64


@dataclass(eq=False, slots=True)
class Turn:
    """One answer on its way; it can be cut once `wrote` is set.

    What was heard and written is never lost to an interruption, only speech is.
    """

    wrote: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None
    is_cut: bool = False


class Floor:
    """Gives answers in the order they were started; `on_cut` ends one that was cut short."""

    def __init__(self, tasks: asyncio.TaskGroup, on_cut: Callable[[], Awaitable[None]]) -> None:
        self._tasks = tasks
        self._on_cut = on_cut
        self._speaking = asyncio.Lock()
        self._cutting = asyncio.Lock()
        self._turns: list[Turn] = []

    def start(self, give: Callable[[Turn], Awaitable[None]]) -> None:
        """Give this answer when those before it are done."""
        if len(self._turns) >= MAX_WAITING:
            raise Refusal(1011, "turns come faster than they can be answered")
        turn = Turn()
        self._turns.append(turn)
        turn.task = self._tasks.create_task(self._give(give, turn))

    async def cut(self) -> bool:
        """End all answers under way; true when one was cut short."""
        was_cut = False
        async with self._cutting:
            for turn in list(self._turns):
                await turn.wrote.wait()
                turn.is_cut = True
                if turn.task is not None and turn.task.cancel():
                    await asyncio.wait([turn.task])
                    was_cut |= turn.task.cancelled()
        return was_cut

    async def _give(self, give: Callable[[Turn], Awaitable[None]], turn: Turn) -> None:
        try:
            async with self._speaking:
                try:
                    await give(turn)
                except asyncio.CancelledError:
                    if turn.is_cut:
                        await self._on_cut()
                    raise
        finally:
            turn.wrote.set()
            self._turns.remove(turn)
