"""Runs for programs: started, watched, read."""

import asyncio
from typing import Annotated

from pydantic import Field

from agent.errors import RunError
from agent.settings import Settings
from evals.analysis.scored_run import ScoredRun
from evals.replay.depths import DEFAULT_DEPTH
from evals.report.documents import summary_json
from evals.report.rows import Row
from evals.runs.prediction import UtteranceCounts
from workbench.programs.answers import RunNews, RunScores
from workbench.runs.evaluations import Choice, Evaluations
from workbench.runs.jobs import Job
from workbench.shared.names import Name
from workbench.shared.prompts import prompt_called
from workbench.shared.recordings import Recordings

LOOK_SEC = 0.2


class RunEndpoints:
    """The same jobs and run folders that the page shows."""

    def __init__(
        self, settings: Settings, evaluations: Evaluations, recordings: Recordings
    ) -> None:
        self._settings = settings
        self._evaluations = evaluations
        self._recordings = recordings

    async def start_run(
        self,
        dataset: Name,
        prompt: Name = "transcribe",
        model: Name = "",
        limit: Annotated[int, Field(ge=0)] = 0,
        epochs: Annotated[int, Field(ge=1, le=5)] = 1,
    ) -> RunNews:
        """Put a run in line: replay a dataset's recordings through the Live service.

        Args:
            dataset: The name of a dataset that the workbench lists.
            prompt: A prompt's NAME@VERSION, or NAME for its last.
            model: A Live model's name; empty is the prompt's, or the workbench's own.
            limit: Only so many of the first utterances; 0 takes all.
            epochs: How often each is replayed, from 1 to 5.

        Returns:
            News of the run, with the run_id that the other endpoints take.
        """
        names = list(await asyncio.to_thread(self._recordings.datasets))
        if dataset not in names:
            raise RunError(f"There is no dataset {dataset!r}; there are: {', '.join(names)}.")
        chosen = await asyncio.to_thread(prompt_called, self._settings, prompt)
        choice = Choice(
            dataset=dataset,
            prompt=chosen.reference,
            model=model or chosen.settings.model or self._settings.agent_model,
            limit=limit or None,
            concurrency=2,
            epochs=epochs,
            depth=DEFAULT_DEPTH,
        )
        return _job_news(await self._evaluations.start(choice))

    async def watch_run(
        self, run_id: Name, wait_sec: Annotated[float, Field(ge=0, le=60)] = 10.0
    ) -> RunNews:
        """Tell how far a run is, as soon as it is over or after a while.

        Args:
            run_id: As start_run gave it, or the name of any run folder.
            wait_sec: How long to wait for its end, from 0 to 60 seconds.

        Returns:
            Its state and how many utterances are done.
        """
        clock = asyncio.get_running_loop().time
        until = clock() + wait_sec
        while (job := self._job(run_id)) and not job.is_over and clock() < until:  # noqa: ASYNC110 (nothing tells of it)
            await asyncio.sleep(LOOK_SEC)
        return _job_news(job) if job else await asyncio.to_thread(self._past_news, run_id)

    async def read_run(
        self,
        run_id: Name,
        first: Annotated[int, Field(ge=0)] = 0,
        n: Annotated[int, Field(ge=0, le=500)] = 100,
    ) -> RunScores:
        """Score a run and read it: rates with intervals, slices, and some of its utterances.

        Args:
            run_id: As start_run gave it, or the name of any run folder.
            first: The first row to give, counted from 0.
            n: How many rows to give, at most 500.

        Returns:
            The summary, how many rows there are, and those that were asked for.
        """
        scored = await asyncio.to_thread(self._evaluations.runs.open, run_id)
        return await asyncio.to_thread(_scores, scored, first, n)

    def _job(self, run_id: str) -> Job | None:
        return next((job for job in self._evaluations.jobs.all() if job.run_id == run_id), None)

    def _past_news(self, run_id: str) -> RunNews:
        run = self._evaluations.runs.find(run_id)
        counts = UtteranceCounts.of(each.prediction.status for each in run.outcomes())
        return RunNews(
            run_id=run_id,
            state=run.status,
            done=counts.total,
            total=run.info.epochs * len(run.info.utterance_ids),
            ok=counts.ok,
            cut_off=counts.cut_off,
            no_answer=counts.no_answer,
            failed=counts.failed,
            remaining_sec=None,
            problem="",
        )


def _job_news(job: Job) -> RunNews:
    progress = job.progress
    return RunNews(
        run_id=job.run_id,
        state=job.state,
        done=progress.done,
        total=progress.total,
        ok=progress.ok,
        cut_off=progress.cut_off,
        no_answer=progress.no_answer,
        failed=progress.failed,
        remaining_sec=job.remaining_sec,
        problem=job.problem,
    )


def _scores(scored: ScoredRun, first: int, n: int) -> RunScores:
    rows = [Row.of_attempt(each).cells() for each in scored.attempts[first : first + n]]
    return RunScores(summary=dict(summary_json(scored)), n_rows=len(scored.attempts), rows=rows)
