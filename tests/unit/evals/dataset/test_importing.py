"""What comes from outside becomes a dataset whole, or leaves one sentence and nothing else."""

import io
import json
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from agent.audio import STUDENT_RATE_HZ, Pcm16
from agent.errors import DatasetError
from evals.dataset.checks import find_problems
from evals.dataset.export import export_dataset
from evals.dataset.importing import MAX_FILES, import_dataset
from evals.dataset.own import copy_dataset
from evals.dataset.utterances import METADATA, load_dataset

SOUND = Pcm16(
    np.random.default_rng(2).integers(-9_000, 9_000, STUDENT_RATE_HZ // 4).astype(np.int16),
    STUDENT_RATE_HZ,
)
TABLE = "file_name,transcript,latex\na.wav,x squared,x^2\nb.wav,y,y | {y}\n"


def wav(sound: Pcm16 = SOUND) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, sound.samples, sound.sample_rate_hz, format="WAV", subtype="PCM_16")
    return file.getvalue()


def zipped(path: Path, files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def tarred(path: Path, files: dict[str, bytes], *, mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


GOOD = {"metadata.csv": TABLE.encode(), "a.wav": wav(), "b.wav": wav()}


def in_folder(path: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def brought_in(tmp_path: Path, source: Path, **options: object) -> Path:
    return import_dataset(source, tmp_path / "home" / "datasets", "mine", **options).folder  # type: ignore[arg-type]


def assert_refused(tmp_path: Path, source: Path, sentence: str) -> None:
    """One sentence, and nothing of it on disk."""
    with pytest.raises(DatasetError) as refused:
        brought_in(tmp_path, source)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)
    home = tmp_path / "home"
    kept = [path for path in home.rglob("*") if path.is_file() and path.suffix != ".lock"]
    assert kept == []


@pytest.mark.parametrize(
    "make",
    [
        lambda at: in_folder(at / "data", GOOD),
        lambda at: in_folder(at / "data", {"train/" + n: c for n, c in GOOD.items()}),
        lambda at: in_folder(at / "data", GOOD) / "metadata.csv",
        lambda at: zipped(at / "a.zip", {"top/" + n: c for n, c in GOOD.items()}),
        lambda at: tarred(at / "a.tar.gz", {"./" + n: c for n, c in GOOD.items()}),
        lambda at: tarred(at / "a.tar", GOOD, mode="w:"),
    ],
    ids=["folder", "split", "table", "zip", "tar.gz", "tar"],
)
def test_every_kind_of_source_gives_the_same_dataset(
    tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    """People have recordings in whatever their recorder gave them."""
    folder = brought_in(tmp_path, make(tmp_path))
    first, second = load_dataset(folder).utterances
    assert (first.id, first.transcript, first.latex) == ("a", "x squared", ("x^2",))
    assert second.latex == ("y", "{y}")
    assert np.array_equal(first.audio().samples, SOUND.samples)
    assert find_problems(folder) == []


def test_columns_of_others_are_understood_and_own_ones_kept(tmp_path: Path) -> None:
    """A semicolon table out of a spreadsheet, with a mark at its beginning and a formula inside."""
    table = "path;text;formula;spk;grade;id\na.wav;=cmd|' /C calc'!A0;$x$;ann;7;one\nb.wav;y;y;bo;8;one\n"
    files = {**GOOD, "metadata.csv": b"\xef\xbb\xbf" + table.encode()}
    first, second = load_dataset(brought_in(tmp_path, in_folder(tmp_path / "d", files))).utterances
    assert (first.id, second.id) == ("one", "one-2")
    assert first.transcript == "=cmd|' /C calc'!A0"
    assert first.latex == ("x",)
    assert first.tags["speaker"] == "ann"
    assert first.tags["grade"] == "7"


def test_an_export_comes_in_again_as_it_was(tmp_path: Path) -> None:
    """Zip, e-mail, import: nothing may be lost on the way."""
    folder = brought_in(tmp_path, in_folder(tmp_path / "data", GOOD))
    assert export_dataset(folder, tmp_path / "mine.zip") == 2
    again = import_dataset(tmp_path / "mine.zip", tmp_path / "other" / "datasets", "again").folder
    assert [u.transcript for u in load_dataset(again).utterances] == ["x squared", "y"]
    assert json.loads((again / METADATA).read_text().split("\n")[0]) == json.loads(
        (folder / METADATA).read_text().split("\n")[0]
    )


def lying_wav(path: Path) -> Path:
    content = bytearray(wav())
    content[40:44] = (2_000_000_000).to_bytes(4, "little")
    return in_folder(path / "data", {**GOOD, "a.wav": bytes(content)})


def linked_zip(path: Path) -> Path:
    zipped(path / "a.zip", GOOD)
    with zipfile.ZipFile(path / "a.zip", "a") as archive:
        link = zipfile.ZipInfo("c.wav")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return path / "a.zip"


def linked_tar(path: Path) -> Path:
    with tarfile.open(path / "a.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("c.wav")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(info)
    return path / "a.tar.gz"


def linked_folder(path: Path) -> Path:
    in_folder(path / "data", GOOD)
    (path / "data" / "c.wav").symlink_to("/etc/passwd")
    return path / "data"


def tar_bomb(path: Path) -> Path:
    return tarred(path / "a.tar.gz", {**GOOD, "c.wav": bytes(60_000_000)})


def cut_off(path: Path) -> Path:
    whole = zipped(path / "whole.zip", GOOD).read_bytes()
    (path / "a.zip").write_bytes(whole[: len(whole) // 2])
    return path / "a.zip"


def damaged(path: Path) -> Path:
    content = bytearray(zipped(path / "a.zip", GOOD).read_bytes())
    at = content.find(b"RIFF") if b"RIFF" in content else 200
    content[at + 20 : at + 120] = os.urandom(100)
    (path / "a.zip").write_bytes(content)
    return path / "a.zip"


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda at: zipped(at / "a.zip", {**GOOD, "../evil.wav": wav()}), "leads out"),
        (lambda at: zipped(at / "a.zip", {**GOOD, "/etc/evil": b""}), "leads out"),
        (lambda at: zipped(at / "a.zip", {**GOOD, "..\\evil.wav": b""}), "leads out"),
        (lambda at: tarred(at / "a.tar.gz", {**GOOD, "a/../../b": b""}), "leads out"),
        (linked_zip, "is a link"),
        (linked_tar, "no plain file"),
        (linked_folder, "is a link"),
        (lambda at: zipped(at / "a.zip", {**GOOD, "c.wav": bytes(60_000_000)}), "far more"),
        (tar_bomb, "far more"),
        (lambda at: zipped(at / "a.zip", {f"{n}.txt": b"" for n in range(10_000)}), "no table"),
        (lambda at: zipped(at / "a.zip", {f"{n}": b"" for n in range(MAX_FILES + 1)}), "at most"),
        (cut_off, "can't be read"),
        (damaged, "is broken"),
        (lying_wav, "says that it holds 2,000,000,000 bytes"),
        (lambda at: in_folder(at / "d", {**GOOD, "a.wav": b"RIFFnothing"}), "expected WAV"),
        (lambda at: in_folder(at / "d", {**GOOD, "a.wav": wav(Pcm16(SOUND.samples[:0], 16_000))}), "empty"),
        (lambda at: in_folder(at / "d", {"a.wav": wav()}), "no table"),
        (lambda at: in_folder(at / "d", {**GOOD, "metadata.csv": TABLE.encode("utf-16")}), "UTF-8"),
        (lambda at: in_folder(at / "d", {**GOOD, "metadata.csv": b"file_name\n../../a.wav\n"}), "not among"),
        (lambda at: in_folder(at / "d", {**GOOD, "metadata.csv": b"file_name\na\0.wav\n"}), "line"),
        (lambda at: in_folder(at / "d", {**GOOD, "metadata.csv": b'file_name\n"' + b"x" * 200_000}), "larger than"),
        (lambda at: in_folder(at / "d", {**GOOD, "metadata.csv": b"words\nx\n"}), "file_name"),
        (lambda at: in_folder(at / "d", {**GOOD, "metadata.jsonl": b"[1]\n"}), "JSON object"),
        (lambda at: in_folder(at / "d", {**GOOD, "metadata.jsonl": b"[" * 90_000}), "JSON object"),
        (lambda at: in_folder(at / "d", {"notes.txt": b"x"}) / "notes.txt", "can't be read"),
        (lambda at: at / "nothing", "is not there"),
    ],
)  # fmt: skip
def test_hostile_and_broken_sources_leave_one_sentence(
    tmp_path: Path, make: Callable[[Path], Path], sentence: str
) -> None:
    """Whoever uploads it learns what is wrong, and the disk nothing."""
    assert_refused(tmp_path, make(tmp_path), sentence)


def speech2latex(folder: Path) -> Path:
    """A few rows as that dataset has them: Arrow files with the sound inside."""
    from datasets import Audio, Dataset, Features, Value

    rows = [
        {
            "spk": f"s{n}",
            "language": language,
            "sentence_id": n,
            "is_tts": n % 2,
            "pronunciation": f"the <formula_start> x to the {n} <formula_end> grows",
            "sentence": f"the $x^{n}$ grows",
            "audio_path": {"bytes": wav(), "path": f"{n}.wav"},
        }
        for n, language in enumerate(("eng", "ru", "eng", "eng"))
    ]
    texts = {name: Value("string") for name in ("spk", "language", "pronunciation", "sentence")}
    numbers = {name: Value("int64") for name in ("sentence_id", "is_tts")}
    features = Features({**texts, **numbers, "audio_path": Audio(decode=False)})
    Dataset.from_list(rows, features=features).save_to_disk(folder / "s2l_equations")
    return folder


def test_speech2latex_comes_in_as_it_is(tmp_path: Path) -> None:
    """The field's largest dataset of spoken mathematics; a row has its sound inside."""
    source = speech2latex(tmp_path / "s2l")
    folder = brought_in(tmp_path, source, only={"language": "eng"}, limit=2)
    first, second = load_dataset(folder).utterances
    assert first.transcript == "the x to the 0 grows"
    assert second.latex == ("the $x^2$ grows",)
    assert second.tags["speaker"] == "s2"
    assert second.tags["is_tts"] == "0"
    assert find_problems(folder) == []


def test_a_broken_arrow_file_is_refused(tmp_path: Path) -> None:
    """Half a download."""
    path = next(speech2latex(tmp_path / "s2l").rglob("*.arrow"))
    path.write_bytes(path.read_bytes()[:300])
    assert_refused(tmp_path, tmp_path / "s2l", "download it again")


def test_rows_that_share_a_recording_store_it_once(tmp_path: Path) -> None:
    """2,000 rows of one clip of a megabyte would fill two gigabytes, and take hours to check."""
    lines = [f"a.wav,term {n},x_{n}\n" for n in range(1_999)]
    table = "file_name,transcript,latex\n" + "".join(lines) + "b.wav,again,x\n"
    files = {"metadata.csv": table.encode(), "a.wav": wav(), "b.wav": wav()}
    folder = brought_in(tmp_path, zipped(tmp_path / "many.zip", files))
    assert len(list((folder / "audio").iterdir())) == 1
    copied = copy_dataset(folder, tmp_path / "home" / "datasets", "copied")
    assert len(list((copied / "audio").iterdir())) == 1
    utterances = load_dataset(copied).utterances
    assert len({each.id for each in utterances}) == 2_000
    assert len({each.path for each in utterances}) == 1
