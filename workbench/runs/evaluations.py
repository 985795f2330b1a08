"""The runs that the page shows: started, resumed, opened."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from agent.errors import RunError
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import load_dataset
from evals.replay.depths import Depth
from evals.replay.resume import remaining_plan
from evals.replay.runner import Plan
from evals.replay.ways import rooms_for
from evals.report.wording import engine_name
from evals.runs.folder import Run, new_run_folder
from workbench.runs.jobs import Job, Jobs
from workbench.runs.viewed import ViewedRuns
from workbench.shared.parts import Shared
from workbench.shared.prompts import chosen_prompt


@dataclass(frozen=True, slots=True)
class Choice:
    """What the visitor has chosen to run; `limit` None is the whole dataset."""

    dataset: str
    prompt: str
    model: str
    limit: int | None
    concurrency: int
    epochs: int
    depth: Depth


class Evaluations:
    """Starts runs as jobs, and opens run folders."""

    def __init__(self, shared: Shared) -> None:
        self._settings = shared.settings
        self._engine = shared.engine
        self._recordings = shared.recordings
        self.runs = ViewedRuns(self.folder, shared.katex)
        self.jobs = Jobs(lambda: shared.engine.endpoint)

    @property
    def folder(self) -> Path:
        return self._settings.workbench_home / "runs"

    def past(self) -> list[tuple[str, str]]:
        """Label and id of the readable runs, newest first."""
        return [(_label(run), run.folder.name) for run in self.runs.listed()]

    async def start(self, choice: Choice) -> Job:
        """Put what was chosen in line; SpokenMathsError for what can't be run."""
        return self.jobs.add(await asyncio.to_thread(self._plan, choice))

    async def resume(self, run_id: str) -> Job:
        """Put what a run lacks in line; RunError when it lacks nothing or can't go on."""
        run, plan = await self._begun(run_id)
        if run.status != "stopped":
            raise RunError(f"The run is {run.status}; there is nothing to resume.")
        return self.jobs.add(plan, resume=True)

    async def retry(self, run_id: str) -> Job:
        """Put what is not ok in line again; RunError where all is, or the run can't go on."""
        run, plan = await self._begun(run_id)
        if run.status == "running":
            raise RunError("The run is under way; wait until it has ended, or stop it.")
        outcomes = await asyncio.to_thread(run.outcomes)
        if all(each.prediction.status == "ok" for each in outcomes):
            raise RunError("Every utterance of this run is ok; there is nothing to run again.")
        return self.jobs.add(plan, resume=True, retry_failed=True)

    async def _begun(self, run_id: str) -> tuple[Run, Plan]:
        """A run with the plan it was begun with; RunError where another engine answers now."""
        found = await asyncio.to_thread(self.runs.find, run_id)
        run, plan = await asyncio.to_thread(remaining_plan, found.folder, None, self._settings)
        if run.info.engine != self._engine.kind:
            raise RunError(f"The run was begun with {engine_name(run.info)}; start a new one.")
        return run, plan

    def _plan(self, choice: Choice) -> Plan:
        folder = self._recordings.datasets().get(choice.dataset)
        if folder is None:
            raise RunError("Choose a dataset, or reload the page.")
        tutor = Tutor.of(chosen_prompt(self._settings, choice.prompt or ""), choice.model)
        home = self._settings.workbench_home
        target = new_run_folder(home, choice.dataset, choice.model, tutor.fingerprint)
        dataset = load_dataset(folder)
        return Plan(
            dataset,
            tutor,
            target,
            choice.concurrency,
            choice.limit,
            choice.epochs,
            depth=choice.depth,
            rooms=rooms_for(choice.depth, self._settings, by_worker=False),
        )


def _label(run: Run) -> str:
    info = run.info
    began = info.began[:16].replace("T", " ")
    prompt = info.tutor.prompt.name
    return f"{began} UTC, {info.dataset_name}, {prompt}, {engine_name(info)}, depth {info.depth} ({run.status})"
