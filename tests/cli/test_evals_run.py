"""`python -m evals run`: whole, killed, interrupted, refused, twice, on a full disk."""

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import TIMEOUT_SEC, Commands
from tests.live_service import N_UTTERANCES
from tests.paths import DATASET

NAME = "spoken-math-mini"
N_LONG = 40  # recordings of a run that is ended in the middle
LONG = ("run", NAME, "--limit", str(N_LONG))
Serving = Callable[..., Commands]


def attempts(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "attempts.jsonl").read_text().splitlines()]


def answers(folder: Path) -> dict[object, tuple[object, ...]]:
    """What came of each utterance, without what differs from time to time."""
    kept = ("status", "transcript", "formulas", "answer", "error")
    return {row["utterance_id"]: tuple(map(str, map(row.get, kept))) for row in attempts(folder)}


def wait_for_attempts(folder: Path, n_attempts: int) -> None:
    """Until that many lines are written."""
    path, deadline = folder / "attempts.jsonl", time.monotonic() + TIMEOUT_SEC
    while not path.exists() or path.read_bytes().count(b"\n") < n_attempts:
        assert time.monotonic() < deadline, "no attempts came"
        time.sleep(0.005)


def status(folder: Path) -> str:
    return str(json.loads((folder / "run.json").read_text())["status"])


