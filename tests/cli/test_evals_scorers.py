"""Scorers of one's own, and predictions of another system."""

import json
from pathlib import Path

from tests.cli.conftest import Commands

NAME = "spoken-math-mini"
SCORER = '''
def answer_length(utterance, prediction):
    """Words that the tutor said, as docs/scoring.md shows."""
    return len(prediction.answer.split())


def broken(utterance, prediction):
    raise KeyError("nothing here")
'''


def installed(folder: Path, function: str) -> str:
    """A folder to put on the path in which a package with that scorer is installed."""
    folder.mkdir()
    (folder / "my_scorers.py").write_text(SCORER)
    info = folder / "my_scorers-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-scorers\nVersion: 1.2\n")
    (info / "entry_points.txt").write_text(
        f"[workbench.scorers]\nanswer-length = my_scorers:{function}\n"
    )
    return str(folder)


def test_an_installed_scorer_is_asked_about_every_attempt(
    commands: Commands, tmp_path: Path
) -> None:
    """What this project does not measure, others can."""
    run = str(tmp_path / "run")
    commands.run("evals", "run", NAME, "--limit", "3", "--out", run)
    mine = commands.beside(PYTHONPATH=installed(tmp_path / "site", "answer_length"))
    done = mine.run("evals", "score", run)
    assert done.returncode == 0, done.stderr
    assert "answer-length 1.2, mean" in done.stdout
    summary = json.loads((tmp_path / "run" / "summary.json").read_text())
    assert summary["scorers"]["answer-length@1.2"]["n"] == 3
    scores = (tmp_path / "run" / "scores" / "answer-length@1.2.jsonl").read_text().splitlines()
    assert all(json.loads(line)["score"] > 0 for line in scores)


def test_a_broken_scorer_is_named(commands: Commands, tmp_path: Path) -> None:
    """Somebody else's traceback is no help."""
    run = str(tmp_path / "run")
    commands.run("evals", "run", NAME, "--limit", "1", "--out", run)
    mine = commands.beside(PYTHONPATH=installed(tmp_path / "site", "broken"))
    done = mine.run("evals", "score", run)
    assert done.returncode == 4
    assert "scorer 'answer-length'" in done.stderr
    assert "KeyError" in done.stderr


def test_another_systems_predictions_are_scored(keyless: Commands, tmp_path: Path) -> None:
    """So that published systems can stand beside this one."""
    rows = [
        {
            "id": "a",
            "reference": "x squared",
            "latex": ["x^2"],
            "transcript": "x squared",
            "formulas": ["x^{2}"],
        },
        {"id": "b", "reference": "y plus one", "latex": ["y+1"], "transcript": "why plus one"},
    ]
    path = tmp_path / "predictions.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)))
    found = json.loads(keyless.run("evals", "score", str(path), "--json").stdout)
    assert found["notation"]["exact_spoken"]["value"] == 0.5
    assert found["words"]["substitutions"]["value"] == 0.2
    assert "Word error rate" in keyless.run("evals", "score", str(path)).stdout
    path.write_text("\n".join(map(json.dumps, [*rows, rows[0] | {"epoch": 1}])))
    assert keyless.run("evals", "score", str(path)).returncode == 0
    path.write_text("\n".join(map(json.dumps, [*rows, rows[0]])))
    twice = keyless.run("evals", "score", str(path))
    assert twice.returncode == 2
    assert "line 3: 'a' of epoch 0 came before" in twice.stderr
    path.write_text('{"id": "a"}\n')
    refused = keyless.run("evals", "score", str(path))
    assert refused.returncode == 2
    assert "line 1: reference: Field required" in refused.stderr
