"""Datasets of one's own: whole or not at all, and nobody's text is lost."""

import threading
from pathlib import Path

import numpy as np
import pytest

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.errors import DatasetError, EnvironmentNotReady
from evals.dataset.checks import find_problems
from evals.dataset.index import DatasetIndex
from evals.dataset.own import (
    EditConflictError,
    copy_dataset,
    create_dataset,
    edit_utterance,
    new_dataset,
    put_utterance,
    remove_utterance,
)
from evals.dataset.utterances import METADATA, load_dataset
from tests.paths import DATASET

SOUND = Pcm16(
    np.random.default_rng(1).integers(-9_000, 9_000, STUDENT_RATE_HZ).astype(np.int16),
    STUDENT_RATE_HZ,
)
MEANT = {"transcript": "x squared", "latex": ["x^2"], "category": "powers"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A dataset with one utterance."""
    made = create_dataset(tmp_path / "datasets", "mine")
    put_utterance(made, "one", SOUND, MEANT)
    return made


def left_over(home: Path) -> list[str]:
    return [path.name for path in (home / "incoming").glob("*")]


def test_what_is_put_in_can_be_evaluated(folder: Path) -> None:
    """An utterance made in the page is one like any other."""
    (only,) = load_dataset(folder).utterances
    assert (only.id, only.transcript, only.latex) == ("one", "x squared", ("x^2",))
    assert np.array_equal(only.audio().samples, SOUND.samples)
    assert find_problems(folder) == []
    assert "# mine" in (folder / "README.md").read_text()


@pytest.mark.parametrize(
    "name",
    ["", "../mine", "a/b", ".hidden", "Mine", "a" * 61, "mine\0", "con mine", "spoken-math-mini"],
)
def test_a_name_that_could_be_a_path_or_hide_another_is_refused(tmp_path: Path, name: str) -> None:
    """Names come from visitors and become folders."""
    with pytest.raises(DatasetError):
        create_dataset(tmp_path / "datasets", name)
    assert not (tmp_path / "datasets").exists()


def test_a_name_is_given_once(folder: Path) -> None:
    """The second one would hide the first."""
    with pytest.raises(DatasetError, match="already"):
        create_dataset(folder.parent, "mine")
    assert len(load_dataset(folder).utterances) == 1


def test_of_two_edits_of_one_utterance_the_second_is_told_and_shown_the_first(
    folder: Path,
) -> None:
    """Two people on one table must not lose a word."""
    (entry,) = DatasetIndex(folder).entries
    mine = edit_utterance(folder, "one", entry.revision, "x cubed", ["x^3", "x^{3}"])
    with pytest.raises(EditConflictError) as conflict:
        edit_utterance(folder, "one", entry.revision, "y", ["y"])
    assert conflict.value.theirs.row.transcript == "x cubed"
    assert conflict.value.theirs.revision == mine.revision
    edit_utterance(folder, "one", mine.revision, "y", ["y"])
    (only,) = load_dataset(folder).utterances
    assert (only.transcript, only.latex, only.tags["category"]) == ("y", ("y",), "powers")


def test_edits_of_different_utterances_at_once_are_all_kept(folder: Path) -> None:
    """Each writes the whole file; without a lock the last one would win."""
    for number in range(8):
        put_utterance(folder, f"n{number}", SOUND, MEANT)
    entries = DatasetIndex(folder).entries
    threads = [
        threading.Thread(
            target=edit_utterance, args=(folder, e.row.id, e.revision, f"word {e.row.id}", [])
        )
        for e in entries
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    said = {each.id: each.transcript for each in load_dataset(folder).utterances}
    assert said == {entry.row.id: f"word {entry.row.id}" for entry in entries}


def test_an_edit_leaves_broken_lines_and_unknown_columns_as_they_are(folder: Path) -> None:
    """What this version can't read may be somebody's work."""
    metadata = folder / METADATA
    metadata.write_text("{broken\n" + metadata.read_text().replace('"id"', '"grade": 7, "id"'))
    (entry,) = DatasetIndex(folder).entries
    edit_utterance(folder, "one", entry.revision, "y\u2028z", ["y"])
    first, second, end = metadata.read_text().split("\n")
    assert (first, end) == ("{broken", "")
    assert '"grade": 7' in second
    assert DatasetIndex(folder).get("one").row.transcript == "y\u2028z"


@pytest.mark.parametrize(
    ("transcript", "readings"),
    [("x" * 4_001, ["x"]), ("x", ["x"] * 4), ("x", ["x" * 4_001])],
)
def test_what_can_not_be_read_again_is_not_written(
    folder: Path, transcript: str, readings: list[str]
) -> None:
    """One such line would close the whole dataset."""
    before = (folder / METADATA).read_bytes()
    with pytest.raises(DatasetError):
        edit_utterance(
            folder, "one", DatasetIndex(folder).get("one").revision, transcript, readings
        )
    assert (folder / METADATA).read_bytes() == before


def test_removing_takes_the_recording_along_and_names_a_revision_too(folder: Path) -> None:
    """A recording nobody names is a finding; one somebody has just edited is not gone."""
    put_utterance(folder, "two words", SOUND, MEANT)
    entry = DatasetIndex(folder).get("two words")
    with pytest.raises(EditConflictError):
        remove_utterance(folder, "two words", "0" * 12)
    assert (folder / entry.row.file_name).exists()
    remove_utterance(folder, "two words", entry.revision)
    assert [path.name for path in (folder / "audio").iterdir()] == ["one.flac"]
    with pytest.raises(DatasetError, match="any more"):
        remove_utterance(folder, "two words", entry.revision)


def test_ids_that_look_alike_have_files_of_their_own(folder: Path) -> None:
    """Letters that a file's name can't have must not make two of them one."""
    for utterance_id in ("a/b", "a b", "A b", "../../x"):
        put_utterance(folder, utterance_id, SOUND, MEANT)
    assert len(list((folder / "audio").iterdir())) == 5
    assert find_problems(folder) == []


def test_a_copy_of_a_shipped_dataset_can_be_changed(tmp_path: Path) -> None:
    """The original belongs to the project."""
    copied = copy_dataset(DATASET, tmp_path / "datasets", "mine")
    assert len(load_dataset(copied).utterances) == 170
    entry = DatasetIndex(copied).entries[0]
    edit_utterance(copied, entry.row.id, entry.revision, "other words", [])
    assert left_over(tmp_path) == []


def test_nothing_is_left_of_a_dataset_that_was_not_finished(tmp_path: Path) -> None:
    """Half a dataset would be measured as a whole one."""
    with (
        pytest.raises(EnvironmentNotReady, match="No space left"),
        new_dataset(tmp_path / "datasets", "mine") as folder,
    ):
        (folder / METADATA).write_text("{}")
        raise OSError(28, "No space left on device")
    assert left_over(tmp_path) == []
    assert not (tmp_path / "datasets" / "mine").exists()


def test_search_finds_every_word_and_tags_filter(tmp_path: Path) -> None:
    """Ten thousand lines are found by words, not by scrolling."""
    index = DatasetIndex(DATASET)
    assert len(index.search("", {})) == 170
    found = index.search("TWELVE plus", {"speaker": "rms"})
    assert [entry.row.id for entry in found] == ["arithmetic-1-rms"]
    assert index.search(r"\frac x", {}) != []
    assert index.search("nobody said this", {}) == []
    assert set(index.filters["speaker"]) == {"heart", "rms", "slt", "awb", "kal16"}
    assert "duration_sec" not in index.filters
    with pytest.raises(DatasetError, match="no utterance"):
        index.get("nobody")
