"""Runs that belong to the server: one at a time, the others wait in line, none ends with a tab."""

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from agent.errors import SpokenMathsError
from agent.tutor.endpoint import LiveEndpoint
from evals.replay.breaker import Breaker
from evals.replay.runner import Plan, Progress, run_dataset

log = logging.getLogger(__name__)
MAX_JOBS = 20

JobState = Literal["waiting", "running", "complete", "stopped", "failed"]


@dataclass(slots=True)
class Job:
    """One run, from the moment it is asked for; `problem` says why it failed."""

    plan: Plan
    resume: bool
    retry_failed: bool = False
    state: JobState = "waiting"
    progress: Progress = field(default_factory=lambda: Progress(0, 0, 0, 0, 0, 0))
    problem: str = ""
    began_sec: float = 0.0
    n_before: int | None = None

    @property
    def run_id(self) -> str:
        """The name of its run folder."""
        return self.plan.folder.name

    @property
    def is_over(self) -> bool:
        return self.state in ("complete", "stopped", "failed")

    @property
    def per_sec(self) -> float | None:
        """Utterances a second since it began; None before the first."""
        n_new = self.progress.done - (self.n_before or 0)
        passed_sec = time.monotonic() - self.began_sec
        return n_new / passed_sec if self.state == "running" and n_new and passed_sec else None

    @property
    def remaining_sec(self) -> float | None:
        """How long it takes still at this speed."""
        per_sec = self.per_sec
        return (self.progress.total - self.progress.done) / per_sec if per_sec else None

    def note(self, progress: Progress) -> None:
        """Take news of the run; what a resumed one had before is no speed of this one."""
        if self.n_before is None:
            self.n_before = progress.done
        self.progress = progress


class TooManyJobsError(SpokenMathsError):
    """The line is long enough."""


class Jobs:
    """Works through the jobs in their order; `endpoint` is asked for when one begins."""

    def __init__(self, endpoint: Callable[[], LiveEndpoint]) -> None:
        self._endpoint = endpoint
        self._jobs: list[Job] = []
        self._breaker = Breaker()
        self._task: asyncio.Task[object] | None = None
        self._worker: asyncio.Task[None] | None = None

    def all(self) -> list[Job]:
        """Those that wait or run, and the last that ended, in their order."""
        over = [job for job in self._jobs if job.is_over]
        return over[-1:] + [job for job in self._jobs if not job.is_over]

    def find(self, run_id: str) -> Job | None:
        """The job of that run, over or not, while it is remembered."""
        return next((job for job in self._jobs if job.run_id == run_id), None)

    def add(self, plan: Plan, *, resume: bool = False, retry_failed: bool = False) -> Job:
        """Put a run at the end of the line; with `retry_failed` only `ok` is an outcome."""
        (job,) = self.add_all([plan], resume=resume, retry_failed=retry_failed)
        return job

    def add_all(
        self, plans: Sequence[Plan], *, resume: bool = False, retry_failed: bool = False
    ) -> list[Job]:
        """Put runs that belong together at the end of the line: all, or TooManyJobsError."""
        n_waiting = sum(not job.is_over for job in self._jobs)
        if n_waiting + len(plans) > MAX_JOBS:
            raise TooManyJobsError(
                f"{n_waiting} runs wait already, of at most {MAX_JOBS}. Stop some, or wait."
            )
        jobs = [Job(plan, resume, retry_failed) for plan in plans]
        self._jobs = [*self.all(), *jobs]
        if self._worker is None or self._worker.done():
            self._worker = asyncio.create_task(self._work())
        return jobs

    def stop(self, run_id: str | None = None) -> None:
        """End that run or take it out of the line; without a name, the one under way."""
        for job in self._jobs:
            if job.state == "running" and run_id in (None, job.run_id) and self._task:
                self._task.cancel()
            elif job.state == "waiting" and run_id == job.run_id:
                job.state = "stopped"

    async def finished(self) -> None:
        """Wait until nothing runs and nothing waits."""
        if self._worker is not None:
            await self._worker

    async def aclose(self) -> None:
        """Stop everything; what is done stays in the run folders."""
        for job in self._jobs:
            self.stop(job.run_id)
        await self.finished()

    async def _work(self) -> None:
        while waiting := [job for job in self._jobs if job.state == "waiting"]:
            job = waiting[0]
            job.state, job.began_sec = "running", time.monotonic()
            self._task = asyncio.create_task(self._run(job))
            await asyncio.wait([self._task])

    async def _run(self, job: Job) -> None:
        try:
            await run_dataset(
                job.plan,
                self._endpoint(),
                job.note,
                resume=job.resume,
                retry_failed=job.retry_failed,
                breaker=self._breaker,
            )
            job.state = "complete"
        except asyncio.CancelledError:
            job.state = "stopped"
        except SpokenMathsError as error:
            job.state, job.problem = "failed", str(error)
        except Exception:
            log.exception("a run failed")
            job.state, job.problem = "failed", "The run broke off; the terminal says why."
