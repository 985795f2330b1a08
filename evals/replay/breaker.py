"""One gate for all sessions of a run or a grid: closed while the service takes none."""

import asyncio
from collections.abc import Awaitable, Callable

from agent.errors import Remedy
from evals.replay.allowance import MAX_REFUSALS, Allowance
from evals.replay.turn import CONNECTED
from evals.runs.prediction import Prediction


class Breaker:
    """Lets a session begin when `allowance` has room for it, and learns from how it ends."""

    def __init__(self, allowance: Allowance | None = None) -> None:
        self.allowance = allowance or Allowance()
        self._changed = asyncio.Event()

    @property
    def is_hopeless(self) -> bool:
        """Whether the service has refused so many sessions in a row that waiting won't help."""
        return self.allowance.n_refused_in_a_row >= MAX_REFUSALS

    async def replay(self, replay: Callable[[], Awaitable[Prediction]]) -> Prediction:
        """What `replay` gives, begun when a session may begin."""
        clock = asyncio.get_running_loop().time
        await self._room(clock)
        begun_sec = clock()
        self.allowance.begin(begun_sec)
        try:
            prediction = await replay()
            self._learn(prediction, begun_sec, clock())
            return prediction
        finally:
            self.allowance.end(begun_sec)
            self._changed.set()

    async def _room(self, clock: Callable[[], float]) -> None:
        while (wait_sec := self.allowance.wait_sec(clock())) != 0:
            self._changed.clear()
            try:
                async with asyncio.timeout(wait_sec):
                    await self._changed.wait()
            except TimeoutError:
                continue

    def _learn(self, prediction: Prediction, begun_sec: float, now_sec: float) -> None:
        if prediction.remedy is Remedy.PAUSE:
            self.allowance.refuse(begun_sec, now_sec, prediction.retry_after_sec)
        elif CONNECTED in prediction.timings_sec:
            self.allowance.pass_(begun_sec)
