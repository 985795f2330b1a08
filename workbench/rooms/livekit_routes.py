"""What the Room tab asks for: list rooms, go into one, invite, send a tutor."""

import asyncio
from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse
from pydantic import Field
from typing_extensions import TypedDict

from agent.errors import RoomError
from agent.rooms.admin import check_key, dispatch_tutor
from agent.rooms.listing import RoomListing, has_tutor, list_rooms
from agent.rooms.tokens import MAX_NAME_CHARS
from agent.rooms.visit import teach_in_room, watch_room
from agent.service.dispatch import MAX_PROBLEM_CHARS, Dispatch
from agent.service.record import LessonRecord
from agent.settings import Settings
from agent.strict import Strict
from agent.transcript import Transcript
from agent.tutor.tutor import Tutor
from workbench.rooms.entry import Entry, FromEnvironment, pass_into, server_of
from workbench.rooms.join_codes import JoinCodes
from workbench.rooms.visits import ShowTranscript, Visit, Visits
from workbench.shared.engine import Engine
from workbench.shared.events import Message
from workbench.shared.names import Name
from workbench.shared.prompts import chosen_prompt
from workbench.shared.views import Typeset

TUTOR_COMES_SEC = 30.0  # a worker without a warm process takes ten, on a busy machine more

RoomName = Annotated[str, Field(max_length=MAX_NAME_CHARS)]  # a pasted token has its own


class OnServer(Strict):
    entry: Entry


class InRoom(OnServer):
    room: RoomName


class WithTutor(InRoom):
    prompt: Name
    model: Name
    problem: Annotated[str, Field(max_length=MAX_PROBLEM_CHARS)] = ""


class JoinLink(TypedDict):
    """Where a student joins the room, once."""

    path: str


class BegunVisit(TypedDict):
    """Under which its events are followed."""

    id: str


def livekit_routes(
    settings: Settings, engine: Engine, visits: Visits, codes: JoinCodes, typeset: Typeset
) -> APIRouter:
    """For whoever the guard lets in; keys that they send are used and forgotten."""
    routes = APIRouter(prefix="/api/livekit")

    @routes.post("/rooms")
    async def rooms(body: OnServer) -> list[RoomListing]:
        return await list_rooms(await server_of(body.entry, settings))

    @routes.post("/links")
    async def link(body: InRoom) -> JoinLink:
        if isinstance(body.entry, FromEnvironment):
            await check_key(await server_of(body.entry, settings))
        code = codes.issue(await pass_into(body.entry, settings, body.room, "student"))
        return {"path": f"/student?code={code}"}

    @routes.post("/dispatches")
    async def dispatch(body: WithTutor) -> Message:
        server = await server_of(body.entry, settings)
        asked = Dispatch(prompt=body.prompt, model=body.model, problem=body.problem)
        await dispatch_tutor(
            server, body.room, settings.agent_name, asked.model_dump_json(exclude_defaults=True)
        )
        if not await has_tutor(server, body.room, TUTOR_COMES_SEC):
            raise RoomError(
                f"No worker named {settings.agent_name!r} took the room. Start one with "
                "`python -m agent start`, then dispatch again."
            )
        return {"message": "A tutor is in the room."}

    @routes.post("/lessons")
    async def teach(body: WithTutor) -> BegunVisit:
        tutor = await asyncio.to_thread(_tutor, settings, body)
        entry = await pass_into(body.entry, settings, body.room, "tutor")
        endpoint = engine.endpoint

        async def attend(on_inside: Callable[[], None], show: ShowTranscript) -> None:
            record = LessonRecord(
                settings.workbench_home,
                entry.room,
                tutor.fingerprint,
                has_receiver=settings.frontend_webhook_url is not None,
            )

            def keep(student_id: str, transcript: Transcript) -> None:
                record.keep(student_id, transcript)
                show(transcript)

            await teach_in_room(
                entry,
                tutor,
                endpoint,
                on_inside=on_inside,
                on_final=keep,
                earlier=record.earlier,
            )

        return _begun(Visit(attend, f"The tutor is in the room {entry.room}.", typeset))

    @routes.post("/watches")
    async def watch(body: InRoom) -> BegunVisit:
        entry = await pass_into(body.entry, settings, body.room, "watcher")

        async def attend(on_inside: Callable[[], None], show: ShowTranscript) -> None:
            await watch_room(entry, on_inside=on_inside, on_transcript=show)

        return _begun(Visit(attend, f"You watch the room {entry.room}, unseen.", typeset))

    def _begun(visit: Visit) -> BegunVisit:
        visits.begin(visit)
        return {"id": visit.id}

    @routes.get("/visits/{visit_id}/events")
    async def follow(
        visit_id: str, last_event_id: Annotated[int, Header()] = 0
    ) -> StreamingResponse:
        return StreamingResponse(
            visits.find_to_hear(visit_id).events.follow(last_event_id),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    @routes.post("/visits/{visit_id}/leave", status_code=204)
    async def leave(visit_id: str) -> None:
        visits.find(visit_id).close()

    return routes


def _tutor(settings: Settings, wanted: WithTutor) -> Tutor:
    return Tutor.of(chosen_prompt(settings, wanted.prompt), wanted.model, wanted.problem)
