"""What the commands write below WORKBENCH_HOME is its owner's alone."""

import os
from pathlib import Path

from tests.cli.conftest import Commands
from tests.paths import DATASET

NAME = "spoken-math-mini"


def test_a_home_and_all_that_is_in_it_is_for_its_owner(commands: Commands, tmp_path: Path) -> None:
    """Voices of students lie there; a folder that the user named has his own mask."""
    home, named = tmp_path / "home", tmp_path / "named"
    named.mkdir()
    named.chmod(0o755)
    own = commands.beside(WORKBENCH_HOME=str(home))
    run = ("evals", "run", NAME, "--limit", "1", "--keep-answers")
    for words in (
        run,
        ("evals", "dataset", "import", str(DATASET), "--name", "mine", "--limit", "2"),
        ("agent", "deliveries"),
        (*run, "--out", str(named / "run")),
    ):
        done = own.run(*words)
        assert done.returncode == 0, done.stderr
    os.umask(mask := os.umask(0))
    (folder,) = (home / "runs").iterdir()
    assert own.run("evals", "score", str(folder)).returncode == 0
    written = {path.relative_to(home).as_posix(): path for path in home.rglob("*")}
    assert {"workbench.sqlite3", "datasets/mine/metadata.jsonl"} <= set(written)
    assert [name for name, path in written.items() if path.stat().st_mode & 0o077] == []
    assert home.stat().st_mode & 0o777 == 0o700
    assert (named / "run" / "run.json").stat().st_mode & 0o777 == 0o666 & ~mask
