"""Runs of this server: at most one at a time, followed by whoever looks, kept in folders."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from agent.errors import RunError, SpokenMathsError
from agent.settings import Settings
from agent.tutor import Tutor
from evals.notation import Katex
from evals.runner import Plan, Progress, run_dataset
from evals.runs import Run, list_runs, new_run_folder
from evals.scored_runs import ScoredRun, score_run
from evals.utterances import load_dataset
from evals.wording import engine_name
from workbench.engine import Engine
from workbench.prompts import offered_prompts
from workbench.recordings import Recordings

log = logging.getLogger(__name__)
MAX_LISTED = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What the visitor has chosen to run; `limit` None is the whole dataset."""

    dataset: str
    prompt: str
    model: str
    limit: int | None
    concurrency: int
    epochs: int


class Evaluations:
    """Starts, follows, stops and opens runs."""

    def __init__(
        self, settings: Settings, engine: Engine, recordings: Recordings, katex: Katex
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._recordings = recordings
        self._katex = katex
        self._task: asyncio.Task[Run] | None = None
        self._news = asyncio.Event()
        self._progress = Progress(0, 0, 0, 0, 0)
        self._scored: tuple[tuple[str, int], ScoredRun] | None = None  # the one last looked at

    @property
    def folder(self) -> Path:
        return self._settings.workbench_home / "runs"

    @property
    def is_running(self) -> bool:
        return self._task is not None and not self._task.done()

    def past(self) -> list[tuple[str, str]]:
        """Label and id of the readable runs, newest first."""
        runs = list_runs(self.folder)[:MAX_LISTED]
        return [(_label(run), run.folder.name) for run in runs]

    async def follow(self, choice: Choice) -> AsyncIterator[Progress | Run]:
        """Run what was chosen: progress as it comes, then the run, stopped or complete.

        Raises SpokenMathsError for a choice that can't be run.
        """
        if self.is_running:
            raise RunError("A run is under way already. Wait for its end, or stop it.")
        plan = await asyncio.to_thread(self._plan, choice)
        self._progress = Progress(0, choice.epochs * len(plan.utterances), 0, 0, 0)
        self._task = asyncio.create_task(run_dataset(plan, self._engine.endpoint, self._note))
        self._task.add_done_callback(lambda _: self._news.set())
        while self.is_running:
            yield self._progress
            await self._news.wait()
            self._news.clear()
        yield self._finished(plan.folder)

    def stop(self) -> None:
        """End the run under way; what is done stays."""
        if self._task is not None:
            self._task.cancel()

    def open(self, run_id: str) -> ScoredRun:
        """A run with its scores; takes a moment: to be called in a thread."""
        if run_id not in {name for _, name in self.past()}:
            raise RunError("There is no such run; reload the page.")
        run = Run.open(self.folder / run_id)
        state = (run_id, run.n_bytes)
        if self._scored is None or self._scored[0] != state:
            self._scored = state, score_run(run, self._katex)
        return self._scored[1]

    def _plan(self, choice: Choice) -> Plan:
        folder = self._recordings.datasets().get(choice.dataset)
        prompt = offered_prompts(self._settings).get(choice.prompt)
        if folder is None or prompt is None:
            raise RunError("Choose a dataset and a prompt, or reload the page.")
        tutor = Tutor(prompt, choice.model)
        home = self._settings.workbench_home
        target = new_run_folder(home, choice.dataset, choice.model, tutor.fingerprint)
        dataset = load_dataset(folder)
        return Plan(dataset, tutor, target, choice.concurrency, choice.limit, choice.epochs)

    def _note(self, progress: Progress) -> None:
        self._progress = progress
        self._news.set()

    def _finished(self, folder: Path) -> Run:
        task = self._task
        if task is not None and not task.cancelled() and (error := task.exception()) is not None:
            if isinstance(error, SpokenMathsError):
                raise error
            log.error("a run failed", exc_info=error)
            raise RunError("The run broke off; the terminal says why.")
        return Run.open(folder)


def _label(run: Run) -> str:
    info = run.info
    began = info.began[:16].replace("T", " ")
    prompt = info.tutor.prompt.name
    return f"{began} UTC, {info.dataset_name}, {prompt}, {engine_name(info)} ({run.status})"
