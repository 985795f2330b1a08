"""Runs for the Evaluate and Compare tabs: listed, opened, compared, remarked on, run again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from pydantic import Field
from typing_extensions import TypedDict

from agent.audio import AUDIO_TYPES
from agent.errors import RunError
from agent.strict import Strict
from evals.analysis.scored_run import ScoredAttempt
from evals.report.clip_outline import clip_outline
from evals.report.run_views import Document, run_head, waits_sec
from evals.runs.overlay import Remark
from workbench.runs.evaluations import Evaluations
from workbench.runs.job_views import command_line
from workbench.runs.views import RunAttemptParts, attempt_view, difference_view
from workbench.shared.json_response import json_response
from workbench.shared.parts import Part, Shared
from workbench.shared.recordings import Recordings
from workbench.shared.views import Typeset, View, reading_view

RunId = Annotated[str, Field(max_length=300)]


class NewRemark(Strict):
    """A remark, made in the knowledge of `n_seen` earlier ones on the same utterance."""

    remark: Remark
    n_seen: Annotated[int, Field(ge=0)]


class OutlineView(TypedDict):
    """A clip's shape in time, and the seconds from its end to each event of the answer."""

    duration_sec: float
    speech_end_sec: float | None
    peaks: list[float]
    waits: list[float | None]


def run_part(shared: Shared, evaluations: Evaluations) -> Part:
    """What runs when the server closes is stopped, and can be resumed."""

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        yield
        await evaluations.jobs.aclose()

    return Part((run_routes(evaluations, shared.recordings, shared.typeset),), lifespan)


def run_routes(evaluations: Evaluations, recordings: Recordings, typeset: Typeset) -> APIRouter:
    """What was said and what was understood, typeset."""
    routes = APIRouter(prefix="/api/runs")
    runs = evaluations.runs

    @routes.get("")
    def listed() -> list[Document]:
        return [{**run_head(run), "command": command_line(run)} for run in runs.listed()]

    @routes.get("/comparison")
    def comparison(run: Annotated[list[RunId], Query()], shared: bool = False) -> list[Document]:
        return runs.compare(run, only_shared=shared)

    @routes.get("/{run_id}/rows")
    def rows(run_id: str, request: Request) -> Response:
        return json_response(runs.rows(run_id), request)

    @routes.get("/{run_id}/overview")
    def overview(run_id: str, request: Request) -> Response:
        return json_response(runs.overview(run_id), request)

    @routes.get("/{run_id}/attempts/{number}")
    def attempt(run_id: str, number: int) -> View:
        found = runs.attempt(run_id, number)
        view = attempt_view(found, clip_address(found, recordings), typeset)
        answer = f"/api/runs/{quote(run_id)}/attempts/{number}/answer"
        parts: RunAttemptParts = {
            "difference": difference_view(runs.difference(found)),
            "answer_clip": answer if found.attempt.prediction.answer_file else None,
        }
        return {**view, **parts}

    @routes.get("/{run_id}/attempts/{number}/outline")
    def outline(run_id: str, number: int) -> OutlineView:
        found = runs.attempt(run_id, number)
        waits = waits_sec(found.attempt.prediction.timings_sec)
        outline = clip_outline(found.utterance.audio())
        return {
            "duration_sec": outline.duration_sec,
            "speech_end_sec": outline.speech_end_sec,
            "peaks": list(outline.peaks),
            "waits": waits,
        }

    @routes.get("/{run_id}/attempts/{number}/answer")
    def answer(run_id: str, number: int) -> FileResponse:
        folder = runs.find(run_id).folder.resolve()
        file = runs.attempt(run_id, number).attempt.prediction.answer_file or ""
        path = (folder / file).resolve()
        if not path.is_relative_to(folder) or path.suffix not in AUDIO_TYPES or not path.is_file():
            raise RunError("The sound of this answer was not kept.")
        return FileResponse(path, media_type=AUDIO_TYPES[path.suffix])

    @routes.put("/{run_id}/remarks")
    def remark(run_id: str, body: NewRemark) -> dict[int, list[object]]:
        for latex in body.remark.latex or ():
            _check_readable(latex, typeset)
        return runs.remark(run_id, body.remark, n_seen=body.n_seen)

    @routes.post("/{run_id}/retry")
    async def retry(run_id: str) -> dict[str, str]:
        return {"id": (await evaluations.retry(run_id)).run_id}

    return routes


def _check_readable(reading: str, typeset: Typeset) -> None:
    pieces = reading_view(reading, typeset) if reading.strip() else [{"mathml": None}]
    if any(piece.get("mathml", "") is None for piece in pieces):
        raise RunError(
            f"Expected LaTeX that can be typeset, or a sentence with $...$, got {reading!r}."
        )


def clip_address(found: ScoredAttempt, recordings: Recordings) -> str | None:
    """Where the page can play the recording; None for one outside the known datasets."""
    return recordings.address(found.utterance.path)
