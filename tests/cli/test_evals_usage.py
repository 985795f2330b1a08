"""What the commands say to wrong usage, and what they cost to ask."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Commands
from tests.paths import PROJECT

NAME = "spoken-math-mini"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("run",), 2, "give a dataset"),
        (("run", "nowhere"), 2, "no dataset 'nowhere'"),
        (("run", NAME, "--model", "nonsense"), 2, "'nonsense' is not a Live model"),
        (("run", NAME, "--model", "gemini-2.0-flash-exp"), 2, "is retired"),
        (("run", NAME, "--prompt", "nonsense"), 2, "prompt 'nonsense' not found"),
        (("run", NAME, "--prompt", "nowhere.md"), 2, "nowhere.md"),
        (("run", NAME, "--engine", "nonsense"), 2, "nonsense"),
        (("run", NAME, "--limit", "0"), 2, "greater than or equal to 1"),
        (("run", NAME, "--engine", "gemini"), 4, "GOOGLE_API_KEY"),
        (("run", "--resume", "nowhere"), 2, "nowhere"),
        (("run", NAME, "--resume", "nowhere"), 2, "--resume"),
        (("score", "nowhere"), 2, "expected a run folder"),
        (("report", "nowhere"), 2, "expected a run folder"),
        (("show", "nowhere"), 2, "expected a run folder"),
    ],
)
def test_wrong_usage_is_told_in_a_sentence(
    keyless: Commands, tmp_path: Path, words: tuple[str, ...], code: int, said: str
) -> None:
    """2 means that the command was wrong, 4 that the machine is not ready; nothing is left."""
    done = keyless.run("evals", *words)
    assert done.returncode == code
    assert said in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_run_of_another_version_is_left_alone(keyless: Commands, tmp_path: Path) -> None:
    """Reading it wrongly would be worse than not reading it."""
    (tmp_path / "run.json").write_text(json.dumps({"format_version": 99}))
    for command in ("score", "report", "show"):
        done = keyless.run("evals", command, str(tmp_path))
        assert done.returncode == 2
        assert "version 1, got 99" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["run.json"]


def test_a_broken_dataset_names_file_and_line(keyless: Commands, tmp_path: Path) -> None:
    """Whoever wrote the line must find it among thousands."""
    dataset = tmp_path / "mine"
    dataset.mkdir()
    (dataset / "metadata.jsonl").write_text("{not json\n")
    done = keyless.run("evals", "run", str(dataset), "--engine", "embedded")
    assert done.returncode == 2
    assert "metadata.jsonl, line 1: expected JSON" in done.stderr


@pytest.mark.parametrize("module", ["evals", "agent"])
def test_every_command_explains_itself_with_an_example(keyless: Commands, module: str) -> None:
    """An example is read before any option."""
    listed = keyless.run(module, "--help").stdout
    commands = {
        "evals": ("run", "plan", "score", "report", "ls", "show", "compare"),
        "agent": ("spoken", "local-live"),
    }
    for command in commands[module]:
        assert command in listed
        assert f"python -m {module} {command}" in keyless.run(module, command, "--help").stdout


def test_asking_for_help_imports_nothing_heavy() -> None:
    """`--help` must answer at once."""
    code = "import sys, evals.cli; print(*(name.partition('.')[0] for name in sys.modules))"
    imported = set(
        subprocess.check_output([sys.executable, "-c", code], cwd=PROJECT).decode().split()
    )
    assert not imported & {"gradio", "livekit", "google", "numpy", "pydantic", "fastrtc", "jiwer"}


def test_without_a_key_it_says_who_answers(keyless: Commands, tmp_path: Path) -> None:
    """Nobody may take the embedded engine's figures for Gemini's."""
    folder = tmp_path / "run"
    done = keyless.run("evals", "run", NAME, "--limit", "1", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    assert "no key is set: the embedded engine answers" in done.stderr
    for words in (("score", str(folder)), ("report", str(folder)), ("show", str(folder))):
        assert "say nothing about Gemini" in " ".join(keyless.run("evals", *words).stdout.split())
