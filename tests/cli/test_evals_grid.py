"""`python -m evals run` with several prompts and models, its gates, and `plan` before it."""

import json
import re
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agent.prompts.prompt import Prompt
from agent.prompts.settings import PromptSettings
from agent.prompts.store import keep_version
from tests.cli.conftest import TIMEOUT_SEC, Commands
from tests.cli.test_evals_run import LONG, N_LONG, Serving, attempts, status, wait_for_attempts
from tests.live_service import N_UTTERANCES

NAME = "spoken-math-mini"
GRID = ("--prompt", "tutor", "--prompt", "transcribe", "--model", "gemini-3.8-live")
LONG_GRID = (*LONG, *GRID, "-c", "1")


def members(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def first_member(grid: Path) -> Path:
    """The one that is replayed first, once both are there."""
    deadline = time.monotonic() + TIMEOUT_SEC
    while len(list(grid.glob("*/run.json"))) < 2:
        assert time.monotonic() < deadline, "no run folders came"
        time.sleep(0.005)
    return next(grid.glob("tutor_*"))


def test_a_grid_makes_a_run_each_and_one_table(commands: Commands, tmp_path: Path) -> None:
    """Which prompt with which model is one question, and should be one command."""
    grid = tmp_path / "grid"
    models = ("--model", "gemini-3.5-transcribe-live")
    words = ("run", NAME, *GRID, *models, "--epochs", "2", "--limit", "3", "--out", str(grid))
    done = commands.run("evals", *words)
    assert done.returncode == 0, done.stderr
    folders = members(grid)
    assert sorted(done.stdout.splitlines()[-4:]) == [str(folder) for folder in folders]
    infos = [json.loads((folder / "run.json").read_text()) for folder in folders]
    assert {(info["tutor"]["prompt"]["name"], info["tutor"]["model"]) for info in infos} == {
        (prompt, model)
        for prompt in ("tutor", "transcribe")
        for model in ("gemini-3.8-live", "gemini-3.5-transcribe-live")
    }
    assert [len(attempts(folder)) for folder in folders] == [6] * 4
    assert "spoken-math-mini, 2 epochs" in done.stdout
    assert "transcribe@1" in done.stdout
    assert all((folder / "summary.json").exists() for folder in folders)
    assert commands.run("evals", "compare", *map(str, folders)).returncode == 0


def test_a_grid_that_was_killed_goes_on_where_it_stopped(
    commands: Commands, tmp_path: Path
) -> None:
    """What came is kept, what had not even begun can be resumed like the rest."""
    grid = tmp_path / "grid"
    process = commands.start("evals", *LONG_GRID, "--out", str(grid))
    wait_for_attempts(first_member(grid), 3)
    process.kill()
    process.communicate(timeout=TIMEOUT_SEC)
    folders = members(grid)
    assert len(folders) == 2
    before = {
        folder: attempts(folder) for folder in folders if (folder / "attempts.jsonl").exists()
    }
    options = [word for folder in folders for word in ("--resume", str(folder))]
    done = commands.run("evals", "run", *options)
    assert done.returncode == 0, done.stderr
    for folder in folders:
        assert status(folder) == "complete"
        assert len(attempts(folder)) == N_LONG
    for folder, rows in before.items():
        assert attempts(folder)[: len(rows)] == rows


def test_a_stopped_grid_says_how_to_go_on_with_all_of_it(
    commands: Commands, tmp_path: Path
) -> None:
    """The line to type next names what is left, the member that had not begun too."""
    grid = tmp_path / "grid"
    process = commands.start("evals", *LONG_GRID, "--out", str(grid))
    wait_for_attempts(first_member(grid), 2)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=TIMEOUT_SEC)
    assert process.returncode == 130
    assert all(f"--resume {folder}" in errors for folder in members(grid))


