"""Datasets of recorded utterances, in the AudioFolder layout."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from agent.audio import Pcm16, audio_sec, read_audio, read_recording
from agent.errors import AudioFormatError, DatasetError
from agent.files import read_text
from agent.storable import parse_json, storable

METADATA = "metadata.jsonl"
MAX_READINGS = 3
MAX_LINE_CHARS = 100_000
MAX_METADATA_BYTES = 256_000_000
MAX_COLUMNS = 64
NO_TAGS = frozenset(("file_name", "id", "phrase_id", "transcript", "latex", "sha256"))

Text = Annotated[str, Field(max_length=4_000)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class Utterance:
    """One recorded clip and what was meant by it.

    `latex` are the accepted readings: one formula each, or a sentence with `$...$` islands;
    empty when no formula was said. Utterances with one `phrase_id` have the same words.
    `tags` are the metadata's other columns, as text; empty ones are left out. `folder` is the
    dataset's, where there is one: no link leads from it to the clip.
    """

    id: str
    phrase_id: str
    path: Path
    transcript: str
    latex: tuple[str, ...]
    tags: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None

    def audio(self) -> Pcm16:
        """The clip at 16 kHz; AudioFormatError when it can't be read."""
        return read_audio(read_recording(self.path, self.folder), name=self.path.name)

    @property
    def duration_sec(self) -> float:
        """How long the clip lasts, from its header where that says so; raises as `audio`."""
        return audio_sec(read_recording(self.path, self.folder), name=self.path.name)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Utterances in the order of the metadata; `content_hash` is the metadata's SHA-256."""

    name: str
    folder: Path
    utterances: tuple[Utterance, ...]
    content_hash: str

    def only(self, ids: Collection[str]) -> "Dataset":
        """The same dataset with those utterances alone, in its own order."""
        return replace(self, utterances=tuple(u for u in self.utterances if u.id in ids))

    def sampled(self, n_utterances: int, seed: int) -> "Dataset":
        """So many utterances, or all there are: a seed's smaller sample lies in its larger one."""
        drawn = sorted(
            (utterance.id for utterance in self.utterances),
            key=lambda name: hashlib.sha256(f"{seed} {name}".encode()).digest(),
        )
        return self.only(frozenset(drawn[:n_utterances]))


@dataclass(frozen=True, slots=True)
class Part:
    """Which utterances of a dataset are replayed; by itself all.

    Those that the run `wrong_in` got wrong, where one is named, and `sample` of them, drawn by
    `seed`.
    """

    sample: int | None = None
    seed: int = 0
    wrong_in: str = ""


WHOLE = Part()


class Row(BaseModel):
    """One line of the metadata; columns of one's own are kept as tags."""

    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True)

    file_name: Name
    id: Name
    phrase_id: Name
    transcript: Text
    latex: Annotated[list[Text], Field(max_length=MAX_READINGS)]
    sha256: str | None = None
    category: str = ""
    speaker: str = ""
    voice: str = ""
    noise: str = ""
    language: str = ""
    licence: str = ""
    conversation: str = ""
    turn: str = ""

    @field_validator("file_name")
    @classmethod
    def _is_inside(cls, file_name: str) -> str:
        if Path(file_name).is_absolute() or ".." in Path(file_name).parts:
            raise ValueError("must lie inside the dataset's folder")
        return file_name

    @model_validator(mode="after")
    def _is_bounded(self) -> "Row":
        if len(self.model_extra or ()) > MAX_COLUMNS:
            raise ValueError(f"expected at most {MAX_COLUMNS} columns of one's own")
        return self

    @property
    def tags(self) -> dict[str, str]:
        """The columns that say what kind of utterance it is, known ones first."""
        columns = {name: getattr(self, name) for name in type(self).model_fields}
        columns |= self.model_extra or {}
        texts = {name: _text(value) for name, value in columns.items() if name not in NO_TAGS}
        return {name: text for name, text in texts.items() if text}


