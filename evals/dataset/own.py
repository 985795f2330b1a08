"""Datasets of one's own, changed while others look at them and change them too.

Each is an AudioFolder below `WORKBENCH_HOME/datasets`: `metadata.jsonl`, a card, and the
recordings in `audio/`. Every change is made whole or not at all, one at a time.
"""

import fcntl
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from agent.audio import Pcm16, encoded
from agent.errors import DatasetError, EnvironmentNotReady
from agent.files import append_to, make_folder, read_file, replace_file
from evals.dataset.catalogue import SHIPPED_DATASETS, list_datasets
from evals.dataset.index import Entry
from evals.dataset.utterances import (
    MAX_METADATA_BYTES,
    METADATA,
    Row,
    read_metadata,
    read_row,
    short_hash,
)

CARD = "README.md"
MAX_UTTERANCES = 50_000
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_FILE_STEM = re.compile(r"[^a-z0-9_-]+")


class EditConflictError(DatasetError):
    """Somebody changed the utterance since it was read; `theirs` is what it says now."""

    def __init__(self, theirs: Entry) -> None:
        super().__init__(
            f"Somebody else changed {theirs.row.id!r} while you did. Their text is shown beside "
            "yours: take it, or save yours again."
        )
        self.theirs = theirs


def check_name(name: str) -> str:
    """`name`, when a new dataset may have it; DatasetError otherwise."""
    if not _NAME.fullmatch(name):
        raise DatasetError(
            "A dataset's name has small letters, digits, hyphens and underscores, at most 60, "
            f"and begins with a letter or digit; got {name[:60]!r}."
        )
    if name in list_datasets([SHIPPED_DATASETS]):
        raise DatasetError(f"{name!r} comes with the workbench; choose another name.")
    return name


@contextmanager
def new_dataset(datasets: Path, name: str) -> Iterator[Path]:
    """A folder to fill; it becomes the dataset `name` when the block ends without an error.

    Until then, and after an error, nothing of it is in `datasets`. DatasetError for a name
    that can't be had, EnvironmentNotReady when the disk won't take it.
    """
    target = datasets / check_name(name)
    taken = DatasetError(f"There is a dataset {name!r} already; choose another name.")
    if target.exists():
        raise taken
    incoming = datasets.parent / "incoming"
    try:
        make_folder(datasets)
        make_folder(incoming)
        scratch = Path(tempfile.mkdtemp(dir=incoming))
        try:
            make_folder(scratch / "audio")
            yield scratch
            if not (scratch / CARD).exists():
                replace_file(scratch / CARD, _card(name))
            with _locked(target):
                if target.exists():
                    raise taken
                scratch.rename(target)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise EnvironmentNotReady(
            f"The dataset can't be written ({error.strerror}). Make room, then try again."
        ) from error


def create_dataset(datasets: Path, name: str) -> Path:
    """An empty dataset below `datasets`; gives its folder."""
    with new_dataset(datasets, name) as folder:
        replace_file(folder / METADATA, "")
    return datasets / name


def ensure_dataset(datasets: Path, name: str) -> Path:
    """The folder of the dataset `name`, made when there is none yet."""
    try:
        return create_dataset(datasets, name)
    except DatasetError:
        if (datasets / check_name(name) / METADATA).exists():
            return datasets / name
        raise


def copy_dataset(source: Path, datasets: Path, name: str) -> Path:
    """A copy of a dataset, its card and the recordings that it names; gives the new folder."""
    rows = [read_row(line, str(source)) for line in _lines(source)]
    with new_dataset(datasets, name) as folder:
        cards = {CARD} if (source / CARD).exists() else set()
        for file_name in {METADATA, *cards, *(row.file_name for row in rows)}:
            replace_file(folder / file_name, _content(source, file_name))
    return datasets / name


def _content(source: Path, file_name: str) -> bytes:
    try:
        return read_file(source / file_name, MAX_METADATA_BYTES, below=source)
    except OSError as error:
        raise DatasetError(f"{file_name[:100]} can't be copied: {error.strerror}.") from error


def flac_bytes(sound: Pcm16) -> bytes:
    """The recording as a FLAC file, without loss."""
    return encoded(sound, "FLAC", "PCM_16")


