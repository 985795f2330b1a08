"""The datasets at hand, by name."""

from collections.abc import Sequence
from pathlib import Path

from agent.errors import DatasetError
from evals.dataset.utterances import METADATA

SHIPPED_DATASETS = Path(__file__).parents[2] / "datasets"


def dataset_folders(home: Path) -> tuple[Path, ...]:
    """Where datasets lie, one folder each: the shipped ones, one's own below `home`."""
    return SHIPPED_DATASETS, home / "datasets"


def list_datasets(folders: Sequence[Path]) -> dict[str, Path]:
    """Dataset folders by name; a name in an earlier folder wins."""
    found: dict[str, Path] = {}
    for folder in folders:
        for metadata in sorted(folder.glob(f"*/{METADATA}")):
            found.setdefault(metadata.parent.name, metadata.parent)
    return found


def find_dataset(reference: str, folders: Sequence[Path]) -> Path:
    """The folder that `reference` means: a path to one, or a name in `folders`."""
    known = list_datasets(folders)
    if reference in known:
        return known[reference]
    if Path(reference).is_dir():
        return Path(reference)
    raise DatasetError(
        f"no dataset {reference!r}: expected a folder with {METADATA}, or one of: "
        f"{', '.join(known) or 'none is here'}"
    )
