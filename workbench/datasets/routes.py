"""What the Datasets tab asks for: look through datasets, change one's own."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse, Response
from pydantic import Field
from typing_extensions import TypedDict

from agent.strict import Strict
from evals.dataset.checks import find_problems
from evals.dataset.gold import gold_problems
from evals.dataset.own import (
    EditConflictError,
    copy_dataset,
    create_dataset,
    edit_utterance,
    remove_utterance,
)
from evals.dataset.stats import dataset_stats
from evals.dataset.utterances import MAX_READINGS, Text, load_dataset
from evals.notation import Katex
from workbench.datasets.exchange_routes import MAX_UPLOAD_BYTES, exchange_routes
from workbench.datasets.gold import check_gold, sentence
from workbench.datasets.opened import Datasets, Listed
from workbench.datasets.recording_routes import MAX_RECORDING_BYTES, new_recording_routes
from workbench.datasets.views import (
    EntryView,
    FindingsView,
    StatsView,
    entry_view,
    findings_view,
    stats_view,
)
from workbench.shared.names import Name
from workbench.shared.parts import Part, Shared
from workbench.shared.views import ReadingView, Typeset, reading_view

PAGE_SIZE = 50
MAX_FILTERS = 10

Readings = Annotated[list[Text], Field(max_length=MAX_READINGS)]
Searched = Annotated[str, Query(max_length=400)]
Filters = Annotated[list[Text], Query(max_length=MAX_FILTERS)]
Offset = Annotated[int, Query(ge=0, le=10_000_000)]


class NewDataset(Strict):
    name: Name


class Gold(Strict):
    """What was said, and each LaTeX that is accepted for it."""

    transcript: Text
    latex: Readings


class Edit(Gold):
    id: Name
    revision: Name


class NamedDataset(TypedDict):
    """A dataset that is there now."""

    name: str


class BrowsedView(TypedDict):
    """A page of the utterances that were searched for; `filters` are values by tag."""

    n_all: int
    n_broken: int
    n_found: int
    page_size: int
    filters: dict[str, list[str]]
    rows: list[EntryView]


class RemovedUtterance(TypedDict):
    """The utterance that is gone."""

    removed: str


class GoldPreview(TypedDict):
    """The readings typeset, and a sentence for each thing that is wrong with them."""

    readings: list[ReadingView]
    problems: list[str]


class ConflictView(TypedDict):
    """Why a change was not made, and the utterance as somebody else saved it."""

    message: str
    theirs: EntryView


def dataset_part(shared: Shared) -> Part:
    """Look through datasets and change one's own, bring others in, record new utterances."""
    datasets = Datasets(shared.recordings, shared.home / "datasets")
    return Part(
        (
            exchange_routes(datasets, shared.home, shared.settings.hf_token),
            dataset_routes(datasets, shared.katex, shared.typeset),
            new_recording_routes(datasets, shared.katex),
        ),
        bodies={
            r"/api/datasets/import": MAX_UPLOAD_BYTES,
            r"/api/datasets/[^/]+/recordings": MAX_RECORDING_BYTES,
        },
    )


def dataset_routes(datasets: Datasets, katex: Katex, typeset: Typeset) -> APIRouter:
    """For whoever the guard lets in; GET changes nothing."""
    routes = APIRouter(prefix="/api/datasets")

    @routes.get("")
    def listed() -> list[Listed]:
        return datasets.listed()

    @routes.post("")
    def create(body: NewDataset) -> NamedDataset:
        return {"name": create_dataset(datasets.own, body.name).name}

    @routes.post("/{name}/copies")
    def copy(name: str, body: NewDataset) -> NamedDataset:
        return {"name": copy_dataset(datasets.folder(name), datasets.own, body.name).name}

    @routes.get("/{name}/utterances")
    def browse(
        name: str,
        text: Searched = "",
        tag: Filters = [],  # noqa: B006 (pydantic copies it)
        offset: Offset = 0,
    ) -> BrowsedView:
        index = datasets.index(name)
        found = index.search(text, dict(each.partition(":")[::2] for each in tag))
        return {
            "n_all": len(index.entries),
            "n_broken": len(index.broken),
            "n_found": len(found),
            "page_size": PAGE_SIZE,
            "filters": index.filters,
            "rows": [
                entry_view(entry, name, typeset) for entry in found[offset : offset + PAGE_SIZE]
            ],
        }

    @routes.get("/{name}/utterance")
    def one(name: str, id: Name) -> EntryView:  # noqa: A002 (the column's name)
        return entry_view(datasets.index(name).get(id), name, typeset)

    @routes.put("/{name}/utterance", response_model=None)
    def edit(name: str, body: Edit) -> EntryView | Response:
        folder = datasets.own_folder(name)
        check_gold(body.transcript, body.latex, katex)
        try:
            entry = edit_utterance(folder, body.id, body.revision, body.transcript, body.latex)
        except EditConflictError as error:
            return _conflict(error, name, typeset)
        return entry_view(entry, name, typeset)

    @routes.delete("/{name}/utterance", response_model=None)
    def remove(name: str, id: Name, revision: Name) -> RemovedUtterance | Response:  # noqa: A002
        try:
            remove_utterance(datasets.own_folder(name), id, revision)
        except EditConflictError as error:
            return _conflict(error, name, typeset)
        return {"removed": id}

    @routes.post("/preview")
    def preview(body: Gold) -> GoldPreview:
        return {
            "readings": [reading_view(reading, typeset) for reading in body.latex],
            "problems": [
                sentence(each) for each in gold_problems(body.transcript, body.latex, katex)
            ],
        }

    one_at_a_time = asyncio.Lock()

    @routes.get("/{name}/findings")
    async def findings(name: str) -> FindingsView:
        async with one_at_a_time:
            return findings_view(
                await asyncio.to_thread(find_problems, datasets.folder(name), katex)
            )

    @routes.get("/{name}/statistics")
    def statistics(name: str) -> StatsView:
        return stats_view(dataset_stats(load_dataset(datasets.folder(name), with_recordings=False)))

    return routes


def _conflict(error: EditConflictError, name: str, typeset: Typeset) -> Response:
    theirs = entry_view(error.theirs, name, typeset)
    conflict: ConflictView = {"message": str(error), "theirs": theirs}
    return JSONResponse(conflict, 409)
