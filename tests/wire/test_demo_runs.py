"""A demo visitor's runs: what they cost, whose turn it is, and that nothing of them is left."""

import asyncio
from contextlib import nullcontext
from pathlib import Path

import pytest

from agent.prompts.prompt import find_prompt
from agent.settings import Settings
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import load_dataset
from evals.replay.runner import Plan
from tests.paths import DATASET
from tests.wire.conftest import StartLocalLive
from workbench.public.budget import Budget
from workbench.public.engines import USED_UP, Engines, Loan
from workbench.public.runs import DemoRun, reserved_sec, spread_plan
from workbench.public.share import MIN_SESSION_SEC
from workbench.public.turns import Turns
from workbench.shared.engine import Engine

pytestmark = pytest.mark.wire

DAY_SEC = 600.0


class Owner:
    """Whoever runs the demo and pays for it."""

    def __init__(self, home: Path, endpoint: LiveEndpoint, day_sec: float = DAY_SEC) -> None:
        settings = Settings(
            _env_file=None,  # type: ignore[call-arg]
            agent_engine="gemini",
            google_api_key=endpoint.api_key,
            google_gemini_base_url=endpoint.base_url,
            ssl_cert_file=endpoint.ca_file,
        )
        embedded = Engine(settings, None)  # type: ignore[arg-type] (it is never started here)
        self.budget = Budget(home / "public.json", day_sec)
        self.engines = Engines(settings, embedded, self.budget)
        self.loans: list[Loan] = []

    def lend(self) -> Loan:
        self.loans.append(self.engines.lend(None, reserved_sec(2)))
        return self.loans[-1]

    async def until_a_session_opens(self) -> None:
        async with asyncio.timeout(10):
            while not any(loan.share and loan.share.used_sec for loan in self.loans):  # noqa: ASYNC110
                await asyncio.sleep(0.01)

    async def until_settled(self) -> None:
        """An aborted socket is told of it in the loop's next rounds."""
        async with asyncio.timeout(10):
            while self.budget.left_sec <= DAY_SEC - reserved_sec(2):  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    tutor = Tutor(find_prompt("tutor"), "gemini-3.8-live")
    return spread_plan(load_dataset(DATASET), tutor, 2, tmp_path / "visit")


async def test_a_run_that_is_stopped_before_its_first_recording_has_cost_something(
    local_live: StartLocalLive, tmp_path: Path, plan: Plan
) -> None:
    """Its sessions were opened; and none of its files is left."""
    owner = Owner(tmp_path, await local_live("x", faults=["stall@answer"]))
    run = DemoRun(plan, owner.lend, nullcontext())
    await owner.until_a_session_opens()
    await run.remove()
    await owner.until_settled()
    assert run.state == "stopped"
    assert run.progress.done == 0
    cost_sec = DAY_SEC - owner.budget.left_sec
    assert MIN_SESSION_SEC <= cost_sec <= 3 * MIN_SESSION_SEC
    assert not plan.folder.exists()


async def test_a_run_beyond_the_minutes_of_the_day_says_so(
    local_live: StartLocalLive, tmp_path: Path, plan: Plan
) -> None:
    """It reserves before its first session: two at once don't use the same minutes."""
    owner = Owner(tmp_path, await local_live("x", faults=["stall@answer"]), reserved_sec(2) + 1)
    first = DemoRun(plan, owner.lend, nullcontext())
    await owner.until_a_session_opens()
    second = DemoRun(plan, owner.lend, nullcontext())
    async with asyncio.timeout(10):
        while not second.is_over:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert (second.state, second.problem) == ("failed", USED_UP)
    await first.stop()


async def test_a_run_that_is_stopped_before_it_began_is_stopped(
    local_live: StartLocalLive, tmp_path: Path, plan: Plan
) -> None:
    """It had waited for ever, in the way of the next."""
    owner = Owner(tmp_path, await local_live("x"))
    turns = Turns()
    run = DemoRun(plan, owner.lend, turns.turn("visitor", "home"))
    await run.stop()
    assert run.state == "stopped"
    async with turns.turn("other", "elsewhere"):
        pass
    assert owner.loans == []


async def test_a_turn_that_is_broken_off_is_not_over_at_once() -> None:
    """Two sessions every tenth of a second had used up the day's minutes in three."""
    turns = Turns(min_sec=60)
    with pytest.raises(ZeroDivisionError):
        async with turns.turn("stops", "home"):
            raise ZeroDivisionError
    next_one = asyncio.create_task(turns.turn("next", "elsewhere").__aenter__())
    await asyncio.sleep(0.05)
    assert not next_one.done()
    next_one.cancel()


async def test_runs_take_turns_by_address() -> None:
    """Forty runs of one address are not all before another's first."""
    turns, order = Turns(min_sec=0), []

    async def run(visitor_id: str, address: str) -> None:
        async with turns.turn(visitor_id, address):
            order.append(visitor_id)
            await asyncio.sleep(0)

    crowd = [asyncio.create_task(run(f"crowd {n}", "crowd")) for n in range(40)]
    await asyncio.sleep(0)
    crowd[1].cancel()
    await asyncio.gather(*crowd, run("honest", "home"), return_exceptions=True)
    assert order.index("honest") <= 2
    assert "crowd 1" not in order
    assert len(order) == 40