def test_a_member_that_is_refused_does_not_stop_the_others(
    serving: Serving, tmp_path: Path
) -> None:
    """A model that a project may not use says nothing about the next one."""
    grid = tmp_path / "grid"
    commands = serving(["unknown_model#1"])
    done = commands.run("evals", "run", NAME, *GRID, "-c", "1", "--limit", "2", "--out", str(grid))
    assert done.returncode == 4
    assert "not allowed" in done.stderr
    transcribe, tutor = members(grid)
    assert (status(tutor), status(transcribe)) == ("stopped", "complete")
    assert f"--resume {tutor}" in done.stderr
    assert f"--resume {transcribe}" not in done.stderr


@pytest.mark.parametrize(
    ("gates", "code", "said"),
    [
        (("--max-wer", "5", "--min-latex", "60"), 0, ""),
        (("--min-latex", "99", "--gate-on", "ci"), 3, "expected at least 99 %"),
    ],
)
def test_gates_of_a_run_decide_its_exit_code(
    commands: Commands, tmp_path: Path, gates: tuple[str, ...], code: int, said: str
) -> None:
    """A build runs one command and looks at nothing but its exit code."""
    folder = tmp_path / "run"
    done = commands.run("evals", "run", NAME, "--limit", "8", "--out", str(folder), *gates)
    assert done.returncode == code, done.stderr
    assert said in done.stderr
    assert done.stdout.splitlines()[-1] == str(folder)
    assert (folder / "summary.json").exists()


def test_gates_of_a_run_refuse_the_embedded_engine_before_it_answers(
    keyless: Commands, tmp_path: Path
) -> None:
    """Minutes of replay for a refusal would be wasted; asked for by name it is judged."""
    folder = tmp_path / "run"
    words = ("evals", "run", NAME, "--limit", "1", "--out", str(folder), "--max-wer", "100")
    refused = keyless.run(*words)
    assert refused.returncode == 2
    assert "--engine embedded" in refused.stderr
    assert not folder.exists()
    assert keyless.run(*words, "--engine", "embedded").returncode == 0
    again = ("evals", "run", "--resume", str(folder), "--max-wer", "100")
    assert keyless.run(*again).returncode == 2
    assert keyless.run(*again, "--engine", "embedded").returncode == 0
    assert "begun with embedded" in keyless.run(*again, "--engine", "gemini").stderr


def test_a_plan_says_what_a_grid_would_cost_without_a_key(
    keyless: Commands, tmp_path: Path
) -> None:
    """Sessions, audio and money are known before anything is sent."""
    words = ("evals", "plan", NAME, *GRID, "--engine", "gemini", "--epochs", "3")
    shown = keyless.run(*words)
    assert shown.returncode == 0, shown.stderr
    assert "transcribe@1" in shown.stdout
    plan = json.loads(keyless.run(*words, "--json").stdout)
    assert [run["n_sessions"] for run in plan["runs"]] == [3 * N_UTTERANCES] * 2
    assert plan["runs"][0]["audio_sec"] == pytest.approx(3 * 470, abs=5)  # 7:50 min, its card says
    assert plan["cost_usd"] == pytest.approx(sum(run["cost_usd"] for run in plan["runs"]))
    assert plan["cost_usd"] > 1
    free = keyless.run("evals", "plan", NAME, "--engine", "embedded", "--limit", "1")
    assert "1 utterance\n" in re.sub(" +\n", "\n", free.stdout)
    assert "$0.00" in free.stdout
    assert "costs nothing" in free.stdout
    assert not list(tmp_path.iterdir())


def test_a_run_that_would_cost_too_much_spends_nothing(commands: Commands, tmp_path: Path) -> None:
    """The sentence says how much, and what to do; a run within the limit goes on."""
    folder = tmp_path / "run"
    words = ("evals", "run", NAME, "--limit", "2", "--out", str(folder), "--max-cost")
    refused = commands.run(*words, "0.001")
    assert refused.returncode == 3
    assert "more than --max-cost 0.001; nothing was spent" in refused.stderr
    assert not folder.exists()
    assert commands.run(*words, "1").returncode == 0
    finished = ("evals", "run", "--resume", str(folder), "--max-cost", "0")
    assert commands.run(*finished).returncode == 0


