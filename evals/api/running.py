"""`evals.run` and `evals.go_on`: replay a dataset through the Live service.

An entry point like the commands: it reads the environment and provides the embedded engine.
"""

from collections.abc import Callable
from pathlib import Path

from agent.home import open_home
from agent.local_live import embedded_engine
from agent.settings import EngineChoice, Settings, read_settings
from agent.tutor.endpoint import open_endpoint
from evals.api.blocking import finish
from evals.api.results import Results
from evals.api.scoring import score
from evals.replay.depths import DEFAULT_DEPTH, Depth
from evals.replay.grid import Wanted, plans_of, settings_for
from evals.replay.resume import remaining_plan
from evals.replay.runner import Plan, Progress, run_dataset

OnProgress = Callable[[Progress], None]


def run(  # noqa: PLR0913 (each is an option of `python -m evals run`)
    dataset: str | Path,
    *,
    prompt: str | Path | None = None,
    model: str | None = None,
    engine: EngineChoice | None = None,
    limit: int | None = None,
    epochs: int = 1,
    concurrency: int | None = None,
    depth: Depth = DEFAULT_DEPTH,
    out: str | Path | None = None,
    keep_answers: bool = False,
    on_progress: OnProgress = lambda _: None,
) -> Results:
    """Replay a dataset into a run folder, which every command can open, and score it.

    `dataset` is a folder or a name, `prompt` a file, NAME or NAME@VERSION; None takes the
    environment's value. `limit` replays the first utterances alone, `out` is the new run folder.
    It works in a script and in a notebook. After an interruption the finished attempts stay,
    and `go_on` replays the rest.

    Raises SpokenMathsError: one sentence that says what is wrong and what to do.
    """
    settings = settings_for(engine)
    wanted = Wanted(
        dataset=str(dataset),
        prompts=[str(prompt)] if prompt is not None else (),
        models=[model] if model is not None else (),
        concurrency=concurrency,
        limit=limit,
        epochs=epochs,
        out=Path(out) if out is not None else None,
        keeps_answers=keep_answers,
        depth=depth,
    )
    (plan,) = plans_of(wanted, settings)
    return _replay(plan, settings, on_progress)


def go_on(
    folder: str | Path,
    *,
    retry_failed: bool = False,
    on_progress: OnProgress = lambda _: None,
) -> Results:
    """Replay the rest of a run with its own settings; with `retry_failed` also what is not ok.

    Raises SpokenMathsError as `run` does, and if recordings or tutor have changed.
    """
    begun, plan = remaining_plan(Path(folder), None, read_settings())
    settings = settings_for(begun.info.engine)
    return _replay(plan, settings, on_progress, is_new=False, retry_failed=retry_failed)


def _replay(
    plan: Plan,
    settings: Settings,
    on_progress: OnProgress,
    *,
    is_new: bool = True,
    retry_failed: bool = False,
) -> Results:
    open_home(settings.workbench_home)

    async def replay() -> None:
        async with open_endpoint(settings, embedded_engine) as endpoint:
            await run_dataset(
                plan, endpoint, on_progress, resume=not is_new, retry_failed=retry_failed
            )

    finish(replay())
    return score(plan.folder)
