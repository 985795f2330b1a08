"""A visitor's run: a few shipped recordings through the model, gone with the visit."""

import asyncio
import logging
from dataclasses import replace
from pathlib import Path
from typing import Literal

from agent.errors import RunError
from agent.tutor.tutor import Tutor
from evals.analysis.scored_run import ScoredRun, score_run
from evals.dataset.utterances import Dataset
from evals.notation import Katex
from evals.replay.runner import Plan, Progress, run_dataset
from evals.runs.folder import Run, new_run_folder
from workbench.public.engines import Engines, Loan

MAX_CLIPS = 10
AT_A_TIME = 2
PAID_SEC_PER_CLIP = 12.0  # of the owner's minutes: a clip and its answer
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


class DemoRun:
    """Begins at once and waits for its turn; `turn` is held by the one that runs."""

    def __init__(self, plan: Plan, loan: Loan, engines: Engines, turn: asyncio.Lock) -> None:
        self.state: RunState = "waiting"
        self.progress = Progress(0, len(plan.utterances), 0, 0, 0)
        self._plan = plan
        self._loan = loan
        self._engines = engines
        self._turn = turn
        self._done: Run | None = None
        self._scored: ScoredRun | None = None
        self._task = asyncio.create_task(self._run())

    @property
    def is_over(self) -> bool:
        return self.state in ("complete", "stopped", "failed")

    async def stop(self) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    def scored(self, katex: Katex) -> ScoredRun | None:
        """The run with its scores once it is over; takes a moment: to be called in a thread."""
        if self._done is not None and self._scored is None:
            self._scored = score_run(self._done, katex)
        return self._scored

    def _note(self, progress: Progress) -> None:
        self.progress = progress

    async def _run(self) -> None:
        try:
            async with self._turn:
                self.state = "running"
                self._done = await run_dataset(self._plan, self._loan.endpoint, self._note)
                self.state = "complete"
        except asyncio.CancelledError:
            self.state = "stopped"
        except Exception:
            log.exception("a visitor's run failed")
            self.state = "failed"
        finally:
            self._engines.settle(self._loan, self.progress.done * PAID_SEC_PER_CLIP)
