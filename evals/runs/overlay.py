"""What a listener found in a run: tags, and references that are wrong, kept beside it.

The dataset stays as it is. `overlay.jsonl` in the run folder only grows: a line is one remark
on one utterance, and the last remark on an utterance counts.
"""

import fcntl
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, ValidationError

from agent.errors import EnvironmentNotReady, RunError
from agent.files import append_to, read_text, unwritable
from agent.strict import Strict
from evals.dataset.utterances import MAX_READINGS, Name, Text, Utterance

FILE = "overlay.jsonl"
MAX_BYTES = 20 * 2**20  # a file beyond this was not written by hand

Tag = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f,]+$")]


class Remark(Strict):
    """What is to be known of one utterance of a run.

    `transcript` and `latex` are the better reference, None where the dataset's is right; no
    `latex` at all says that no formula was said.
    """

    utterance_id: Name
    tags: Annotated[tuple[Tag, ...], Field(max_length=20)] = ()
    transcript: Text | None = None
    latex: Annotated[tuple[Text, ...], Field(max_length=MAX_READINGS)] | None = None
    at: str = ""

    @property
    def corrects(self) -> bool:
        """Whether the reference is another one."""
        return self.transcript is not None or self.latex is not None


@dataclass(frozen=True, slots=True)
class Overlay:
    """The remarks on a run by utterance; `n_remarks` counts also those that were replaced."""

    remarks: Mapping[str, Remark]
    n_remarks: Mapping[str, int]

    @property
    def n_corrected(self) -> int:
        """Utterances with another reference than the dataset's."""
        return sum(remark.corrects for remark in self.remarks.values())

    @property
    def n_tagged(self) -> int:
        """Utterances with a tag."""
        return sum(bool(remark.tags) for remark in self.remarks.values())

    def corrected(self, utterance: Utterance) -> Utterance:
        """With the better reference, where there is one."""
        remark = self.remarks.get(utterance.id)
        if remark is None or not remark.corrects:
            return utterance
        return replace(
            utterance,
            transcript=utterance.transcript if remark.transcript is None else remark.transcript,
            latex=utterance.latex if remark.latex is None else remark.latex,
        )

    def with_corrections_of(self, others: Iterable["Overlay"]) -> "Overlay":
        """Own tags, and of all better references to an utterance the newest."""
        found = dict(self.remarks)
        remarks = chain.from_iterable(other.remarks.values() for other in others)
        for remark in sorted(remarks, key=lambda each: each.at):
            own = found.get(remark.utterance_id)
            if remark.corrects and (own is None or not own.corrects or own.at < remark.at):
                tags = own.tags if own else ()
                found[remark.utterance_id] = remark.model_copy(update={"tags": tags})
        return Overlay(found, self.n_remarks)


NO_REMARKS = Overlay(MappingProxyType({}), MappingProxyType({}))


def read_overlay(folder: Path) -> Overlay:
    """The remarks on the run in `folder`; RunError names the line that is none.

    A last line that a crash cut short is left out.
    """
    path = folder / FILE
    try:
        lines = read_text(path, MAX_BYTES, below=folder).split("\n")
    except FileNotFoundError:
        return NO_REMARKS
    except OSError as error:
        raise RunError(
            f"{path}: expected remarks as JSON lines in UTF-8, got: {error.strerror}"
        ) from error
    remarks: dict[str, Remark] = {}
    counts: dict[str, int] = {}
    for number, line in enumerate(lines[:-1], start=1):
        try:
            remark = Remark.model_validate_json(line)
        except ValidationError as error:
            raise RunError(f"{path}, line {number}: expected a remark, got none") from error
        remarks[remark.utterance_id] = remark
        counts[remark.utterance_id] = counts.get(remark.utterance_id, 0) + 1
    return Overlay(remarks, counts)


def add_remark(folder: Path, remark: Remark, *, n_seen: int) -> None:
    """Keep a remark that was made in the knowledge of `n_seen` earlier ones on its utterance.

    Raises RunError where somebody else has remarked since, whose words would be hidden, and
    EnvironmentNotReady when the disk won't take it.
    """
    path = folder / FILE
    line = remark.model_copy(update={"at": datetime.now(UTC).isoformat()}).model_dump_json()
    try:
        with append_to(path) as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if read_overlay(folder).n_remarks.get(remark.utterance_id, 0) != n_seen:
                raise RunError(
                    f"{remark.utterance_id}: somebody else has remarked on it since you opened "
                    "it; open it again and see"
                )
            file.seek(0)
            file.truncate(file.buffer.read().rfind(b"\n") + 1)  # what a crash cut short
            file.write(f"{line}\n")
    except OSError as error:
        raise EnvironmentNotReady(unwritable(path, error)) from error
