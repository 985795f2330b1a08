"""A lesson over plain requests, one event stream, and sound over WebRTC or a WebSocket."""

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Header, Request, WebSocket
from fastapi.responses import StreamingResponse
from pydantic import Field
from typing_extensions import TypedDict

from agent.prompts.settings import PauseMs
from agent.settings import Settings
from agent.strict import Strict
from agent.tutor.tutor import TurnDetection, Tutor
from evals.dataset.utterances import Text
from workbench.live.ice import IceServer, IceServers
from workbench.live.lesson import STOPPED
from workbench.live.lessons import Opening
from workbench.live.webrtc import Switchboard
from workbench.live.websocket import SoundSocket
from workbench.shared.names import Name
from workbench.shared.parts import Part, Shared
from workbench.shared.places import NotHereError
from workbench.shared.prompts import chosen_prompt


class NewLesson(Strict):
    prompt: Name
    model: Name
    patience_ms: PauseMs


class Offer(Strict):
    sdp: Annotated[str, Field(max_length=100_000)]
    type: Annotated[str, Field(pattern="^offer$")]


class Typed(Strict):
    text: Annotated[str, Field(min_length=1, max_length=2_000)]


class Meant(Strict):
    """A reading that the page offered for one formula of a segment, counted from 0."""

    segment_id: Name
    formula: Annotated[int, Field(ge=0, le=1_000)]
    latex: Text


class Kept(Strict):
    """A turn to keep, and the dataset that it goes into."""

    segment_id: Name
    dataset: Name


class Change(Strict):
    held: bool | None = None
    patience_ms: PauseMs | None = None


class BegunLesson(TypedDict):
    """A lesson that waits for its sound; it may last `limit_sec`."""

    id: str
    ice_servers: list[IceServer]
    engine: str
    limit_sec: float


class KeptTurn(TypedDict):
    """The utterance that a turn has become."""

    id: str
    dataset: str


def live_part(shared: Shared, opening: Opening) -> Part:
    """Lessons end before the server closes: their pages follow them for as long as they run."""
    return Part((lesson_routes(shared.settings, opening),), hang_up=opening.lessons.end_all)


def lesson_routes(settings: Settings, opening: Opening) -> APIRouter:
    """Begin a lesson, follow it, connect its sound, talk to it, end it."""
    routes = APIRouter(prefix="/api/lessons")
    lessons = opening.lessons
    switchboard = Switchboard()
    ice_servers = IceServers.of(settings)

    @routes.post("")
    async def begin(body: NewLesson, request: Request) -> BegunLesson:
        tutor = await asyncio.to_thread(_tutor, settings, body)
        lesson = opening.begin(tutor, request)
        return {
            "id": lesson.id,
            "ice_servers": await ice_servers.current(),
            "engine": lesson.engine_name,
            "limit_sec": lesson.rules.max_sec,
        }

    @routes.get("/{lesson_id}/events")
    async def follow(
        lesson_id: str, last_event_id: Annotated[int, Header()] = 0
    ) -> StreamingResponse:
        events = lessons.find_to_hear(lesson_id).events
        return StreamingResponse(
            events.follow(last_event_id),
            media_type="text/event-stream",
            headers={"cache-control": "no-store", "x-accel-buffering": "no"},
        )

    @routes.post("/{lesson_id}/offer")
    async def connect(lesson_id: str, offer: Offer) -> dict[str, str]:
        servers = await ice_servers.current()
        return await switchboard.answer(lessons.find(lesson_id), offer.sdp, servers)

    @routes.websocket("/{lesson_id}/sound")
    async def carry(socket: WebSocket, lesson_id: str) -> None:
        try:
            lesson = lessons.find(lesson_id)
        except NotHereError:
            await socket.close()
            return
        await socket.accept()
        await SoundSocket(socket, lesson).run()

    @routes.post("/{lesson_id}/say", status_code=204)
    async def say(lesson_id: str, typed: Typed) -> None:
        await lessons.find(lesson_id).say(typed.text)

    @routes.post("/{lesson_id}/correct", status_code=204)
    async def correct(lesson_id: str, meant: Meant) -> None:
        await lessons.find(lesson_id).correct(meant.segment_id, meant.formula, meant.latex)

    @routes.post("/{lesson_id}/keep")
    async def keep(lesson_id: str, kept: Kept) -> KeptTurn:
        lesson = lessons.find(lesson_id)
        return {"id": await lesson.keep(kept.segment_id, kept.dataset), "dataset": kept.dataset}

    @routes.post("/{lesson_id}/settings", status_code=204)
    async def change(lesson_id: str, change: Change) -> None:
        lesson = lessons.find(lesson_id)
        if change.patience_ms is not None:
            lesson.be_patient(change.patience_ms)
        if change.held is not None:
            lesson.hold(change.held)

    @routes.post("/{lesson_id}/stop", status_code=204)
    async def stop(lesson_id: str) -> None:
        lessons.find(lesson_id).end(STOPPED)

    return routes


def _tutor(settings: Settings, wanted: NewLesson) -> Tutor:
    tutor = Tutor.of(chosen_prompt(settings, wanted.prompt), wanted.model)
    return replace(tutor, turn_detection=TurnDetection(wanted.patience_ms))
