"""The page plays recordings of datasets and nothing else of the disk."""

from pathlib import Path

import pytest

from workbench.shared.recordings import Recordings


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    """Two datasets, a file beside them, and a link that leads out."""
    for dataset in ("mini", "other"):
        (tmp_path / "datasets" / dataset / "audio").mkdir(parents=True)
        (tmp_path / "datasets" / dataset / "metadata.jsonl").write_text("")
        (tmp_path / "datasets" / dataset / "audio" / "a.flac").write_bytes(b"fLaC")
    (tmp_path / "datasets" / "no-dataset").mkdir()
    (tmp_path / "datasets" / "no-dataset" / "a.flac").write_bytes(b"fLaC")
    (tmp_path / "secret.flac").write_bytes(b"secret")
    (tmp_path / "datasets" / "mini" / "link.flac").symlink_to(tmp_path / "secret.flac")
    return Recordings((tmp_path / "datasets",))


@pytest.mark.parametrize(
    ("dataset", "file_name", "found"),
    [
        ("mini", "audio/a.flac", True),
        ("other", "audio/a.flac", True),
        ("mini", "audio/../audio/a.flac", True),
        ("mini", "metadata.jsonl", False),
        ("mini", "audio", False),
        ("mini", "", False),
        ("mini", "nothing.flac", False),
        ("mini", "../other/audio/a.flac", False),
        ("mini", "../../secret.flac", False),
        ("mini", "/etc/passwd", False),
        ("mini", "link.flac", False),
        ("mini", "audio/a.flac\0.wav", False),
        ("no-dataset", "a.flac", False),
        ("..", "secret.flac", False),
        ("", "mini/audio/a.flac", False),
    ],
)
def test_only_recordings_inside_a_dataset_are_found(
    recordings: Recordings, dataset: str, file_name: str, found: bool
) -> None:
    """A name comes from whoever asks: it must not walk out of the dataset."""
    assert (recordings.find(dataset, file_name) is not None) == found
