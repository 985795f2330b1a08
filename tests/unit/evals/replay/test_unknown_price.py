"""A model whose price is not published: it can be planned, but no budget is promised."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from agent.models import MODELS, LiveModel
from evals.cli import commands

NEW = "gemini-new"
WORDS = ("spoken-math-mini", "--engine", "gemini", "--limit", "2", "--model", NEW)
UNKNOWN = f"No price is known for {NEW}, so the cost of these runs is unknown."


@pytest.fixture(autouse=True)
def new_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(MODELS, NEW, LiveModel(NEW))
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    monkeypatch.setenv("GOOGLE_API_KEY", "a-key-that-is-never-sent")


def test_a_plan_says_that_the_price_is_unknown() -> None:
    """Zero dollars would be believed."""
    shown = CliRunner().invoke(commands, ["plan", *WORDS])
    assert shown.exit_code == 0, shown.output
    assert UNKNOWN in " ".join(shown.stdout.split())
    assert "unknown" in shown.stdout.split("Time")[1].splitlines()[2]
    assert "$" not in shown.stdout


def test_a_plan_as_json_has_no_figure_for_it_and_none_for_the_sum() -> None:
    """A sum that leaves out a run is no sum."""
    asked = [*WORDS, "--model", "gemini-3.8-live", "--json"]
    plan = json.loads(CliRunner().invoke(commands, ["plan", *asked]).stdout)
    assert [run["cost_usd"] is None for run in plan["runs"]] == [True, False]
    assert plan["cost_usd"] is None


def test_a_budget_that_can_not_be_checked_refuses_the_run(tmp_path: Path) -> None:
    """Nothing may be spent on the guess that it will be enough."""
    refused = CliRunner().invoke(commands, ["run", *WORDS, "--max-cost", "100"])
    assert refused.exit_code == 3
    assert refused.stderr == (
        f"{UNKNOWN} --max-cost 100 can't be checked; nothing was spent. "
        "Choose another model, or leave --max-cost out.\n"
    )
    assert not list(tmp_path.iterdir())
