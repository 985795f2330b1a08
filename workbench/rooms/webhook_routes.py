"""Where agents on other machines post their final transcripts."""

import asyncio
import ipaddress
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response
from pydantic import ValidationError

from agent.delivery import Posted, store_received
from agent.settings import Settings
from agent.signing import is_signed

PATH = "/api/transcription"


def transcription_routes(settings: Settings) -> APIRouter:
    """Stores each message once; a repeated one is answered as the first was."""
    routes = APIRouter()
    secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None

    @routes.post(PATH, status_code=204)
    async def receive(request: Request) -> Response:
        body = await request.body()
        _check_sender(request, body, secret)
        message_id = _message_id(request)
        await asyncio.to_thread(_store, settings.workbench_home, message_id, body)
        return Response(status_code=204)

    return routes


def _check_sender(request: Request, body: bytes, secret: str | None) -> None:
    """With a secret a fresh signature decides, without one only this machine may post."""
    if secret is not None and not is_signed(secret, request.headers, body):
        raise HTTPException(401, "The signature is missing, wrong or older than five minutes.")
    if secret is None and not _is_this_machine(request):
        raise HTTPException(403, "Set WEBHOOK_SECRET to take transcripts from other machines.")


def _is_this_machine(request: Request) -> bool:
    """A proxy of this machine names whom it speaks for in a header."""
    if "forwarded" in request.headers or "x-forwarded-for" in request.headers:
        return False
    return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback


def _message_id(request: Request) -> str:
    message_id = request.headers.get("webhook-id", "")
    if not 1 <= len(message_id) <= 200:
        raise HTTPException(400, "webhook-id: expected 1 to 200 characters.")
    return message_id


def _store(home: Path, message_id: str, body: bytes) -> None:
    try:
        posted = Posted.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "body"
        raise HTTPException(422, f"{where}: {first['msg']}") from None
    store_received(home, message_id, posted)
