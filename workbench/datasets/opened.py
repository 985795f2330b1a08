"""The datasets that the page browses, and which of them it may change."""

from dataclasses import dataclass
from pathlib import Path

from agent.errors import DatasetError
from evals.dataset.catalogue import SHIPPED_DATASETS
from evals.dataset.index import DatasetIndex
from evals.dataset.utterances import METADATA, read_metadata
from workbench.shared.recordings import Recordings

MAX_OPEN = 4  # a dataset of 10,000 utterances takes half a second to read, and 20 MB


class NoSuchDatasetError(DatasetError):
    """No dataset of that name is listed."""


class ReadOnlyDatasetError(DatasetError):
    """The dataset comes with the workbench."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One dataset as the list shows it; one's own can be changed."""

    name: str
    n_utterances: int
    is_own: bool


class Datasets:
    """Names from requests are looked up among what is listed; they never become a path."""

    def __init__(self, recordings: Recordings, own: Path) -> None:
        self._recordings = recordings
        self.own = own  # where one's own lie, one folder each
        self._opened: dict[Path, tuple[tuple[int, int], DatasetIndex]] = {}

    def listed(self) -> list[Listed]:
        """All of them, the shipped ones first."""
        return [
            Listed(name, _n_lines(folder), _is_own(folder))
            for name, folder in self._recordings.datasets().items()
        ]

    def folder(self, name: str) -> Path:
        """The folder of a listed dataset; NoSuchDatasetError for any other name."""
        folder = self._recordings.datasets().get(name)
        if folder is None:
            raise NoSuchDatasetError(f"There is no dataset {name[:60]!r}; reload the list.")
        return folder

    def own_folder(self, name: str) -> Path:
        """The folder of a dataset that may be changed; ReadOnlyDatasetError for a shipped one."""
        folder = self.folder(name)
        if not _is_own(folder):
            raise ReadOnlyDatasetError(
                f"{name} comes with the workbench and stays as it is. Make a copy and change that."
            )
        return folder

    def index(self, name: str) -> DatasetIndex:
        """Its utterances as they are now; read again when the file has changed."""
        folder = self.folder(name)
        found = (folder / METADATA).stat()
        state = (found.st_mtime_ns, found.st_size)
        kept = self._opened.pop(folder, None)
        if kept is None or kept[0] != state:
            kept = state, DatasetIndex(folder)
        self._opened[folder] = kept
        for oldest in list(self._opened)[:-MAX_OPEN]:
            self._opened.pop(oldest, None)
        return kept[1]


def _is_own(folder: Path) -> bool:
    return folder.parent != SHIPPED_DATASETS


def _n_lines(folder: Path) -> int:
    """None where nothing can be read: opening the dataset says why."""
    try:
        return read_metadata(folder).count("\n")
    except DatasetError:
        return 0
