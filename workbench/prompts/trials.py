"""An edited prompt against others: planned, put in line, and judged when all is replayed."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from agent.errors import RunError
from agent.prompts.prompt import Prompt
from agent.prompts.store import as_draft, keep_draft
from agent.settings import Settings
from evals.analysis.comparison import compare_runs, verdict
from evals.dataset.utterances import Part, load_dataset
from evals.replay.estimate import Estimate
from evals.replay.grid import Wanted, estimates, part_of, plan_grid
from evals.replay.runner import Plan
from evals.runs.folder import RunInfo
from workbench.runs.evaluations import Evaluations
from workbench.runs.jobs import Job
from workbench.shared.prompts import known_prompts
from workbench.shared.recordings import Recordings

MAX_GRID = 12  # runs at once


@dataclass(frozen=True, slots=True)
class Trial:
    """A baseline first, then what is compared with it; no models: the prompts' own."""

    prompts: tuple[Prompt, ...]
    models: tuple[str, ...]
    dataset: str
    part: Part
    epochs: int
    concurrency: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One run against its baseline, in a sentence."""

    baseline: RunInfo
    run: RunInfo
    folders: tuple[str, str]
    verdict: str


class Trials:
    """Plans and starts trials, and tells how they came out."""

    def __init__(
        self, settings: Settings, evaluations: Evaluations, recordings: Recordings
    ) -> None:
        self._settings = settings
        self._evaluations = evaluations
        self._recordings = recordings

    def prompt_as_edited(self, edited: Prompt) -> Prompt:
        """The version that says the same, where there is one, else a draft that is not written."""
        draft = as_draft(edited)
        for prompt in known_prompts(self._settings).values():
            if prompt.name == draft.name and prompt.content_hash == draft.content_hash:
                return prompt
        return draft

    async def plan(self, trial: Trial) -> list[tuple[Plan, Estimate]]:
        """What it will take; SpokenMathsError for what can't be run."""
        return await asyncio.to_thread(self._plan, trial)

    async def start(self, trial: Trial) -> list[Job]:
        """Keep what is edited as a draft, so that it can be repeated, and put the runs in line."""
        planned = await self.plan(trial)
        for prompt in trial.prompts:
            if prompt.is_draft:
                await asyncio.to_thread(keep_draft, self._settings.workbench_home, prompt)
        return self._evaluations.jobs.add_all([plan for plan, _ in planned])

    def judge(self, run_ids: Sequence[str]) -> list[Judged]:
        """Each run against the first of its model; to be called in a thread."""
        scored = self._evaluations.runs.open_together(run_ids)
        baselines: dict[str, int] = {}
        for number, each in enumerate(scored):
            baselines.setdefault(each.run.info.tutor.model, number)
        judged = []
        for number, each in enumerate(scored[1:], start=1):
            first = baselines[each.run.info.tutor.model]
            baseline = scored[0 if first == number else first]
            judged.append(
                Judged(
                    baseline.run.info,
                    each.run.info,
                    (baseline.run.folder.name, each.run.folder.name),
                    verdict(compare_runs(baseline, each, only_shared=True)),
                )
            )
        return judged

    def _plan(self, trial: Trial) -> list[tuple[Plan, Estimate]]:
        folder = self._recordings.datasets().get(trial.dataset)
        if folder is None:
            raise RunError("Choose a dataset, or reload the page.")
        wrong_ids = None
        if trial.part.wrong_in:
            wrong_ids = self._evaluations.runs.open(trial.part.wrong_in).wrong_ids
        wanted = Wanted(
            trial.dataset,
            (),
            trial.models,
            trial.concurrency,
            None,
            trial.epochs,
            keeps_answers=True,
            part=trial.part,
        )
        dataset = part_of(load_dataset(folder), trial.part, wrong_ids)
        plans = plan_grid(dataset, trial.prompts, wanted, self._settings)
        if len(plans) > MAX_GRID:
            raise RunError(f"expected at most {MAX_GRID} runs at once, got {len(plans)}")
        return list(zip(plans, estimates(plans, self._settings), strict=True))
