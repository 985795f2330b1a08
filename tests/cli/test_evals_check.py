"""`python -m evals check`: what a run would meet, for the price of two sessions."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Commands

Serving = Callable[..., Commands]
WORDS = "two pi r"


def test_a_service_that_works_is_ready(commands: Commands) -> None:
    """Key, model, both paces, what was heard and what it cost, in a few lines."""
    shown = commands.run("evals", "check")
    assert shown.returncode == 0, shown.stderr
    for part in ("key and model are taken", WORDS, "at full pace", "in real time", "It has cost $"):
        assert part in " ".join(shown.stdout.split())
    assert shown.stdout.splitlines()[-1] == "Ready."
    found = json.loads(commands.run("evals", "check", "--json").stdout)
    assert found["is_ready"] is True
    assert [trial["pace"] for trial in found["trials"]] == ["full", "realtime"]
    assert [trial["wer"] for trial in found["trials"]] == [0.0, 0.0]
    assert 0 < found["cost_usd"] < 0.01


@pytest.mark.parametrize(
    ("fault", "code", "sentence"),
    [
        ("leaked_key", 4, "Google has blocked this key"),
        ("unknown_model", 4, "Choose another model"),
        ("daily_quota", 4, "day's quota of this key is used up"),
        ("empty_turn", 1, "Nothing was heard"),
        ("empty_turn#1", 1, "use --pace realtime with this model"),
    ],
)
def test_what_a_run_would_meet_is_one_sentence(
    serving: Serving, fault: str, code: int, sentence: str
) -> None:
    """A refusal costs one try, and a service that mishears at full pace is found out."""
    shown = serving([fault]).run("evals", "check")
    assert shown.returncode == code, shown.stdout
    assert sentence in " ".join(shown.stdout.split())


def test_without_a_key_the_embedded_engine_is_tried_and_named(keyless: Commands) -> None:
    """Nobody may take its answer for Gemini's."""
    shown = keyless.run("evals", "check")
    assert shown.returncode == 0, shown.stderr
    assert "its scores say nothing about Gemini" in " ".join(shown.stdout.split())
    assert "costs nothing" in shown.stdout


def test_without_a_recording_there_is_nothing_to_send(commands: Commands, tmp_path: Path) -> None:
    """One sentence, and no session."""
    shown = commands.run("evals", "check", str(tmp_path))
    assert shown.returncode == 2
    assert len(shown.stderr.strip().splitlines()) == 1
