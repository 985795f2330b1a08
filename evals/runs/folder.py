"""The run folder: what was asked for in run.json, each attempt as a line of attempts.jsonl."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from pydantic import BaseModel, ConfigDict, TypeAdapter

from agent.errors import EnvironmentNotReady, RunError
from agent.files import (
    append_to,
    make_folder,
    open_file,
    open_new,
    read_text,
    replace_file,
    unwritable,
)
from agent.settings import Engine
from evals.dataset.utterances import WHOLE, Part
from evals.runs.rows import Attempt, attempt_of, line_of

if TYPE_CHECKING:
    from agent.tutor.tutor import Tutor

FORMAT_VERSION = 1
MAX_FILE_BYTES = 2_000_000_000  # of one file of a run
RUN, ATTEMPTS, LOCK = "run.json", "attempts.jsonl", "lock"
RunStatus = Literal["running", "complete", "stopped"]


class RecordedPrompt(BaseModel):
    """The prompt as it was, text included."""

    name: str
    version: str
    description: str
    instructions: str


class RecordedTutor(BaseModel):
    """Everything that shaped the answers; later versions may know more of it."""

    model_config = ConfigDict(extra="allow")

    model: str
    prompt: RecordedPrompt

    def tutor(self) -> "Tutor":
        """The same tutor again; ModelError when its model has gone."""
        from agent.tutor.tutor import Tutor  # noqa: PLC0415 (heavy, and only a replay needs it)

        return TypeAdapter(Tutor).validate_python(self.model_dump())


class RunInfo(BaseModel):
    """What run.json holds; `depth` may be one that only a later version can replay."""

    model_config = ConfigDict(extra="ignore")

    format_version: int
    status: RunStatus
    began: str
    engine: Engine
    depth: str
    by_worker: bool = False
    versions: dict[str, str]
    tutor: RecordedTutor
    fingerprint: str
    dataset_name: str
    dataset_folder: str
    dataset_hash: str
    part: Part = WHOLE
    utterance_ids: list[str]
    epochs: int
    concurrency: int
    keeps_answers: bool = False
    pace: Literal["full", "realtime"] = "full"


class Run:
    """An open run folder; two at a time may not write into one."""

    def __init__(self, folder: Path, info: RunInfo) -> None:
        self.folder = folder
        self.info = info

    @classmethod
    def create(cls, folder: Path, info: RunInfo) -> "Run":
        """A new run in `folder`, which must not hold one."""
        try:
            make_folder(folder)
            with open_new(folder / RUN) as file:
                file.write(info.model_dump_json(indent=2))
        except FileExistsError as error:
            raise RunError(f"{folder}: there is a run already; choose another folder") from error
        except OSError as error:
            raise EnvironmentNotReady(unwritable(folder, error)) from error
        return cls(folder, info)

    @classmethod
    def open(cls, folder: Path) -> "Run":
        """The run in `folder`; RunError when there is none or it is of another version."""
        try:
            content = read_text(folder / RUN, MAX_FILE_BYTES, below=folder)
            version = json.loads(content).get("format_version")
            if version != FORMAT_VERSION:
                raise RunError(
                    f"{folder}: expected a run of version {FORMAT_VERSION}, got {version}; "
                    "read it with the version that wrote it"
                )
            return cls(folder, RunInfo.model_validate_json(content))
        except OSError as error:
            raise RunError(
                f"{folder}: expected a run folder with {RUN}, got: {error.strerror}"
            ) from error
        except (ValueError, AttributeError) as error:
            raise RunError(
                f"{folder / RUN}: expected a run's settings, got something else"
            ) from error

    def add(self, attempt: Attempt) -> None:
        """Append one attempt and let it reach the disk's cache."""
        try:
            with append_to(self.folder / ATTEMPTS) as file:
                file.write(line_of(attempt))
        except OSError as error:
            raise EnvironmentNotReady(unwritable(self.folder, error)) from error

    @property
    def n_bytes(self) -> int:
        """The size of what was written so far: it grows with each attempt."""
        path = self.folder / ATTEMPTS
        return path.stat().st_size if path.exists() else 0

    def attempts(self) -> Iterator[Attempt]:
        """Every attempt in the order of writing; lines that hold none are left out."""
        return (each for each in self._lines() if each is not None)

    @property
    def n_unreadable(self) -> int:
        """Lines that hold no attempt, or more than one may hold; a resumed run replays them."""
        return sum(each is None for each in self._lines())

    def _lines(self) -> Iterator[Attempt | None]:
        """What each line holds; one that a crash cut short is no line."""
        try:
            with open_file(self.folder / ATTEMPTS, below=self.folder) as lines:
                for line in lines:
                    if line.strip() and line.endswith(b"\n"):
                        yield _attempt(line)
        except FileNotFoundError:
            return
        except OSError as error:
            raise RunError(f"{self.folder / ATTEMPTS}: can't be read ({error.strerror})") from error

    @property
    def status(self) -> RunStatus:
        """How far it got: a run whose process was killed is stopped, whatever run.json says."""
        is_left = self.info.status == "running" and not self._is_being_written()
        return "stopped" if is_left else self.info.status

    @property
    def n_retries(self) -> int:
        """Attempts beyond the first at an utterance."""
        return sum(attempt.attempt > 1 for attempt in self.attempts())

    def _is_being_written(self) -> bool:
        try:
            with (self.folder / LOCK).open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other processes from writing here; drops a line that a crash cut short."""
        with self._opened_lock() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise RunError(f"{self.folder}: another process is writing this run") from error
            if (self.folder / ATTEMPTS).exists():
                with append_to(self.folder / ATTEMPTS) as file:
                    file.seek(0)
                    content = file.buffer.read()
                    os.ftruncate(file.fileno(), content.rfind(b"\n") + 1)
            yield

    def _opened_lock(self) -> TextIO:
        try:
            return append_to(self.folder / LOCK)
        except OSError as error:
            raise EnvironmentNotReady(unwritable(self.folder / LOCK, error)) from error

    def outcomes(self) -> list[Attempt]:
        """The last attempt at each utterance and epoch, in the order of the dataset."""
        last = {(each.utterance_id, each.epoch): each for each in self.attempts()}
        keys = ((i, epoch) for epoch in range(self.info.epochs) for i in self.info.utterance_ids)
        return [last[key] for key in keys if key in last]

    def set_status(self, status: RunStatus) -> None:
        """Say how far it got; the old settings stay until the new ones are whole."""
        self.info = self.info.model_copy(update={"status": status})
        replace_file(self.folder / RUN, self.info.model_dump_json(indent=2))


def list_runs(folder: Path) -> list[Run]:
    """The readable runs below `folder`, newest first."""
    found: list[Run] = []
    for path in sorted(folder.glob(f"*/{RUN}"), reverse=True):
        try:
            found.append(Run.open(path.parent))
        except RunError:
            continue
    return found


def new_run_folder(home: Path, dataset: str, model: str, fingerprint: str) -> Path:
    """`runs/<time>_<dataset>_<model>_<short hash>` below `home`; each call gives another."""
    now = datetime.now(UTC)
    short_hash = hashlib.sha256(f"{fingerprint} {now} {secrets.token_hex(8)}".encode()).hexdigest()
    name = f"{now:%Y%m%dT%H%M%SZ}_{dataset}_{model}_{short_hash[:6]}"
    return home / "runs" / name


def _attempt(line: bytes) -> Attempt | None:
    try:
        return attempt_of(line)
    except ValueError:
        return None
