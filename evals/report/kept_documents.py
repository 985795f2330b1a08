"""What a page shows of a whole run, kept in the run folder so that it opens at once."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pydantic_core import to_json

from agent.errors import EnvironmentNotReady
from agent.files import read_file, read_text, replace_file
from evals.analysis.score_cache import code_hash
from evals.dataset.utterances import METADATA
from evals.runs import overlay
from evals.runs.folder import ATTEMPTS, MAX_FILE_BYTES, RUN, Run

FOLDER = "views"
Document = Mapping[str, object]


def kept_document(run: Run, name: str, make: Callable[[], Document]) -> str:
    """That document as JSON: what was kept while nothing it was made from has changed, else anew.

    Kept are those of complete runs alone: the next attempt would make any other stale.
    """
    path = run.folder / FOLDER / f"{name}.json"
    key = _key(run)
    try:
        kept_key, _, kept = read_text(path, MAX_FILE_BYTES, below=run.folder).partition("\n")
        if kept_key == key:
            return kept
    except OSError:
        pass
    made = to_json(make(), inf_nan_mode="null").decode()
    if run.status == "complete":
        _keep(run, path, f"{key}\n{made}")
    return made


def _keep(run: Run, path: Path, text: str) -> None:
    """A folder that can't be written costs the next opening its time, no more."""
    try:
        replace_file(path, text, below=run.folder)
    except EnvironmentNotReady:
        return


def _key(run: Run) -> str:
    digests = (hashlib.sha256(content).hexdigest() for content in _made_from(run))
    return hashlib.sha256("\n".join((*digests, code_hash())).encode()).hexdigest()


def _made_from(run: Run) -> Iterator[bytes]:
    """Settings and status, attempts, references, and a listener's remarks."""
    references = Path(run.info.dataset_folder) / METADATA
    folder = run.folder
    for path in (folder / RUN, folder / ATTEMPTS, references, folder / overlay.FILE):
        try:
            yield read_file(path, MAX_FILE_BYTES, below=path.parent)
        except OSError:
            yield b""