def test_a_run_scores_and_reports_what_was_heard_and_understood(
    commands: Commands, tmp_path: Path
) -> None:
    """The shape of the report is what other programs build on."""
    folder = tmp_path / "run"
    done = commands.run("evals", "run", NAME, "--prompt", "transcribe", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == str(folder)
    assert f"{N_UTTERANCES} of {N_UTTERANCES}" in done.stderr
    assert commands.run("evals", "score", str(folder)).returncode == 0
    report = tmp_path / "report.json"
    assert commands.run("evals", "report", str(folder), "-o", str(report)).returncode == 0
    found = json.loads(report.read_text())
    counts = {"total": N_UTTERANCES, "ok": N_UTTERANCES, "cut_off": 0, "no_answer": 0, "failed": 0}
    assert found["utterances"] == counts
    assert found["words"]["wer"] == {"value": 0.0, "low": 0.0, "high": 0.0, "n": N_UTTERANCES}
    assert {"wer", "mer", "cer"} <= set(found["words"])
    for column in ("notation", "words_only"):
        assert {"valid", "exact_strict", "exact_spoken"} <= set(found[column])
        assert set(found[column]["exact_spoken"]) == {"value", "low", "high", "n"}
    n_formulas, n_prose = (
        found[k][r]["n"] for k, r in (("notation", "valid"), ("no_formula", "correct"))
    )
    assert n_formulas + n_prose == N_UTTERANCES
    assert n_prose > 0
    assert found["run"]["prompt"] == "transcribe@1"
    printed = commands.run("evals", "report", str(folder), "--json")
    assert json.loads(printed.stdout) == found
    summary = json.loads((folder / "summary.json").read_text())
    assert summary["notation"] == found["notation"]
    for scores in ("words@1", "notation@2"):
        rows = (folder / "scores" / f"{scores}.jsonl").read_text().splitlines()
        assert len(rows) == N_UTTERANCES


def test_a_killed_run_goes_on_as_if_nothing_had_happened(
    commands: Commands, tmp_path: Path
) -> None:
    """Hours of a service's time must not be lost, nor spent twice."""
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert commands.run("evals", *LONG, "--out", str(whole)).returncode == 0
    process = commands.start("evals", *LONG, "-c", "1", "--out", str(killed))
    wait_for_attempts(killed, 5)
    process.kill()
    process.communicate(timeout=TIMEOUT_SEC)
    before = attempts(killed)
    assert 5 <= len(before) < N_LONG
    with (killed / "attempts.jsonl").open("a") as file:
        file.write('{"utterance_id": "half a li')  # as a kill in the middle of a write leaves it
    listed = commands.run("evals", "ls", str(tmp_path))
    assert "stopped" in listed.stdout
    assert commands.run("evals", "report", str(killed), "--json").returncode == 1
    done = commands.run("evals", "run", "--resume", str(killed))
    assert done.returncode == 0, done.stderr
    assert attempts(killed)[: len(before)] == before
    assert len(attempts(killed)) == N_LONG
    assert answers(killed) == answers(whole)
    assert status(killed) == "complete"


@pytest.mark.parametrize(
    "numbers",
    [(signal.SIGINT,), (signal.SIGINT,) * 5, (signal.SIGTERM, signal.SIGINT), (signal.SIGHUP,)],
    ids=["Ctrl-C", "impatient", "terminated", "terminal closed"],
)
def test_a_run_that_is_ended_says_how_to_go_on(
    commands: Commands, tmp_path: Path, numbers: tuple[signal.Signals, ...]
) -> None:
    """Whoever stops a run wants the line to type next, however it was stopped."""
    folder = tmp_path / "run"
    process = commands.start("evals", "run", NAME, "-c", "1", "--out", str(folder))
    wait_for_attempts(folder, 2)
    for number in numbers:
        process.send_signal(number)
    output, errors = process.communicate(timeout=TIMEOUT_SEC)
    assert process.returncode == 128 + numbers[0]
    assert f"python -m evals run --resume {folder}" in errors
    assert "Traceback" not in errors
    assert output.splitlines()[-1] == str(folder)
    assert status(folder) == "stopped"


def test_what_fails_is_failed_and_what_is_cut_is_cut(serving: Serving, tmp_path: Path) -> None:
    """A lost answer must never look like a wrong one, and the exit code must tell."""
    commands = serving(["1007@utterance#2", *(f"drop@answer#{n}" for n in (3, 4, 5))])
    folder = tmp_path / "run"
    done = commands.run("evals", "run", NAME, "-c", "1", "--limit", "4", "--out", str(folder))
    assert done.returncode == 1
    statuses = [row["status"] for row in attempts(folder)]
    assert statuses == ["ok", "failed", "cut_off", "cut_off", "cut_off", "ok"]
    assert attempts(folder)[1]["transcript"] == ""
    assert attempts(folder)[1]["error"]
    report = commands.run("evals", "report", str(folder), "--json")
    assert report.returncode == 1
    found = json.loads(report.stdout)
    assert found["utterances"] == {"total": 4, "ok": 2, "cut_off": 1, "no_answer": 0, "failed": 1}
    assert found["words"]["wer"]["n"] == 3
    again = serving().run("evals", "run", "--resume", str(folder), "--retry-failed")
    assert again.returncode == 0, again.stderr
    assert "4 ok, 0 cut off, 0 without an answer, 0 failed" in again.stderr


def test_a_quota_is_learned_and_the_run_is_whole(serving: Serving, tmp_path: Path) -> None:
    """Two sessions at a time: the others wait, and no clip is lost to it."""
    folder = tmp_path / "run"
    run = ("evals", "run", NAME, "-c", "4", "--limit", "8", "--out", str(folder))
    done = serving(["limits=2/100"]).run(*run)
    assert done.returncode == 0, done.stderr
    refused = [row for row in attempts(folder) if row["remedy"] == "pause"]
    assert 2 <= len(refused) <= 4
    assert {row["error_code"] for row in refused} == {429}
    assert "8 ok" in done.stderr


def test_a_run_without_credit_stops_and_goes_on_later(serving: Serving, tmp_path: Path) -> None:
    """Its clips are not to blame, and the next one would be refused as well."""
    folder = tmp_path / "run"
    run = ("evals", "run", NAME, "-c", "1", "--limit", "4", "--out", str(folder))
    done = serving(["no_credit#3"]).run(*run)
    assert done.returncode == 4
    assert "Add credit" in done.stderr
    assert f"--resume {folder}" in done.stderr
    assert [row["status"] for row in attempts(folder)] == ["ok", "ok"]
    mended = serving().run("evals", "run", "--resume", str(folder))
    assert mended.returncode == 0, mended.stderr
    assert "4 ok" in mended.stderr


def test_a_refused_key_stops_a_grid(serving: Serving, tmp_path: Path) -> None:
    """One connection says it for all of them."""
    grid = ("--prompt", "transcribe", "--prompt", "tutor", "--out", str(tmp_path / "grid"))
    done = serving(["location"]).run("evals", "run", NAME, "-c", "1", "--limit", "2", *grid)
    assert done.returncode == 4
    assert "2 of 2" not in done.stderr
    assert done.stderr.count("--resume") == 2


def test_turns_that_end_empty_are_no_verdict_on_the_model(serving: Serving, tmp_path: Path) -> None:
    """https://github.com/googleapis/python-genai/issues/2117: half of some deployed calls."""
    folder = tmp_path / "run"
    run = ("evals", "run", NAME, "-c", "1", "--limit", "2", "--out", str(folder))
    done = serving(["empty_turn"]).run(*run)
    assert done.returncode == 1
    assert "0 ok, 0 cut off, 2 without an answer, 0 failed, retries: 4" in done.stderr
    report = serving().run("evals", "report", str(folder), "--json")
    found = json.loads(report.stdout)
    assert found["utterances"]["no_answer"] == 2
    assert (found["words"]["wer"]["n"], found["all_counted"]["wer"]["value"]) == (0, 1.0)
    shown = serving().run("evals", "show", str(folder))
    assert "no answer" in shown.stdout
    junit = serving().run("evals", "report", str(folder), "-o", str(tmp_path / "run.xml"))
    assert junit.returncode == 1
    suite = (tmp_path / "run.xml").read_text(encoding="utf-8")
    assert 'errors="2" failures="0"' in suite
    assert "ended empty" in suite
    mended = serving().run("evals", "run", "--resume", str(folder), "--retry-failed")
    assert mended.returncode == 0, mended.stderr


def test_a_lost_connection_is_tried_again_and_counted(serving: Serving, tmp_path: Path) -> None:
    """Services lose connections now and then; a retry is cheaper than a lost clip."""
    commands = serving(["1011@utterance#2"])
    folder = tmp_path / "run"
    done = commands.run("evals", "run", NAME, "-c", "1", "--limit", "3", "--out", str(folder))
    assert done.returncode == 0, done.stderr
    assert "retries: 1" in done.stderr
    numbers = [(row["attempt"], row["status"]) for row in attempts(folder)]
    assert numbers == [(1, "ok"), (1, "failed"), (2, "ok"), (1, "ok")]


@pytest.mark.parametrize(
    ("faults", "sentence"),
    [
        (["wrong_key"], "does not accept the key"),
        (["unknown_model"], "model is unknown to the Live service or not allowed"),
        (["no_credit"], "Add credit"),
        (["tls_interceptor"], "certificate is not trusted"),
    ],
)
def test_a_refusing_service_is_no_outcome(
    serving: Serving, tmp_path: Path, faults: list[str], sentence: str
) -> None:
    """A failure for each clip would say about the model what is wrong with the key."""
    folder = tmp_path / "run"
    done = serving(faults).run("evals", "run", NAME, "--limit", "6", "--out", str(folder))
    assert done.returncode == 4
    assert sentence in done.stderr
    assert not (folder / "attempts.jsonl").exists()
    mended = serving().run("evals", "run", "--resume", str(folder))
    assert mended.returncode == 0, mended.stderr


def test_a_folder_takes_one_run(commands: Commands, tmp_path: Path) -> None:
    """Two writers would mix their lines."""
    folder = tmp_path / "run"
    process = commands.start("evals", "run", NAME, "--epochs", "50", "--out", str(folder))
    wait_for_attempts(folder, 1)
    for words in (("run", NAME, "--out", str(folder)), ("run", "--resume", str(folder))):
        second = commands.run("evals", *words)
        assert second.returncode == 2
        assert str(folder) in second.stderr
    assert "running" in commands.run("evals", "ls", str(tmp_path)).stdout
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=TIMEOUT_SEC)
    tried = [(row["utterance_id"], row["epoch"]) for row in attempts(folder)]
    assert len(tried) == len(set(tried))


