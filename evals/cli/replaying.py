"""What `run` does: choose, replay with progress, say how it ended."""

import asyncio
import shlex
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from agent.command_line import tell
from agent.errors import LiveError
from agent.live import EmbeddedEngine, chosen_engine, open_endpoint
from agent.prompt import find_prompt, prompt_folders
from agent.settings import EngineChoice, Settings, read_settings
from agent.tutor import Tutor
from evals.catalogue import dataset_folders, find_dataset
from evals.resume import remaining_plan
from evals.runner import DEFAULT_CONCURRENCY, Plan, Progress, run_dataset
from evals.runs import RUN, Run, new_run_folder
from evals.utterances import load_dataset
from evals.wording import EMBEDDED_NOTE

INTERRUPTED = 130
LINES_EVERY_SEC = 2.0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed; None means that the settings decide."""

    dataset: str
    prompt: str | None
    model: str | None
    concurrency: int | None
    limit: int | None
    epochs: int
    out: Path | None


def start(wanted: Wanted, engine: EngineChoice | None, embedded: EmbeddedEngine) -> int:
    """A new run; gives the exit code."""
    settings = read_settings()
    plan = _plan(wanted, settings)
    if engine is not None:
        settings = settings.model_copy(update={"agent_engine": engine})
    return _replay(plan, settings, embedded)


def go_on(
    folder: Path, concurrency: int | None, embedded: EmbeddedEngine, *, retry_failed: bool
) -> int:
    """What a run lacks, by the engine that it was begun with; gives the exit code."""
    run, plan = remaining_plan(folder, concurrency)
    settings = read_settings().model_copy(update={"agent_engine": run.info.engine})
    return _replay(plan, settings, embedded, resume=True, retry_failed=retry_failed)


def _plan(wanted: Wanted, settings: Settings) -> Plan:
    home = settings.workbench_home
    dataset = load_dataset(find_dataset(wanted.dataset, dataset_folders(home)))
    prompt = find_prompt(wanted.prompt or settings.agent_prompt, prompt_folders(home))
    tutor = Tutor(prompt, wanted.model or settings.agent_model)
    folder = wanted.out or new_run_folder(home, dataset.name, tutor.model, tutor.fingerprint)
    return Plan(
        dataset,
        tutor,
        folder,
        wanted.concurrency or DEFAULT_CONCURRENCY,
        wanted.limit,
        wanted.epochs,
    )


def _replay(
    plan: Plan,
    settings: Settings,
    embedded: EmbeddedEngine,
    *,
    resume: bool = False,
    retry_failed: bool = False,
) -> int:
    if chosen_engine(settings) == "embedded":
        why = "no key is set: " if settings.agent_engine == "auto" else ""
        tell(f"{why}the embedded engine answers; {EMBEDDED_NOTE}")

    async def replay(show: Callable[[Progress], None]) -> Run:
        async with open_endpoint(settings, embedded) as endpoint:
            return await run_dataset(plan, endpoint, show, resume=resume, retry_failed=retry_failed)

    try:
        with _shown_progress() as show:
            run = asyncio.run(replay(show))
    except KeyboardInterrupt:
        return _break_off(plan.folder, "Interrupted.", INTERRUPTED)
    except LiveError as error:
        return _break_off(plan.folder, str(error), error.exit_code)
    return _end(run)


def _end(run: Run) -> int:
    statuses = [each.prediction.status for each in run.outcomes()]
    n_whole = statuses.count("ok")
    tell(
        f"{n_whole} ok, {statuses.count('cut_off')} cut off, {statuses.count('failed')} failed, "
        f"retries: {run.n_retries}. Score it: python -m evals score {_quoted(run.folder)}"
    )
    typer.echo(run.folder)
    return 0 if n_whole == len(statuses) else 1


def _break_off(folder: Path, why: str, exit_code: int) -> int:
    tell(why)
    if (folder / RUN).exists():
        tell(f"Go on with: python -m evals run --resume {_quoted(folder)}")
        typer.echo(folder)
    return exit_code


def _quoted(folder: Path) -> str:
    return shlex.quote(str(folder))


@contextmanager
def _shown_progress() -> Iterator[Callable[[Progress], None]]:
    """A bar on a terminal, now and then a line elsewhere; both on standard error."""
    if not sys.stderr.isatty():
        yield _Lines().show
        return
    columns = (
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task("starting", total=None)
        yield lambda news: bar.update(
            task, completed=news.done, total=news.total, description=_counts(news)
        )


class _Lines:
    """Says how far it got, at most every two seconds, and always the end."""

    def __init__(self) -> None:
        self._last_sec = -LINES_EVERY_SEC

    def show(self, news: Progress) -> None:
        now_sec = time.monotonic()
        if news.done == news.total or now_sec - self._last_sec >= LINES_EVERY_SEC:
            self._last_sec = now_sec
            tell(f"{news.done} of {news.total}: {_counts(news)}")


def _counts(news: Progress) -> str:
    return f"{news.ok} ok, {news.cut_off} cut off, {news.failed} failed"
