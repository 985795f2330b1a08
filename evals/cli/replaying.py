"""What `run` does: check what it costs, replay with progress, say how it ended."""

import shlex
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from agent.command_line import tell
from agent.errors import Interrupted, LiveError, Remedy, RunError
from agent.home import open_home
from agent.settings import EngineChoice, Settings, read_settings
from agent.tasks import run_unless_interrupted
from agent.tutor.endpoint import EmbeddedEngine, chosen_engine, open_endpoint
from evals.cli.gates import GATE_FAILED, Gates, refuse_embedded
from evals.cli.judging import judge_grid
from evals.replay.breaker import Breaker
from evals.replay.budget import Budget
from evals.replay.estimate import Estimate, total_cost_usd, unknown_prices
from evals.replay.grid import Wanted, estimates, plans_of, settings_for
from evals.replay.resume import remaining_plan
from evals.replay.rooms import check_rooms
from evals.replay.runner import Plan, Progress, create_run, run_dataset
from evals.report.wording import EMBEDDED_NOTE, bill_text, dollars, unreadable_note
from evals.runs.bill import bill_of
from evals.runs.folder import RUN, Run
from evals.runs.prediction import UtteranceCounts, counts_text

LINES_EVERY_SEC = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What the runs may cost in US dollars, None for anything, and what they must reach."""

    gates: Gates
    max_cost_usd: float | None

    @property
    def budget(self) -> Budget | None:
        """What may be spent while the runs are under way."""
        return None if self.max_cost_usd is None else Budget(self.max_cost_usd)

    def check(self, plans: Sequence[Plan], settings: Settings, asked: EngineChoice | None) -> int:
        """Before anything is spent; gives an exit code that is not 0 where they forbid it."""
        if self.gates.are_set:
            refuse_embedded([chosen_engine(settings)], asked)
        if self.max_cost_usd is None:
            return 0
        found = estimates(plans, settings)
        cost_usd = total_cost_usd(found)
        if cost_usd is None:
            tell(
                f"{unknown_prices(found)} --max-cost {self.max_cost_usd:g} can't be checked; "
                "nothing was spent. Choose another model, or leave --max-cost out."
            )
            return GATE_FAILED
        if cost_usd <= self.max_cost_usd:
            return 0
        tell(
            f"Expected to cost about ${cost_usd:.2f}, more than --max-cost {self.max_cost_usd:g}; "
            "nothing was spent. Take fewer with --limit or --epochs, or raise it; "
            "`python -m evals plan` shows what costs what."
        )
        return GATE_FAILED


def start(
    wanted: Wanted, engine: EngineChoice | None, limits: Limits, embedded: EmbeddedEngine
) -> int:
    """A new run, or a grid of them; gives the exit code."""
    settings = settings_for(engine)
    plans = plans_of(wanted, settings)
    refused = limits.check(plans, settings, engine)
    return refused or _replay(plans, settings, limits, embedded)


def go_on(  # noqa: PLR0913 (what `run --resume` takes)
    folders: Sequence[Path],
    concurrency: int | None,
    engine: EngineChoice | None,
    limits: Limits,
    embedded: EmbeddedEngine,
    *,
    retry_failed: bool,
) -> int:
    """What runs lack, by the engine that they were begun with; gives the exit code."""
    begun = [remaining_plan(folder, concurrency, read_settings()) for folder in folders]
    used = begun[0][0].info.engine
    for run, _ in begun:
        if run.info.engine not in (used, engine or used) or used != (engine or used):
            raise RunError(
                f"{run.folder}: was begun with {run.info.engine}, got {engine or used}; "
                "resume it with its own engine"
            )
    settings = settings_for(used)
    plans = [plan for _, plan in begun]
    refused = limits.check(plans, settings, engine)
    return refused or _replay(
        plans, settings, limits, embedded, is_new=False, retry_failed=retry_failed
    )


def _replay(  # noqa: PLR0913 (each of another kind)
    plans: Sequence[Plan],
    settings: Settings,
    limits: Limits,
    embedded: EmbeddedEngine,
    *,
    is_new: bool = True,
    retry_failed: bool = False,
) -> int:
    if chosen_engine(settings) == "embedded":
        why = "no key is set: " if settings.agent_engine == "auto" else ""
        tell(f"{why}the embedded engine answers; {EMBEDDED_NOTE}")

    open_home(settings.workbench_home)
    found = estimates(plans, settings) if is_new else []

    async def replay() -> list[LiveError]:
        async with open_endpoint(settings, embedded) as endpoint:
            if is_new:
                await check_rooms(plans[0].rooms)
                for plan in plans:  # all at once: whatever ends this, each can be resumed
                    create_run(plan, endpoint)
            refusals: list[LiveError] = []
            breaker, budget = Breaker(), limits.budget
            for number, plan in enumerate(plans, start=1):
                if len(plans) > 1:
                    tell(f"{number} of {len(plans)}: {plan.tutor.prompt.name}, {plan.tutor.model}")
                try:
                    with _shown_progress() as show:
                        await run_dataset(
                            plan,
                            endpoint,
                            show,
                            resume=True,
                            retry_failed=retry_failed,
                            breaker=breaker,
                            budget=budget,
                        )
                except LiveError as error:
                    refusals.append(error)
                    if error.remedy in (Remedy.STOP, Remedy.PAUSE):
                        break  # the other runs would be refused as well
            return refusals

    try:
        refusals = run_unless_interrupted(replay())
    except Interrupted as interrupted:
        return _break_off(plans, str(interrupted), interrupted.exit_code)
    if refusals:
        return _break_off(plans, str(refusals[0]), refusals[0].exit_code)
    return _end([Run.open(plan.folder) for plan in plans], found, limits.gates)


def _end(runs: Sequence[Run], found: Sequence[Estimate], gates: Gates) -> int:
    for run in runs:
        _tell_end(run)
    _tell_cost(runs, found)
    statuses = {each.prediction.status for run in runs for each in run.outcomes()}
    code = 0 if statuses <= {"ok"} else 1
    if gates.are_set or len(runs) > 1:
        for folder, summary in judge_grid(runs):
            for failure in gates.failures(summary):
                tell(f"{folder}: {failure}")
                code = GATE_FAILED
    for run in runs:
        typer.echo(run.folder)
    return code


def _tell_end(run: Run) -> None:
    counts = UtteranceCounts.of(each.prediction.status for each in run.outcomes())
    tell(
        f"{counts_text(counts)}, retries: {run.n_retries}. "
        f"Score it: python -m evals score {_quoted(run.folder)}"
    )
    if run.n_unreadable:
        tell(unreadable_note(run.n_unreadable))


def _tell_cost(runs: Sequence[Run], found: Sequence[Estimate]) -> None:
    """What the service has counted, beside what was expected before anything was sent."""
    if all(run.info.engine == "embedded" for run in runs):
        return
    bills = [bill_of(run) for run in runs]
    expected_usd = total_cost_usd(found) if found else None
    for bill in bills:
        tell(bill_text(bill))
    if expected_usd is not None:
        tell(f"Expected beforehand: {dollars(expected_usd)}.")


def _break_off(plans: Sequence[Plan], why: str, exit_code: int) -> int:
    tell(why)
    begun = [plan.folder for plan in plans if (plan.folder / RUN).exists()]
    left = [folder for folder in begun if Run.open(folder).status != "complete"]
    if left:
        options = " ".join(f"--resume {_quoted(folder)}" for folder in left)
        tell(f"Go on with: python -m evals run {options}")
    for folder in begun:
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
            task, completed=news.done, total=news.total, description=counts_text(news)
        )


class _Lines:
    """Says how far it got, at most every two seconds, and always the end."""

    def __init__(self) -> None:
        self._last_sec = -LINES_EVERY_SEC

    def show(self, news: Progress) -> None:
        now_sec = time.monotonic()
        if news.done == news.total or now_sec - self._last_sec >= LINES_EVERY_SEC:
            self._last_sec = now_sec
            tell(f"{news.done} of {news.total}: {counts_text(news)}")