def _text(value: object) -> str:
    """A column's value as one reads it: numbers and truth as JSON has them, nothing as ''."""
    is_text = value is None or isinstance(value, str)
    text = value or "" if is_text else json.dumps(value, ensure_ascii=False)
    return storable(str(text))


def load_dataset(folder: Path, *, with_recordings: bool = True) -> Dataset:
    """The dataset in `folder`; `with_recordings` False leaves the sound unread, for scoring.

    Raises DatasetError, naming file and line, for the first thing that is wrong: no JSON, a
    field missing, an id twice, a recording that is missing, empty, unreadable, too long or
    not the one that the metadata describes.
    """
    metadata = folder / METADATA
    content = read_metadata(folder)
    lines = content.split("\n")
    utterances = tuple(_utterances(folder, lines, with_recordings))
    if not utterances:
        raise DatasetError(f"{metadata}: expected at least one utterance, got none")
    return Dataset(folder.resolve().name, folder, utterances, short_hash(content))


def read_metadata(folder: Path) -> str:
    """The text of a dataset's metadata; DatasetError when it can't be read or is no UTF-8."""
    try:
        return read_text(folder / METADATA, MAX_METADATA_BYTES, below=folder)
    except OSError as error:
        raise DatasetError(
            f"{folder}: expected a dataset with {METADATA} in UTF-8, got: {error.strerror}"
        ) from error


def short_hash(text: str) -> str:
    """The first 12 hexadecimal digits of its SHA-256: which version of it was meant."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _utterances(folder: Path, lines: list[str], with_recordings: bool) -> Iterator[Utterance]:
    first_lines: dict[str, int] = {}
    recordings = Recordings(folder)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{folder / METADATA}, line {number}"
        row = read_row(line, where)
        if row.id in first_lines:
            raise DatasetError(
                f"{where}: id {row.id!r} was used in line {first_lines[row.id]}; give it another"
            )
        first_lines[row.id] = number
        if with_recordings:
            recordings.check(row, where)
        yield Utterance(
            row.id,
            row.phrase_id,
            folder / row.file_name,
            row.transcript,
            tuple(row.latex),
            row.tags,
            folder,
        )


def read_row(line: str, where: str) -> Row:
    """One line of the metadata; DatasetError, beginning with `where`, when it is none."""
    if len(line) > MAX_LINE_CHARS:
        raise DatasetError(f"{where}: expected at most {MAX_LINE_CHARS} characters")
    try:
        return Row.model_validate(parse_json(line))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "the line"
        raise DatasetError(f"{where}: {name}: {first['msg']}") from error
    except json.JSONDecodeError as error:
        raise DatasetError(f"{where}: expected JSON, got: {error.msg}") from error
    except ValueError as error:
        raise DatasetError(f"{where}: {error}") from error


class Recordings:
    """The recordings of a dataset, each read and checked once, however many rows name it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: dict[str, tuple[str, str]] = {}

    def check(self, row: Row, where: str) -> None:
        """Raise DatasetError, beginning with `where`, for a recording that can't be used."""
        name = row.file_name
        if name not in self._found:
            self._found[name] = self._read(name)
        digest, problem = self._found[name]
        if problem:
            raise DatasetError(f"{where}: {problem}")
        if row.sha256 and digest != row.sha256:
            raise DatasetError(
                f"{where}: {name} is not the recording that sha256 describes; restore it"
            )

    def _read(self, name: str) -> tuple[str, str]:
        """Its SHA-256, and what is wrong with it; one of them is empty."""
        path = self._folder / name
        if not path.exists():
            return "", f"{name} is missing"
        try:
            content = read_recording(path, self._folder)
            duration_sec = audio_sec(content, name=path.name)
        except AudioFormatError as error:
            return "", str(error)
        if duration_sec == 0:
            return "", f"{name} is empty; record it again"
        return hashlib.sha256(content).hexdigest(), ""
