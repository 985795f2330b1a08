"""Datasets into the page and out of it: uploads, the Hugging Face Hub, a zip to take along."""

import asyncio
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse
from pydantic import Field, SecretStr
from starlette.background import BackgroundTask
from typing_extensions import TypedDict

from agent.files import make_folder
from agent.strict import Strict
from evals.dataset.export import export_dataset
from evals.dataset.hub import download_dataset
from evals.dataset.importing import Imported, import_dataset
from evals.dataset.own import check_name
from workbench.datasets.opened import Datasets
from workbench.shared.names import Name
from workbench.shared.uploads import received_file

MAX_UPLOAD_BYTES = 400_000_000


class FromHub(Strict):
    """A dataset of the Hub, and which rows of it."""

    name: Name
    repository: Name
    part: Name = ""
    language: Annotated[str, Field(max_length=40)] = ""
    limit: Annotated[int | None, Field(ge=1, le=50_000)] = None


class UploadLimits(TypedDict):
    """What the page takes at once."""

    upload_bytes: int


class ImportedView(TypedDict):
    """The new dataset."""

    name: str
    n_utterances: int


def exchange_routes(datasets: Datasets, home: Path, hub_token: SecretStr | None) -> APIRouter:
    """Imports wait for each other: each may fill memory with one recording and the disk."""
    routes = APIRouter(prefix="/api/datasets")
    incoming = home / "incoming"
    one_at_a_time = asyncio.Lock()

    @routes.get("/limits")
    def limits() -> UploadLimits:
        return {"upload_bytes": MAX_UPLOAD_BYTES}

    @routes.post("/import")
    async def receive(request: Request, name: Name) -> ImportedView:
        check_name(name)
        async with received_file(request, incoming) as path, one_at_a_time:
            return _told(await asyncio.to_thread(import_dataset, path, datasets.own, name))

    @routes.post("/hub")
    async def fetch(body: FromHub) -> ImportedView:
        check_name(body.name)
        async with one_at_a_time:
            return _told(await asyncio.to_thread(_from_hub, body))

    def _from_hub(wanted: FromHub) -> Imported:
        make_folder(incoming)
        only = {"language": wanted.language} if wanted.language else {}
        with TemporaryDirectory(dir=incoming) as fetched:
            download_dataset(wanted.repository, wanted.part, Path(fetched), hub_token)
            return import_dataset(
                Path(fetched), datasets.own, wanted.name, only=only, limit=wanted.limit
            )

    @routes.get("/{name}/export")
    def export(name: str) -> FileResponse:
        folder = datasets.folder(name)
        make_folder(incoming)
        with NamedTemporaryFile(dir=incoming, prefix="export-", delete=False) as file:
            target = Path(file.name)
        try:
            export_dataset(folder, target)
        except BaseException:
            target.unlink()
            raise
        return FileResponse(
            target,
            media_type="application/zip",
            filename=f"{name}.zip",
            background=BackgroundTask(target.unlink),
        )

    return routes


def _told(done: Imported) -> ImportedView:
    return {"name": done.folder.name, "n_utterances": done.n_utterances}
