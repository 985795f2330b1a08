"""The demo's limits, one by one: minutes, wording."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from agent.settings import Settings
from workbench.public.budget import Budget, Reservation
from workbench.public.engines import Engines, UsedUpError
from workbench.shared.engine import Engine
from workbench.shared.wording import UNSAID, without_paths


def reserve(budget: Budget, sec: float) -> Reservation:
    reserved = budget.reserve(sec)
    assert reserved
    return reserved


def test_a_restart_does_not_give_the_day_new_minutes(tmp_path: Path) -> None:
    """Otherwise whoever makes the demo crash has the owner's key for nothing."""
    path = tmp_path / "public.json"
    budget = Budget(path, 100, lambda: "2026-11-25")
    reserved = reserve(budget, 90)
    assert budget.reserve(20) is None
    assert Budget(path, 100, lambda: "2026-11-25").left_sec == 10  # killed in the meantime
    budget.settle(reserved, used_sec=75)
    assert Budget(path, 100, lambda: "2026-11-25").left_sec == 25
    assert path.read_text() == '{"2026-11-25": 75.0}'
    assert Budget(path, 100, lambda: "2026-11-26").left_sec == 100


def test_midnight_gives_new_minutes_and_takes_none_back(tmp_path: Path) -> None:
    """A lesson that began yesterday returns what yesterday lent, not what another uses today."""
    days = ["2026-11-25"]
    budget = Budget(tmp_path / "public.json", 100, lambda: days[-1])
    yesterdays = reserve(budget, 90)
    days.append("2026-11-26")
    reserve(budget, 60)
    budget.settle(yesterdays, used_sec=40)
    assert budget.left_sec == 40


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"a": "b"}', '{"a": 1, "b": 2}'])
def test_a_spoilt_count_is_begun_anew(tmp_path: Path, text: str) -> None:
    """The demo starts all the same."""
    path = tmp_path / "public.json"
    path.write_text(text)
    assert Budget(path, 100).left_sec == 100


def test_a_disk_that_takes_nothing_does_not_stop_the_counting(tmp_path: Path) -> None:
    """Memory counts on."""
    (tmp_path / "file").write_text("")
    budget = Budget(tmp_path / "file" / "public.json", 100)
    assert budget.reserve(60)
    assert budget.left_sec == 40


def engines(tmp_path: Path, minutes: float, **entries: str) -> Engines:
    settings = Settings(_env_file=None, **entries)
    budget = Budget(tmp_path / "public.json", 60 * minutes)
    embedded = Engine(settings, None)  # type: ignore[arg-type] (it is never started here)
    return Engines(settings, embedded, budget)


async def test_a_visitors_own_key_is_used_first_and_costs_no_minutes(tmp_path: Path) -> None:
    """Who brings a key has no limit, and the owner's key is left for others."""
    theirs = engines(tmp_path, 1, google_api_key="owner")
    loan = theirs.lend(SecretStr("visitor"), 90)
    assert (loan.endpoint.api_key, loan.share) == ("visitor", None)
    assert theirs.lend(None, 60).endpoint.api_key == "owner"


async def test_the_owners_key_is_not_lent_beyond_its_minutes(tmp_path: Path) -> None:
    """Then there is one sentence, or the embedded engine; what was not used comes back."""
    gemini = engines(tmp_path, 2, google_api_key="owner", agent_engine="gemini")
    loan = gemini.lend(None, 90)
    with pytest.raises(UsedUpError, match="used up"):
        gemini.lend(None, 90)
    assert "used up" in gemini.note(None, 90)
    loan.settle()
    assert gemini.lend(None, 90).endpoint.api_key == "owner"


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("All 5 places are taken at the moment.", True),
        ("Gemini refused the key (1007/1008). See https://ai.google.dev/gemini-api/docs.", True),
        ("Choose 1/2 or and/or.", True),
        ("/srv/workspace/runs/x: can't be written.", False),
        ("no such file: ../datasets/x.flac", False),
        ("~/workspace/x", False),
        ("C:\\Users\\x is no folder", False),
        ("see 'workspace/runs/x/run.json'", False),
    ],
)
def test_no_message_names_a_file_of_the_server(message: str, told: bool) -> None:
    """Paths say who runs the demo and where; visitors get a sentence without them."""
    assert without_paths(message) == (message if told else UNSAID)
