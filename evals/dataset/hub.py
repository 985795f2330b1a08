"""Datasets from and to the Hugging Face Hub, with the `hub` extra."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from agent.errors import DatasetError, EnvironmentNotReady, SettingsError
from evals.dataset.importing.sources import MAX_FILES, MAX_TOTAL_BYTES
from evals.dataset.own import CARD
from evals.dataset.utterances import METADATA, load_dataset

if TYPE_CHECKING:
    from huggingface_hub import HfApi

REPOSITORY = re.compile(r"[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}")
PART = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*")


def is_repository(source: str) -> bool:
    """Whether `source` is written like a dataset on the Hub: owner/name."""
    return REPOSITORY.fullmatch(source) is not None


def download_dataset(repository: str, part: str, folder: Path, token: SecretStr | None) -> None:
    """Fetch a dataset's files into `folder`; of a `part` only what lies in that folder of it.

    DatasetError for a name that is none and for more than an import may take,
    EnvironmentNotReady when the Hub can't be reached or won't give it.
    """
    if not is_repository(repository) or (part and not PART.fullmatch(part)):
        raise DatasetError("Expected a dataset of the Hub as owner/name, and a folder in it.")
    with _hub(token) as hub:
        info = hub.dataset_info(repository, files_metadata=True)
        wanted = [
            each
            for each in info.siblings or ()
            if not part or each.rfilename.startswith(f"{part}/")
        ]
        n_bytes = sum(each.size or 0 for each in wanted)
        if not wanted or len(wanted) > MAX_FILES or n_bytes > MAX_TOTAL_BYTES:
            folders = sorted(
                {s.rfilename.split("/")[0] for s in info.siblings or () if "/" in s.rfilename}
            )
            raise DatasetError(
                f"{repository} has {len(wanted):,} files and {n_bytes / 1e9:.1f} GB there; at most "
                f"{MAX_FILES:,} and {MAX_TOTAL_BYTES // 1_000_000_000} GB are taken. Name a part of "
                f"it: {', '.join(folders[:20]) or 'it has no folders'}."
            )
        hub.snapshot_download(
            repository,
            repo_type="dataset",
            local_dir=folder,
            allow_patterns=[each.rfilename for each in wanted],
        )


def push_dataset(folder: Path, repository: str, token: SecretStr | None, *, public: bool) -> str:
    """Put a dataset on the Hub, private unless `public`; gives its address.

    SettingsError without a token, DatasetError for a dataset with anything wrong in it,
    EnvironmentNotReady when the Hub can't be reached or refuses.
    """
    if not is_repository(repository):
        raise DatasetError(f"Expected a dataset of the Hub as owner/name, got {repository!r}.")
    if token is None:
        raise SettingsError(
            "HF_TOKEN is not set. Make a token that may write at huggingface.co/settings/tokens, "
            "and put it into the environment."
        )
    recordings = {
        each.path.relative_to(folder).as_posix() for each in load_dataset(folder).utterances
    }
    if (folder / CARD).is_symlink():
        raise DatasetError(f"{CARD} is a link; put the file itself there.")
    with _hub(token) as hub:
        hub.create_repo(repository, repo_type="dataset", private=not public, exist_ok=True)
        hub.upload_folder(
            repo_id=repository,
            repo_type="dataset",
            folder_path=folder,
            allow_patterns=[METADATA, CARD, *sorted(recordings)],
            commit_message=f"Put {folder.name}",
        )
    return f"https://huggingface.co/datasets/{repository}"


@contextmanager
def _hub(token: SecretStr | None) -> "Iterator[HfApi]":
    """The Hub's client; whatever it raises becomes one sentence without the token."""
    try:
        from huggingface_hub import HfApi  # noqa: PLC0415 (an extra)
        from huggingface_hub.errors import HfHubHTTPError, HTTPError  # type: ignore[attr-defined] # noqa: PLC0415
    except ImportError as error:
        raise EnvironmentNotReady(
            "The Hub needs its client: pip install 'spoken-maths-workbench[hub]'."
        ) from error
    try:
        yield HfApi(token=token.get_secret_value() if token else False)
    except HfHubHTTPError as error:
        raise EnvironmentNotReady(
            f"The Hub refused with {error.response.status_code}. Is the name right, and may the "
            "token in HF_TOKEN do this?"
        ) from None
    except (HTTPError, OSError) as error:
        raise EnvironmentNotReady(
            f"The Hub can't be reached ({type(error).__name__}). Is there a network?"
        ) from None
