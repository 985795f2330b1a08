"""A run that turns out dearer than it may be stops, and what it has paid for is kept."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from agent.prompts.prompt import find_prompt
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import load_dataset
from evals.replay.budget import Budget, BudgetSpentError
from evals.replay.runner import Plan, run_dataset
from evals.runs.bill import bill_of
from evals.runs.folder import Run
from tests.hostile_service import DONE, Victim, heard, hostile_service, said
from tests.live_service import on_a_thread
from tests.paths import DATASET

pytestmark = pytest.mark.wire
TUTOR = Tutor(find_prompt("tutor"), "gemini-3.8-live")
ATTEMPT_USD = 0.003  # a thousand tokens of sound


@pytest.fixture
def paid() -> Iterator[LiveEndpoint]:
    """A service that costs what Google's does."""
    with on_a_thread(hostile_service(talkative)) as endpoint:
        yield replace(endpoint, engine="gemini")


async def talkative(victim: Victim) -> None:
    """Counts twice in a turn, as the service does: what came first is billed as well."""
    half = {"usageMetadata": {"promptTokenCount": 500, "totalTokenCount": 500}}
    await victim.send_all(iter((heard("x"), half, said("y"), half, DONE)))


def test_a_run_stops_when_its_budget_is_spent(paid: LiveEndpoint, tmp_path: Path) -> None:
    """The estimate was too low: no session more begins, and the run can be resumed."""
    plan = Plan(load_dataset(DATASET), TUTOR, tmp_path / "run", concurrency=2, limit=8)
    with pytest.raises(BudgetSpentError, match="Stopped") as stopped:
        asyncio.run(run_dataset(plan, paid, budget=Budget(2.5 * ATTEMPT_USD)))
    assert stopped.value.exit_code == 3
    run = Run.open(plan.folder)
    assert run.status == "stopped"
    n_paid = len(run.outcomes())
    assert 3 <= n_paid <= 4
    assert bill_of(run).cost_usd == pytest.approx(n_paid * ATTEMPT_USD)
    asyncio.run(run_dataset(plan, paid, resume=True, budget=Budget(1.0)))
    whole = Run.open(plan.folder)
    assert whole.status == "complete"
    assert bill_of(whole).cost_usd == pytest.approx(8 * ATTEMPT_USD)


def test_a_budget_is_shared_by_the_runs_of_a_grid(paid: LiveEndpoint, tmp_path: Path) -> None:
    """What the first has spent is not there for the second."""
    budget = Budget(4.5 * ATTEMPT_USD)
    first, second = (
        Plan(load_dataset(DATASET), TUTOR, tmp_path / name, concurrency=1, limit=4)
        for name in ("first", "second")
    )
    asyncio.run(run_dataset(first, paid, budget=budget))
    with pytest.raises(BudgetSpentError):
        asyncio.run(run_dataset(second, paid, budget=budget))
    assert len(Run.open(second.folder).outcomes()) == 1
