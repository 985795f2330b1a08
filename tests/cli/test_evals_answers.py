"""The tutor's answers from the replay to the gate."""

import json
from pathlib import Path

import soundfile

from tests.cli.conftest import Commands
from tests.cli.test_evals_run import attempts

NAME = "spoken-math-mini"


def test_answers_are_kept_scored_compared_and_gated(commands: Commands, tmp_path: Path) -> None:
    """A prompt changes what is answered first of all."""
    kept, plain = tmp_path / "kept", tmp_path / "plain"
    first = commands.run("evals", "run", NAME, "--limit", "8", "--keep-answers", "--out", str(kept))
    assert first.returncode == 0, first.stderr
    assert commands.run("evals", "run", NAME, "--limit", "8", "--out", str(plain)).returncode == 0
    for row in attempts(kept):
        sound = soundfile.info(kept / str(row["answer_file"]))
        assert (sound.format, sound.subtype) == ("OGG", "OPUS")
        assert abs(sound.duration - float(str(row["answer_sec"]))) < 0.1
    assert all(row["answer_file"] is None for row in attempts(plain))
    assert not (plain / "answers").exists()

    assert "Time to first audio" in commands.run("evals", "score", str(kept)).stdout
    summary = json.loads((kept / "summary.json").read_text())
    assert summary["answers"]["duration_sec"]["n"] == 8
    rows = (kept / "scores" / "answer@1.jsonl").read_text().splitlines()
    assert all(json.loads(row)["answer"]["n_words"] > 3 for row in rows)
    (found,) = json.loads(commands.run("evals", "compare", str(kept), str(plain), "--json").stdout)
    assert {"LaTeX read aloud", "words an answer", "time to first audio"} <= {
        metric["name"] for metric in found["answers"]
    }

    good = commands.run("evals", "score", str(kept), "--max-latex-aloud", "0")
    assert good.returncode == 0, good.stderr
    late = commands.run("evals", "score", str(kept), "--max-first-audio", "0")
    assert late.returncode == 3
    assert "first audio is" in late.stderr
    unknown = commands.run("evals", "score", str(kept), "--max-given-away", "50")
    assert unknown.returncode == 3
    assert "solutions given away: no data" in unknown.stderr


def test_answers_go_on_being_kept_after_a_resume(commands: Commands, tmp_path: Path) -> None:
    """Half of a run's answers would be no use to whoever wants to listen."""
    folder = tmp_path / "run"
    words = ("evals", "run", NAME, "--limit", "4", "--keep-answers", "--out", str(folder))
    assert commands.run(*words).returncode == 0
    lines = (folder / "attempts.jsonl").read_text().splitlines(keepends=True)
    (folder / "attempts.jsonl").write_text("".join(lines[:2]))
    for file in (folder / "answers").iterdir():
        file.unlink()
    assert commands.run("evals", "run", "--resume", str(folder)).returncode == 0
    assert len(list((folder / "answers").iterdir())) == 2