def put_utterance(
    folder: Path, utterance_id: str, sound: Pcm16, columns: Mapping[str, object]
) -> Entry:
    """Add a recording with what is known of it, or replace the one that has this id.

    `columns` are those of the metadata other than the id and the file's own.
    """
    content = flac_bytes(sound)
    file_name = f"audio/{file_stem(utterance_id)}.flac"
    row = {
        "file_name": file_name,
        "id": utterance_id,
        "phrase_id": utterance_id,
        "language": "en",
        **columns,
        "duration_sec": round(sound.duration_sec, 3),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    line = json.dumps(row, ensure_ascii=False)
    checked = read_row(line, utterance_id)
    with _locked(folder):
        lines = _lines(folder)
        at = next((n for n, each in enumerate(lines) if _id_of(each) == utterance_id), len(lines))
        if at == MAX_UTTERANCES:
            raise DatasetError(
                f"A dataset holds at most {MAX_UTTERANCES} utterances; begin another."
            )
        replace_file(folder / file_name, content, below=folder)
        _write(folder, [*lines[:at], line, *lines[at + 1 :]])
    return Entry(at + 1, short_hash(line), checked)


def file_stem(utterance_id: str) -> str:
    """A file's name for an utterance: safe everywhere, another for every id."""
    plain = _FILE_STEM.sub("-", utterance_id.lower())[:60].strip("-")
    return plain if plain == utterance_id else f"{plain}-{short_hash(utterance_id)}".lstrip("-")


def edit_utterance(
    folder: Path, utterance_id: str, revision: str, transcript: str, readings: Sequence[str]
) -> Entry:
    """Change what was said and which LaTeX is accepted; everything else stays.

    EditConflictError when `revision` isn't the one that is there, DatasetError when the
    utterance is gone or the texts are too long.
    """
    changed = {"transcript": transcript, "latex": list(readings)}

    def edited(text: str) -> list[str]:
        return [json.dumps(json.loads(text) | changed, ensure_ascii=False)]

    entry, lines = _change(folder, utterance_id, revision, edited)
    text = lines[entry.line - 1]
    return Entry(entry.line, short_hash(text), read_row(text, utterance_id))


def remove_utterance(folder: Path, utterance_id: str, revision: str) -> None:
    """Take an utterance and its recording out; EditConflictError as for an edit."""
    entry, lines = _change(folder, utterance_id, revision, lambda _: [])
    recording = (folder / entry.row.file_name).resolve()
    is_shared = any(entry.row.file_name in line for line in lines)
    if recording.is_relative_to(folder.resolve()) and not is_shared:
        recording.unlink(missing_ok=True)


def _change(
    folder: Path, utterance_id: str, revision: str, change: Callable[[str], list[str]]
) -> tuple[Entry, list[str]]:
    """The utterance as it was, and all lines as they are now."""
    with _locked(folder):
        lines = _lines(folder)
        at = next((n for n, line in enumerate(lines) if _id_of(line) == utterance_id), None)
        if at is None:
            raise DatasetError(f"There is no utterance {utterance_id!r} any more; reload the list.")
        row: Row = read_row(lines[at], utterance_id)
        entry = Entry(at + 1, short_hash(lines[at]), row)
        if entry.revision != revision:
            raise EditConflictError(entry)
        for text in (after := change(lines[at])):
            read_row(text, utterance_id)
        lines[at : at + 1] = after
        _write(folder, lines)
        return entry, lines


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One writer at a time, of all threads and processes."""
    with append_to(folder.parent / f".{folder.name}.lock") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _lines(folder: Path) -> list[str]:
    return [line for line in read_metadata(folder).split("\n") if line.strip()]


def _write(folder: Path, lines: Sequence[str]) -> None:
    replace_file(folder / METADATA, "".join(f"{line}\n" for line in lines))


def _id_of(line: str) -> str | None:
    """A line's id, if it has one: others may be broken, and stay as they are."""
    try:
        return str(json.loads(line)["id"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _card(name: str) -> str:
    return (
        f"---\npretty_name: {name}\ntask_categories:\n- automatic-speech-recognition\n---\n\n"
        f"# {name}\n\nRecorded utterances of spoken mathematics: `metadata.jsonl` says of each "
        "file in `audio/` what was said (`transcript`) and which LaTeX is accepted for it "
        "(`latex`). Say here who recorded them, how, and under which licence.\n"
    )
