"""A visitor of the public demo: news of the line, a key of their own, one small run."""

import asyncio
import re
from typing import Annotated

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import AfterValidator, Field, SecretStr
from typing_extensions import TypedDict

from agent.errors import PromptError, RunError
from agent.strict import Strict
from agent.tutor.tutor import Tutor
from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.report.rows import Row
from evals.report.wording import EMBEDDED_NOTE, RateRow, engine_name, is_embedded, rate_rows
from workbench.public.cookie import cookie_header
from workbench.public.demo import Demo
from workbench.public.runs import MAX_CLIPS, DemoRun, RunState
from workbench.public.visitors import Visitor
from workbench.runs.routes import clip_address
from workbench.runs.views import attempt_view
from workbench.shared.names import Name
from workbench.shared.parts import Part, Shared
from workbench.shared.places import NotHereError
from workbench.shared.prompts import offered_prompts
from workbench.shared.views import View
from workbench.shared.wording import without_paths


def _sendable(key: SecretStr) -> SecretStr:
    """A key travels in a header."""
    if not re.fullmatch(r"[!-~]+", key.get_secret_value()):
        raise ValueError("expected printable ASCII without spaces; paste the key alone")
    return key


class OwnKey(Strict):
    key: Annotated[SecretStr, Field(min_length=20, max_length=200), AfterValidator(_sendable)]


class NewRun(Strict):
    prompt: Name
    n_clips: Annotated[int, Field(ge=1, le=MAX_CLIPS)]


class VisitView(TypedDict):
    """Who answers this visitor, and whether it is with a key of their own."""

    engine: str
    has_key: bool


class NoRunView(TypedDict):
    """The visitor has no run."""

    state: None


class DemoRow(TypedDict):
    """What the table of a visitor's run shows of an attempt."""

    utterance_id: str
    verdict: str
    word_errors: int | None
    reference_words: int
    said: str
    heard: str


class DemoRunView(TypedDict):
    """How far a visitor's run is; its rates and rows once it is complete."""

    state: RunState
    message: str
    rates: list[RateRow]
    rows: list[DemoRow]


def visit_part(shared: Shared, demo: Demo) -> Part:
    """Visitors, for as long as the server runs."""
    return Part((visit_routes(shared, demo),), demo.open)


def visit_routes(shared: Shared, demo: Demo) -> APIRouter:
    """All below `/api/visit` belongs to the visitor whose cookie comes along."""
    routes = APIRouter(prefix="/api/visit")
    settings, katex = shared.settings, shared.katex

    @routes.get("")
    async def visit(request: Request, response: Response) -> VisitView:
        visitor = _known(demo, request, response)
        return {"engine": demo.note(visitor), "has_key": bool(visitor and visitor.key)}

    @routes.get("/line")
    async def wait(request: Request) -> StreamingResponse:
        return StreamingResponse(
            demo.wait(demo.visitor(request)),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    @routes.post("/key", status_code=204)
    async def keep_key(request: Request, own: OwnKey) -> None:
        demo.visitor(request).key = own.key

    @routes.delete("/key", status_code=204)
    async def forget_key(request: Request) -> None:
        demo.visitor(request).key = None

    @routes.post("/run", status_code=204)
    async def begin_run(request: Request, wanted: NewRun) -> None:
        visitor = demo.visitor(request)
        prompt = offered_prompts(settings).get(wanted.prompt)
        if prompt is None:
            raise PromptError("There is no such prompt; reload the page.")
        await demo.replay(visitor, Tutor.of(prompt, settings.agent_model), wanted.n_clips)

    @routes.delete("/run", status_code=204)
    async def stop_run(request: Request) -> None:
        await _run(demo.visitor(request)).stop()

    @routes.get("/run")
    async def follow_run(request: Request) -> DemoRunView | NoRunView:
        run = demo.visitor(request).run
        if run is None:
            return {"state": None}
        scored = await run.scored(katex)
        return {
            "state": run.state,
            "message": _message(run, scored),
            "rates": rate_rows(scored.summary, scored.measures) if scored else [],
            "rows": [_shown(each) for each in scored.attempts] if scored else [],
        }

    @routes.get("/run/attempts/{number}")
    async def attempt(request: Request, number: int) -> View:
        scored = await _run(demo.visitor(request)).scored(katex)
        if scored is None or not 0 <= number < len(scored.attempts):
            raise RunError("There is no such recording in your run.")
        found = scored.attempts[number]
        clip = clip_address(found, shared.recordings)
        view = await asyncio.to_thread(attempt_view, found, clip, shared.typeset)
        return {**view, "error": without_paths(found.attempt.prediction.error or "")}

    return routes


def _shown(each: ScoredAttempt) -> DemoRow:
    """Without its error, which may name a path."""
    row = Row.of_attempt(each)
    return {
        "utterance_id": row.utterance_id,
        "verdict": row.verdict,
        "word_errors": row.word_errors,
        "reference_words": row.reference_words,
        "said": row.said,
        "heard": row.heard,
    }


def _known(demo: Demo, request: Request, response: Response) -> Visitor | None:
    """The visitor whose cookie came; None for one who gets it now."""
    try:
        return demo.visitor(request)
    except NotHereError:
        value = demo.visitors.cookies.new()
        response.headers["set-cookie"] = cookie_header(value, request)
        response.headers["cache-control"] = "no-store"
        return None


def _run(visitor: Visitor) -> DemoRun:
    if visitor.run is None:
        raise RunError("You have no run.")
    return visitor.run


def _message(run: DemoRun, scored: ScoredRun | None) -> str:
    progress = run.progress
    done = f"{progress.done} of {progress.total} recordings"
    if scored is not None:
        info = scored.run.info
        note = f" ({EMBEDDED_NOTE})" if is_embedded(info) else ""
        return (
            f"Complete with {engine_name(info)}{note}: {done}, {progress.no_answer} without an "
            f"answer, {progress.failed} failed."
        )
    return {
        "waiting": "Another visitor's run comes first; yours waits.",
        "running": f"Running: {done}.",
        "complete": "Scoring.",
        "stopped": f"Stopped after {done}.",
        "failed": run.problem,
    }[run.state]
