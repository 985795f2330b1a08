"""What was asked for as runs to replay: one, or a grid of prompts and models."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

from agent.errors import RunError
from agent.prompts.prompt import Prompt, find_prompt, prompt_folders
from agent.settings import EngineChoice, Settings, read_settings
from agent.tutor.endpoint import chosen_engine
from agent.tutor.tutor import Tutor
from evals.analysis.scored_run import score_run
from evals.dataset.catalogue import dataset_folders, find_dataset
from evals.dataset.utterances import WHOLE, Dataset, Part, Utterance, load_dataset
from evals.notation import Katex
from evals.replay.depths import DEFAULT_DEPTH, Depth, Pace
from evals.replay.estimate import Estimate, estimate
from evals.replay.runner import DEFAULT_CONCURRENCY, Plan
from evals.replay.ways import rooms_for
from evals.runs.folder import RUN, Run, new_run_folder


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to replay a grid; empty and None leave it to the prompts, then to the settings."""

    dataset: str
    prompts: Sequence[str]
    models: Sequence[str]
    concurrency: int | None
    limit: int | None
    epochs: int
    out: Path | None = None
    keeps_answers: bool = False
    depth: Depth = DEFAULT_DEPTH
    by_worker: bool = False
    part: Part = WHOLE
    pace: Pace = "full"


def settings_for(engine: EngineChoice | None) -> Settings:
    """The settings, with the engine that was asked for."""
    settings = read_settings()
    return settings if engine is None else settings.model_copy(update={"agent_engine": engine})


def plans_of(wanted: Wanted, settings: Settings) -> list[Plan]:
    """A plan for each prompt with each model; a grid's folders lie side by side.

    Raises RunError where two of them would be the same tutor, and as `part_of`.
    """
    home = settings.workbench_home
    dataset = load_dataset(find_dataset(wanted.dataset, dataset_folders(home)))
    prompts = [
        find_prompt(name, prompt_folders(home))
        for name in wanted.prompts or [settings.agent_prompt]
    ]
    wrong_ids = None
    part = wanted.part
    if part.wrong_in:
        folder = _run_folder(part.wrong_in, home)
        with Katex() as katex:
            wrong_ids = score_run(Run.open(folder), katex).wrong_ids
        part = replace(part, wrong_in=folder.resolve().name)
    return plan_grid(
        part_of(dataset, part, wrong_ids), prompts, replace(wanted, part=part), settings
    )


def part_of(dataset: Dataset, part: Part, wrong_ids: frozenset[str] | None) -> Dataset:
    """The dataset with that part alone; `wrong_ids` are those of the run that it names.

    RunError when nothing is left.
    """
    if wrong_ids is not None:
        dataset = dataset.only(wrong_ids)
        if not dataset.utterances:
            raise RunError(
                f"{part.wrong_in} got nothing wrong in {dataset.name}; choose another run, or a "
                "sample"
            )
    return dataset if part.sample is None else dataset.sampled(part.sample, part.seed)


def plan_grid(
    dataset: Dataset, prompts: Sequence[Prompt], wanted: Wanted, settings: Settings
) -> list[Plan]:
    """As `plans_of`, for prompts and a part of a dataset that are at hand."""
    models: Sequence[str | None] = wanted.models or [None]
    tutors = [
        Tutor.of(prompt, model or prompt.settings.model or settings.agent_model)
        for prompt, model in product(prompts, models)
    ]
    if len({tutor.fingerprint for tutor in tutors}) < len(tutors):
        raise RunError("expected different prompts and models, got one of them twice")
    rooms = rooms_for(wanted.depth, settings, by_worker=wanted.by_worker)
    home = settings.workbench_home
    return [
        Plan(
            dataset,
            tutor,
            _folder(wanted.out, tutor, is_alone=len(tutors) == 1)
            or new_run_folder(home, dataset.name, tutor.model, tutor.fingerprint),
            wanted.concurrency or DEFAULT_CONCURRENCY,
            wanted.limit,
            wanted.epochs,
            wanted.keeps_answers,
            wanted.depth,
            rooms,
            wanted.part,
            wanted.pace,
        )
        for tutor in tutors
    ]


def estimates(plans: Sequence[Plan], settings: Settings) -> list[Estimate]:
    """What each plan will take; of a run that has begun, what it lacks."""
    seconds: dict[Path, float] = {}
    return [
        estimate(
            plan.tutor,
            [_duration_sec(utterance, seconds) for utterance in _missing(plan)],
            plan.concurrency,
            chosen_engine(settings),
        )
        for plan in plans
    ]


def _missing(plan: Plan) -> list[Utterance]:
    """One entry a session; what is not ok may be tried again."""
    done = set()
    if (plan.folder / RUN).exists():
        outcomes = Run.open(plan.folder).outcomes()
        whole = (each for each in outcomes if each.prediction.status == "ok")
        done = {(each.utterance_id, each.epoch) for each in whole}
    return [
        utterance
        for epoch in range(plan.epochs)
        for utterance in plan.utterances
        if (utterance.id, epoch) not in done
    ]


def _duration_sec(utterance: Utterance, known: dict[Path, float]) -> float:
    if utterance.path not in known:
        known[utterance.path] = utterance.duration_sec
    return known[utterance.path]


def _run_folder(reference: str, home: Path) -> Path:
    """A run's folder by its path, or by its name below `home`."""
    path = Path(reference)
    return path if path.is_dir() else home / "runs" / path.name


def _folder(out: Path | None, tutor: Tutor, *, is_alone: bool) -> Path | None:
    if out is None or is_alone:
        return out
    name = f"{tutor.prompt.name}_{tutor.model}_{tutor.fingerprint[:6]}"
    return out / "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