def test_a_full_disk_ends_the_run_and_loses_nothing_written(
    commands: Commands, tmp_path: Path
) -> None:
    """A file that may not grow is what a full disk looks like to a program."""
    folder = tmp_path / "run"
    done = commands.run("evals", *LONG, "-c", "1", "--out", str(folder), limit_bytes=8 * 1024)
    assert done.returncode == 4
    assert "can't be written" in done.stderr
    mended = commands.run("evals", "run", "--resume", str(folder))
    assert mended.returncode == 0, mended.stderr
    assert len(attempts(folder)) == N_LONG


def test_a_changed_dataset_is_not_resumed(commands: Commands, tmp_path: Path) -> None:
    """Half a run on other references would be no run at all."""
    dataset, folder = tmp_path / "mine", tmp_path / "run"
    rows = (DATASET / "metadata.jsonl").read_text().splitlines()[:4]
    (dataset / "audio").mkdir(parents=True)
    for row in map(json.loads, rows):
        os.link(DATASET / row["file_name"], dataset / row["file_name"])
    (dataset / "metadata.jsonl").write_text("\n".join(rows))
    first = commands.run("evals", "run", str(dataset), "--limit", "2", "--out", str(folder))
    assert first.returncode == 0, first.stderr
    (dataset / "metadata.jsonl").write_text("\n".join(rows).replace("twelve", "eleven"))
    second = commands.run("evals", "run", "--resume", str(folder))
    assert second.returncode == 2
    assert "has changed" in second.stderr


def test_only_what_failed_is_tried_again(serving: Serving, tmp_path: Path) -> None:
    """A bad hour of the service must not cost a whole run."""
    folder = tmp_path / "run"
    first = serving(["1007@utterance#2"])
    done = first.run("evals", "run", NAME, "-c", "1", "--limit", "3", "--out", str(folder))
    assert done.returncode == 1
    assert serving().run("evals", "run", "--resume", str(folder)).returncode == 1
    mended = serving().run("evals", "run", "--resume", str(folder), "--retry-failed")
    assert mended.returncode == 0, mended.stderr
    tried = [(row["utterance_id"], row["attempt"], row["status"]) for row in attempts(folder)]
    assert len(tried) == 4
    assert tried[-1] == (tried[1][0], 2, "ok")
