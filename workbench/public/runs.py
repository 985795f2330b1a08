"""A visitor's run: a few shipped recordings through the model, gone with the visit."""

import asyncio
import logging
import shutil
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path
from typing import Literal

from agent.errors import LiveError, RunError
from agent.tasks import end_all
from agent.tutor.tutor import Tutor
from evals.analysis.scored_run import ScoredRun, score_run
from evals.dataset.utterances import Dataset
from evals.notation import Katex
from evals.replay.runner import Plan, Progress, run_dataset
from evals.runs.folder import Run, new_run_folder
from workbench.public.engines import Loan
from workbench.shared.places import NoPlaceLeftError
from workbench.shared.wording import without_paths

MAX_CLIPS = 10
AT_A_TIME = 2
BROKE_OFF = "The run broke off. Try again, or with fewer recordings."

log = logging.getLogger(__name__)

RunState = Literal["waiting", "running", "complete", "stopped", "failed"]


def spread_plan(dataset: Dataset, tutor: Tutor, n_clips: int, folder: Path) -> Plan:
    """A run of `n_clips` utterances from all over the dataset, at depth `direct`."""
    if not 1 <= n_clips <= MAX_CLIPS:
        raise RunError(f"Choose from 1 to {MAX_CLIPS} recordings, not {n_clips}.")
    step = max(1, len(dataset.utterances) // n_clips)
    part = replace(dataset, utterances=dataset.utterances[::step][:n_clips])
    target = new_run_folder(folder, dataset.name, tutor.model, tutor.fingerprint)
    return Plan(part, tutor, target, concurrency=AT_A_TIME)


def reserved_sec(n_clips: int) -> float:
    """A run's share of the owner's minutes: clips take six seconds, and some are tried again."""
    return 60.0 + 12.0 * n_clips


class DemoRun:
    """Begins at once and waits for its `turn`; only then it borrows an engine."""

    def __init__(
        self,
        plan: Plan,
        lend: Callable[[], Loan],
        turn: AbstractAsyncContextManager[None],
    ) -> None:
        self.state: RunState = "waiting"
        self.progress = Progress(0, len(plan.utterances), 0, 0, 0, 0)
        self.problem = BROKE_OFF
        self._plan = plan
        self._lend = lend
        self._turn = turn
        self._done: Run | None = None
        self._scored: ScoredRun | None = None
        self._scoring = asyncio.Lock()
        self._task = asyncio.create_task(self._run())

    @property
    def is_over(self) -> bool:
        return self.state in ("complete", "stopped", "failed")

    async def stop(self) -> None:
        """Stop it if it still runs; what it has written is left."""
        await end_all(self._task)
        if not self.is_over:  # it was stopped before it began
            self.state = "stopped"

    async def remove(self) -> None:
        """Stop it, and leave no file of it."""
        await self.stop()
        async with self._scoring:
            self._done = None
            await asyncio.to_thread(shutil.rmtree, self._plan.folder, ignore_errors=True)

    async def scored(self, katex: Katex) -> ScoredRun | None:
        """The run with its scores once it is complete, and as long as it is there."""
        async with self._scoring:
            if self._done is not None and self._scored is None:
                self._scored = await asyncio.to_thread(score_run, self._done, katex)
            return self._scored

    def _note(self, progress: Progress) -> None:
        self.progress = progress

    async def _run(self) -> None:
        try:
            async with self._turn:
                await self._replay()
            self.state = "complete"
        except asyncio.CancelledError:
            self.state = "stopped"
        except (LiveError, NoPlaceLeftError) as error:
            self.problem = without_paths(str(error))
            self.state = "failed"
        except Exception:
            log.exception("a visitor's run failed")
            self.state = "failed"

    async def _replay(self) -> None:
        loan = self._lend()
        self.state = "running"
        try:
            self._done = await run_dataset(self._plan, loan.endpoint, self._note)
        finally:
            loan.settle()
