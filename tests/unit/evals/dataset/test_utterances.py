"""A dataset is read whole or refused with the line that is wrong."""

import json
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import soundfile

from agent.audio import STUDENT_RATE_HZ, silence, write_wav
from agent.errors import DatasetError
from evals.dataset.utterances import load_dataset
from evals.notation import Invalid, Katex, split_math
from tests.paths import DATASET


def row(**changes: object) -> dict[str, object]:
    return {
        "file_name": "a.wav",
        "id": "a",
        "phrase_id": "a",
        "transcript": "x squared",
        "latex": ["x^2"],
    } | changes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Recordings of one second, of nothing, of an hour, and one that is none."""
    write_wav(tmp_path / "a.wav", silence(1, STUDENT_RATE_HZ))
    write_wav(tmp_path / "empty.wav", silence(0, STUDENT_RATE_HZ))
    with soundfile.SoundFile(tmp_path / "hour.flac", "w", 8_000, 1) as hour:
        for _ in range(60):
            hour.write(np.zeros(8_000 * 60, dtype=np.int16))
    (tmp_path / "text.wav").write_text("no sound at all")
    return tmp_path


def test_a_sound_dataset_is_read_in_order(folder: Path) -> None:
    """What follows relies on ids, readings and tags as they were written."""
    rows = [row(category="powers"), row(id="b", latex=[], turn=2)]
    (folder / "metadata.jsonl").write_text("\n\n".join(json.dumps(r) for r in rows) + "\n")
    first, second = load_dataset(folder).utterances
    assert (first.id, first.latex, first.tags) == ("a", ("x^2",), {"category": "powers"})
    assert (second.id, second.latex, second.tags) == ("b", (), {"turn": "2"})
    assert first.audio().duration_sec == 1


def test_every_column_of_ones_own_is_kept(folder: Path) -> None:
    """A run is sliced by what its author wrote down, not by what this project thought of."""
    mine = {"grade": 7, "is_native": True, "accent": "", "how": {"snr_db": 5}, "solution": "x=2"}
    (folder / "metadata.jsonl").write_text(json.dumps(row(category="powers", **mine)))
    (found,) = load_dataset(folder).utterances
    assert found.tags == {
        "category": "powers",
        "grade": "7",
        "is_native": "true",
        "how": '{"snr_db": 5}',
        "solution": "x=2",
    }
    columns = {f"column {n}": n for n in range(65)}
    (folder / "metadata.jsonl").write_text(json.dumps(row(**columns)))
    with pytest.raises(DatasetError, match="at most 64 columns"):
        load_dataset(folder)


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([], "at least one utterance"),
        (["{"], r"line 1: expected JSON"),
        (["[]"], r"line 1: "),
        (["[" * 50_000], r"line 1: "),
        ([row(), "no json"], r"line 2: expected JSON"),
        ([row(), row()], r"line 2: id 'a' was used in line 1"),
        ([{"file_name": "a.wav"}], r"line 1: id: "),
        ([row(latex="x^2")], r"line 1: latex: "),
        ([row(latex=["1", "2", "3", "4"])], r"line 1: latex: "),
        ([row(file_name="missing.wav")], r"line 1: missing.wav is missing"),
        ([row(file_name="../a.wav")], r"line 1: file_name: .*inside"),
        ([row(file_name="/etc/passwd")], r"line 1: file_name: .*inside"),
        ([row(file_name="empty.wav")], r"line 1: empty.wav is empty"),
        (
            [row(file_name="hour.flac")],
            r"line 1: hour.flac: expected at most 600 s of audio, got 3600 s",
        ),
        ([row(file_name="text.wav")], r"line 1: text.wav: expected WAV"),
        ([row(sha256="0" * 64)], r"line 1: a.wav is not the recording"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    folder: Path, lines: list[object], complaint: str
) -> None:
    """Whoever collected a thousand recordings must not search for the bad one."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    (folder / "metadata.jsonl").write_text("\n".join(texts))
    with pytest.raises(DatasetError, match=complaint) as refusal:
        load_dataset(folder)
    assert "\n" not in str(refusal.value)


def test_a_folder_without_metadata_is_no_dataset(tmp_path: Path) -> None:
    """A mistyped name is the commonest mistake."""
    with pytest.raises(DatasetError, match=r"metadata\.jsonl"):
        load_dataset(tmp_path / "nothing")


def test_the_shipped_dataset_keeps_its_promises() -> None:
    """Its card says how much there is; each reading must be one that KaTeX can read."""
    dataset = load_dataset(DATASET)
    words = defaultdict(set)
    for utterance in dataset.utterances:
        words[utterance.phrase_id].add(utterance.transcript)
    assert len(dataset.utterances) >= 120
    assert len(words) >= 60
    assert all(len(transcripts) == 1 for transcripts in words.values())
    assert len({u.tags["category"] for u in dataset.utterances}) >= 18
    assert len({u.tags["voice"] for u in dataset.utterances}) >= 4
    assert len({u.tags["noise"] for u in dataset.utterances}) >= 3
    assert dataset.utterances[0].id == "arithmetic-1-heart"
    with Katex() as katex:
        for reading in {reading for u in dataset.utterances for reading in u.latex}:
            pieces = split_math(reading) if "$" in reading else ()
            formulas = [piece.text for piece in pieces if piece.is_math] or [reading]
            assert not any(isinstance(each, Invalid) for each in katex.mathml(formulas)), reading


def test_hugging_face_datasets_reads_the_shipped_recordings(tmp_path: Path) -> None:
    """AudioFolder is the layout that others' tools know."""
    from datasets import Audio
    from datasets import load_dataset as load_audio_folder

    found = load_audio_folder("audiofolder", data_dir=str(DATASET), cache_dir=str(tmp_path))
    rows, ours = found["train"].cast_column("audio", Audio(decode=False)), load_dataset(DATASET)
    assert rows["id"] == [utterance.id for utterance in ours.utterances]
    assert rows["latex"] == [list(utterance.latex) for utterance in ours.utterances]
    assert [row["path"] for row in rows["audio"]] == [str(u.path) for u in ours.utterances]
