"""A room's lines: as they come, or all of them as JSON, Markdown or WebVTT."""

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Header, HTTPException, Query
from fastapi.responses import JSONResponse, Response, StreamingResponse

from agent.delivery import room_lines
from workbench.rooms.events import follow_room
from workbench.rooms.transcripts import as_json, as_markdown, as_webvtt, left_out
from workbench.shared.views import Typeset

Format = Annotated[Literal["json", "markdown", "webvtt"], Query(alias="format")]
NO_STORE = {"cache-control": "no-store", "x-accel-buffering": "no"}


def room_routes(home: Path, typeset: Typeset) -> APIRouter:
    """For whoever the guard lets in. A room's name may hold slashes."""
    routes = APIRouter(prefix="/api/rooms")

    @routes.get("/{room:path}/events")
    async def follow(
        room: str, last_event_id: Annotated[int, Header(ge=0, le=2**62)] = 0
    ) -> StreamingResponse:
        events = follow_room(home, room, last_event_id, typeset)
        return StreamingResponse(events, media_type="text/event-stream", headers=NO_STORE)

    @routes.get("/{room:path}/transcript")
    def transcript(room: str, written_as: Format = "json") -> Response:
        lines = room_lines(home, room)
        posted = [line.posted for line in lines if line.posted is not None]
        n_unreadable = len(lines) - len(posted)
        if not posted:
            raise HTTPException(404, f"Nothing was said in that room yet.{left_out(n_unreadable)}")
        if written_as == "markdown":
            text = as_markdown(posted, n_unreadable)
            return Response(text, media_type="text/markdown", headers=NO_STORE)
        if written_as == "webvtt":
            text = as_webvtt(posted, n_unreadable)
            return Response(text, media_type="text/vtt", headers=NO_STORE)
        return JSONResponse(as_json(posted, n_unreadable), headers=NO_STORE)

    return routes
