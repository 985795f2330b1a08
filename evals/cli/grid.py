"""What was typed as runs to replay: one, or a grid of prompts and models."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import soundfile

from agent.errors import RunError
from agent.live import chosen_engine
from agent.prompt import find_prompt, prompt_folders
from agent.settings import EngineChoice, Settings, read_settings
from agent.tutor import Tutor
from evals.catalogue import dataset_folders, find_dataset
from evals.estimate import Estimate, estimate
from evals.replay.depths import rooms_for
from evals.runner import DEFAULT_CONCURRENCY, Plan
from evals.runs import RUN, Depth, Run, new_run_folder
from evals.utterances import Utterance, load_dataset


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed; empty and None mean that the settings decide."""

    dataset: str
    prompts: Sequence[str]
    models: Sequence[str]
    concurrency: int | None
    limit: int | None
    epochs: int
    out: Path | None = None
    keeps_answers: bool = False
    depth: Depth = "direct"
    by_worker: bool = False


def settings_for(engine: EngineChoice | None) -> Settings:
    """The settings, with the engine that was asked for."""
    settings = read_settings()
    return settings if engine is None else settings.model_copy(update={"agent_engine": engine})


def plans_of(wanted: Wanted, settings: Settings) -> list[Plan]:
    """A plan for each prompt with each model; a grid's folders lie side by side.

    Raises RunError where two of them would be the same tutor.
    """
    home = settings.workbench_home
    dataset = load_dataset(find_dataset(wanted.dataset, dataset_folders(home)))
    prompts = [
        find_prompt(name, prompt_folders(home))
        for name in wanted.prompts or [settings.agent_prompt]
    ]
    models = wanted.models or [settings.agent_model]
    tutors = [Tutor(prompt, model) for prompt, model in product(prompts, models)]
    if len({tutor.fingerprint for tutor in tutors}) < len(tutors):
        raise RunError("expected different prompts and models, got one of them twice")
    rooms = rooms_for(wanted.depth, settings, by_worker=wanted.by_worker)
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
    """One entry a session; what failed may be tried again."""
    done = set()
    if (plan.folder / RUN).exists():
        outcomes = Run.open(plan.folder).outcomes()
        answered = (each for each in outcomes if each.prediction.status != "failed")
        done = {(each.utterance_id, each.epoch) for each in answered}
    return [
        utterance
        for epoch in range(plan.epochs)
        for utterance in plan.utterances
        if (utterance.id, epoch) not in done
    ]


def _duration_sec(utterance: Utterance, known: dict[Path, float]) -> float:
    if utterance.path not in known:
        try:
            known[utterance.path] = float(soundfile.info(utterance.path).duration)
        except soundfile.LibsndfileError:
            known[utterance.path] = utterance.audio().duration_sec
    return known[utterance.path]


def _folder(out: Path | None, tutor: Tutor, *, is_alone: bool) -> Path | None:
    if out is None or is_alone:
        return out
    name = f"{tutor.prompt.name}_{tutor.model}_{tutor.fingerprint[:6]}"
    return out / "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
