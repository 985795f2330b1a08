"""Datasets and runs from elsewhere: no link in them is followed, no pipe is waited for."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.audio import silence
from agent.errors import DatasetError, RunError, SpokenMathsError
from agent.prompts.prompt import readable_prompts
from evals.dataset.checks import find_problems
from evals.dataset.export import export_dataset
from evals.dataset.own import copy_dataset, put_utterance
from evals.dataset.utterances import METADATA, load_dataset
from evals.runs.folder import ATTEMPTS, RUN, Run
from evals.runs.overlay import FILE, read_overlay
from tests.paths import DATASET

ROW = json.loads((DATASET / METADATA).read_text().split("\n")[0])


def to_file(folder: Path) -> None:
    """The recording is somebody's file elsewhere."""
    (folder / ROW["file_name"]).unlink()
    (folder / ROW["file_name"]).symlink_to(folder.parent / "voice.flac")


def to_folder(folder: Path) -> None:
    """All recordings are somebody's folder elsewhere."""
    shutil.rmtree(folder / "audio")
    (folder / "audio").symlink_to(folder.parent / "voices")


def to_pipe(folder: Path) -> None:
    """Whoever opens the recording waits for ever."""
    (folder / ROW["file_name"]).unlink()
    os.mkfifo(folder / ROW["file_name"])


def to_device(folder: Path) -> None:
    """Whoever reads the recording never comes to its end."""
    (folder / ROW["file_name"]).unlink()
    (folder / ROW["file_name"]).symlink_to("/dev/zero")


@pytest.fixture(params=[to_file, to_folder, to_pipe, to_device], ids=lambda each: each.__name__)
def foreign(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A dataset of one recording, beside voices of somebody else."""
    folder, name = tmp_path / "foreign", ROW["file_name"]
    for path in (folder / name, tmp_path / "voices" / Path(name).name, tmp_path / "voice.flac"):
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(DATASET / name, path)
    (folder / METADATA).write_text(json.dumps(ROW) + "\n")
    spoil: Callable[[Path], None] = request.param
    spoil(folder)
    return folder


def test_a_recording_behind_a_link_is_refused_by_everybody(foreign: Path, tmp_path: Path) -> None:
    """A copy would put a student's voice where others are sent it; an export into a zip."""
    home = tmp_path / "home"
    home.mkdir()
    for read in (
        lambda: load_dataset(foreign),
        lambda: copy_dataset(foreign, home / "datasets", "copied"),
        lambda: export_dataset(foreign, home / "exported.zip"),
        load_dataset(foreign, with_recordings=False).utterances[0].audio,
    ):
        with pytest.raises(SpokenMathsError, match=r"a link leads there|no plain file") as refused:
            read()
        assert "\n" not in str(refused.value)
    assert [each.line for each in find_problems(foreign)][:1] == [1]
    assert [path for path in home.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", [METADATA, "README.md"])
def test_a_table_or_a_card_behind_a_link_is_not_copied(tmp_path: Path, name: str) -> None:
    """The card of a copy would hold whatever file its maker named."""
    (tmp_path / "secret").write_text("not yours")
    folder = shutil.copytree(DATASET, tmp_path / "foreign")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret")
    with pytest.raises(DatasetError, match="a link leads there"):
        copy_dataset(folder, tmp_path / "datasets", "copied")
    assert not list((tmp_path / "datasets").glob("copied"))


def test_a_recording_is_not_kept_behind_a_link(tmp_path: Path) -> None:
    """A dataset that came with such a folder would have new voices written elsewhere."""
    folder, elsewhere = tmp_path / "mine", tmp_path / "elsewhere"
    for path in (folder, elsewhere):
        path.mkdir()
    (folder / METADATA).write_text("")
    (folder / "audio").symlink_to(elsewhere)
    with pytest.raises(SpokenMathsError, match="is a link"):
        put_utterance(folder, "one", silence(1.0, 16_000), {"transcript": "x", "latex": ["x"]})
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_a_run_behind_a_link_is_no_run(tmp_path: Path, kind: str) -> None:
    """Whoever sends a run folder must not choose what is read here."""
    (tmp_path / "secret").write_text('{"format_version": 1}\n')
    for name in (RUN, ATTEMPTS, FILE):
        path = tmp_path / name
        if kind == "link":
            path.symlink_to(tmp_path / "secret")
        else:
            os.mkfifo(path)
    with pytest.raises(RunError, match=r"a link leads there|no plain file"):
        Run.open(tmp_path)
    with pytest.raises(RunError, match=r"a link leads there|no plain file"):
        read_overlay(tmp_path)


def test_a_prompt_behind_a_link_is_told_and_left_out(tmp_path: Path) -> None:
    """The Prompts tab would show the file; a pipe would keep the page from opening."""
    (tmp_path / "linked.md").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.md")
    found = readable_prompts((tmp_path,))
    assert found.prompts == ()
    assert len(found.problems) == 2
