"""A dataset as one archive that every AudioFolder reader takes."""

import zipfile
from pathlib import Path

from agent.errors import EnvironmentNotReady
from agent.files import read_file
from evals.dataset.own import CARD
from evals.dataset.utterances import MAX_METADATA_BYTES, METADATA, load_dataset


def export_dataset(folder: Path, target: Path) -> int:
    """Write the dataset into the zip `target`; gives how many utterances.

    Metadata, card and recordings lie in a folder of the dataset's name. DatasetError for a
    dataset with anything wrong in it, EnvironmentNotReady when the disk won't take it; then
    nothing is left.
    """
    dataset = load_dataset(folder)
    scratch = target.with_name(f"{target.name}.new")
    recordings = sorted({each.path.relative_to(folder) for each in dataset.utterances})
    cards = [path for path in (Path(CARD),) if (folder / path).exists()]
    try:
        with zipfile.ZipFile(scratch, "w") as archive:
            for path in (Path(METADATA), *cards, *recordings):
                content = read_file(folder / path, MAX_METADATA_BYTES, below=folder)
                archive.writestr(f"{folder.name}/{path.as_posix()}", content)
        scratch.replace(target)
    except OSError as error:
        raise EnvironmentNotReady(
            f"{target}: can't be written ({error.strerror}). Make room, or choose another place."
        ) from error
    finally:
        scratch.unlink(missing_ok=True)
    return len(dataset.utterances)