def test_one_tutor_twice_is_no_grid(keyless: Commands, tmp_path: Path) -> None:
    """Two runs of one tutor are epochs."""
    done = keyless.run("evals", "run", NAME, "--prompt", "tutor", "--prompt", "tutor@1")
    assert done.returncode == 2
    assert "one of them twice" in done.stderr
    assert not list(tmp_path.iterdir())


def ids(folder: Path) -> list[str]:
    """The utterances of a run."""
    found: list[str] = json.loads((folder / "run.json").read_text())["utterance_ids"]
    return found


def test_a_sample_is_the_same_whenever_it_is_drawn(commands: Commands, tmp_path: Path) -> None:
    """A part of a dataset is only worth comparing on when anybody can take it again."""
    drawn = []
    for name, words in (
        ("one", ("--sample", "6")),
        ("again", ("--sample", "6", "--seed", "0")),
        ("other", ("--sample", "6", "--seed", "1")),
        ("smaller", ("--sample", "3")),
    ):
        folder = tmp_path / name
        done = commands.run("evals", "run", NAME, *words, "--out", str(folder))
        assert done.returncode == 0, done.stderr
        drawn.append(ids(folder))
    one, again, other, smaller = drawn
    assert one == again != other
    assert set(smaller) < set(one)
    assert json.loads((tmp_path / "other" / "run.json").read_text())["part"] == {
        "sample": 6,
        "seed": 1,
        "wrong_in": "",
    }
    planned = commands.run("evals", "plan", NAME, "--sample", "6", "--json")
    assert json.loads(planned.stdout)["runs"][0]["n_sessions"] == 6


def test_what_a_run_got_wrong_is_replayed_alone(serving: Serving, tmp_path: Path) -> None:
    """A prompt that is to mend something is tried first where it is broken."""
    commands = serving(["tool_call_cancelled#2", "tool_call_cancelled#4"])
    first, again = tmp_path / "runs" / "first", tmp_path / "again"
    words = ("run", NAME, "-c", "1", "--prompt", "tutor")
    assert commands.run("evals", *words, "--limit", "5", "--out", str(first)).returncode == 0
    done = commands.run("evals", *words, "--wrong-in", "first", "--out", str(again))
    assert done.returncode == 0, done.stderr
    assert ids(again) == [ids(first)[1], ids(first)[3]]
    sampled = tmp_path / "sampled"
    drawn = ("--wrong-in", str(first), "--sample", "1", "--out", str(sampled))
    assert commands.run("evals", *words, *drawn).returncode == 0
    assert set(ids(sampled)) < set(ids(again))
    assert commands.run("evals", "run", "--resume", str(sampled), "--retry-failed").returncode == 0
    for run, sentence in (("nowhere", "expected a run folder"), (str(again), "got nothing wrong")):
        refused = commands.run("evals", *words, "--wrong-in", run)
        assert refused.returncode == 2
        assert sentence in refused.stderr


def test_a_kept_prompt_is_run_with_its_settings(commands: Commands, tmp_path: Path) -> None:
    """What was tried in the page is what the command measures."""
    settings = PromptSettings(model="gemini-3.1-flash-live-preview", voice="Kore", temperature=0.5)
    mine = Prompt("mine", "", "", "Call write_math for every formula.", settings=settings)
    keep_version(tmp_path, mine, datetime.now(UTC))
    one, other = tmp_path / "one", tmp_path / "other"
    words = ("run", NAME, "--limit", "1", "--prompt", "mine@1")
    assert commands.run("evals", *words, "--out", str(one)).returncode == 0
    model = ("--model", "gemini-3.8-live")
    assert commands.run("evals", *words, *model, "--out", str(other)).returncode == 0
    tutors = [json.loads((folder / "run.json").read_text())["tutor"] for folder in (one, other)]
    assert [tutor["model"] for tutor in tutors] == [settings.model, "gemini-3.8-live"]
    assert {(tutor["voice"], tutor["temperature"]) for tutor in tutors} == {("Kore", 0.5)}
