"""The datasets whose recordings the page may play."""

import contextlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from agent.audio import AUDIO_TYPES
from agent.errors import DatasetError
from evals.dataset.catalogue import list_datasets
from evals.dataset.utterances import read_metadata, read_row


@dataclass(frozen=True, slots=True)
class Sample:
    """One recording that a visitor may play to the tutor."""

    dataset: str
    file_name: str
    transcript: str


@dataclass(frozen=True, slots=True)
class Recordings:
    """Datasets lie one level below `folders`; a name in an earlier folder wins."""

    folders: tuple[Path, ...]

    def datasets(self) -> dict[str, Path]:
        """Dataset folders by name."""
        return list_datasets(self.folders)

    def samples(self) -> list[Sample]:
        """The first recording of each phrase of the first dataset."""
        for name, folder in self.datasets().items():
            by_phrase: dict[str, Sample] = {}
            for line in read_metadata(folder).splitlines():
                with contextlib.suppress(DatasetError):  # the Datasets tab says what is wrong
                    row = read_row(line, name)
                    sample = Sample(name, row.file_name, row.transcript)
                    by_phrase.setdefault(row.phrase_id, sample)
            return list(by_phrase.values())
        return []

    def address(self, path: Path) -> str | None:
        """Where the page can play that recording; None for one outside the known datasets."""
        recording = path.resolve()
        for name, folder in self.datasets().items():
            if recording.is_relative_to(folder.resolve()):
                inside = recording.relative_to(folder.resolve()).as_posix()
                return f"/recordings/{quote(name)}/{quote(inside)}"
        return None

    def find(self, dataset: str, file_name: str) -> Path | None:
        """A recording inside that dataset's folder; None for anything else, links included."""
        folder = self.datasets().get(dataset)
        if folder is None or "\0" in file_name:
            return None
        path = (folder / file_name).resolve()
        inside = path.is_relative_to(folder.resolve())
        return path if inside and path.suffix in AUDIO_TYPES and path.is_file() else None
