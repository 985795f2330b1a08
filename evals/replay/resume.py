"""Go on with a run: the same recordings, the same tutor, only what is missing."""

from pathlib import Path

from agent.errors import RunError
from agent.settings import Settings
from evals.dataset.utterances import load_dataset
from evals.replay.depths import replay_depth
from evals.replay.runner import Plan
from evals.replay.ways import rooms_for
from evals.runs.folder import Run


def remaining_plan(folder: Path, concurrency: int | None, settings: Settings) -> tuple[Run, Plan]:
    """The run in `folder` and the plan it was begun with; rooms are on the settings' server.

    Raises RunError when its recordings or the tutor of this version are others: half of the
    run would measure something else. SettingsError when it needs rooms and no server is set.
    """
    run = Run.open(folder)
    info = run.info
    dataset = load_dataset(Path(info.dataset_folder))
    if dataset.content_hash != info.dataset_hash:
        raise RunError(f"{info.dataset_folder}: the dataset has changed since; start a new run")
    tutor = info.tutor.tutor()
    if tutor.fingerprint != info.fingerprint:
        raise RunError(f"{folder}: this version's tutor is another; start a new run")
    n_utterances = len(info.utterance_ids)
    depth = replay_depth(info.depth).name
    plan = Plan(
        dataset.only(frozenset(info.utterance_ids)),
        tutor,
        folder,
        concurrency or info.concurrency,
        n_utterances,
        info.epochs,
        info.keeps_answers,
        depth,
        rooms_for(depth, settings, by_worker=info.by_worker),
        info.part,
        info.pace,
    )
    return run, plan
