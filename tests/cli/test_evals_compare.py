"""`python -m evals compare` and the gates: what a build sees."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Commands

NAME = "spoken-math-mini"


@pytest.fixture
def runs(commands: Commands, tmp_path: Path) -> tuple[str, str]:
    """Two runs that heard everything."""
    folders = (str(tmp_path / "one"), str(tmp_path / "two"))
    for folder in folders:
        done = commands.run("evals", "run", NAME, "--limit", "8", "--out", folder)
        assert done.returncode == 0, done.stderr
    return folders


def test_two_runs_are_compared(commands: Commands, runs: tuple[str, str]) -> None:
    """In words for people, as JSON for programs."""
    done = commands.run("evals", "compare", *runs)
    assert done.returncode == 0
    assert "None of 8 formulas came out differently." in " ".join(done.stdout.split())
    (found,) = json.loads(commands.run("evals", "compare", *runs, "--json").stdout)
    assert found["n_pairs"] == 8
    assert [metric["name"] for metric in found["metrics"]][:2] == [
        "formula exact as spoken",
        "word error rate",
    ]


def test_gates_decide_the_exit_code(commands: Commands, runs: tuple[str, str]) -> None:
    """3 is for a figure that is not good enough, and for nothing else."""
    good = commands.run("evals", "score", runs[0], "--max-wer", "5", "--min-latex", "60")
    assert good.returncode == 0, good.stderr
    bad = commands.run("evals", "score", runs[0], "--min-latex", "99", "--gate-on", "ci")
    assert bad.returncode == 3
    assert commands.run("evals", "compare", *runs, "--fail-on-regression").returncode == 0


def test_gates_refuse_the_embedded_engines_scores(keyless: Commands, tmp_path: Path) -> None:
    """They say nothing about Gemini; a build must not go green on them by accident."""
    folder = str(tmp_path / "run")
    keyless.run("evals", "run", NAME, "--limit", "1", "--engine", "embedded", "--out", folder)
    refused = keyless.run("evals", "score", folder, "--max-wer", "100")
    assert refused.returncode == 2
    assert "--engine embedded" in refused.stderr
    asked = keyless.run("evals", "score", folder, "--max-wer", "100", "--engine", "embedded")
    assert asked.returncode == 0


def test_other_data_is_refused(commands: Commands, runs: tuple[str, str], tmp_path: Path) -> None:
    """Unless one says what to compare."""
    shorter = str(tmp_path / "shorter")
    commands.run("evals", "run", NAME, "--limit", "3", "--out", shorter)
    refused = commands.run("evals", "compare", runs[0], shorter)
    assert refused.returncode == 2
    assert "--shared" in refused.stderr
    assert commands.run("evals", "compare", runs[0], shorter, "--shared").returncode == 0
