"""Tokens for one room, each with the fewest rights that its role needs."""

import secrets
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

import jwt
from jwt.warnings import InsecureKeyLengthWarning
from livekit.api import AccessToken, VideoGrants

from agent.errors import RoomError
from agent.rooms.protocol import TUTOR
from agent.rooms.server import RoomServer

MAX_NAME_CHARS = 256  # LiveKit's own limit for rooms and identities
LIFE = timedelta(minutes=10)  # for joining; whoever is inside stays

Role = Literal["student", "watcher", "tutor"]


@dataclass(frozen=True, slots=True)
class RoomPass:
    """A token for one participant in one room of the server at `url`."""

    url: str
    token: str = field(repr=False)
    room: str
    role: Role


def room_pass(server: RoomServer, room: str, role: Role, *, life: timedelta = LIFE) -> RoomPass:
    """A pass for a new participant, with an identity of its own."""
    makers = {"student": student_token, "watcher": watcher_token, "tutor": tutor_token}
    token = makers[role](server, room, f"{role}-{secrets.token_hex(4)}", life=life)
    url = server.public_url if role == "student" else server.url  # a browser may be elsewhere
    return RoomPass(url, token, room, role)


def read_pass(url: str, token: str) -> RoomPass:
    """Read the claims of a token from elsewhere; the server will verify it.

    Raises RoomError if it is no token for a room, or has expired.
    """
    try:
        claims = jwt.decode(token.strip(), options={"verify_signature": False})
    except jwt.InvalidTokenError:
        raise RoomError("That is no LiveKit token; paste the whole of it.") from None
    grants = claims.get("video")
    room = grants.get("room") if isinstance(grants, Mapping) else None
    if not isinstance(grants, Mapping) or not isinstance(room, str) or not grants.get("roomJoin"):
        raise RoomError("That token is not for joining a room; paste one that is.")
    expires = claims.get("exp")
    if isinstance(expires, int | float) and expires < time.time():
        raise RoomError("The token has expired. Ask for a new one.")
    role: Role = "student"
    if grants.get("agent") or claims.get("kind") == "agent":
        role = "tutor"
    elif grants.get("hidden"):
        role = "watcher"
    return RoomPass(url, token.strip(), room, role)


def student_token(
    server: RoomServer, room: str, identity: str, *, name: str = "", life: timedelta = LIFE
) -> str:
    """A student's token: speaks, hears, writes; no camera, no screen."""
    grants = VideoGrants(
        room_join=True, room=room, can_publish_sources=["microphone"], can_publish_data=True
    )
    return _token(server, identity, grants, life, name=name)


def watcher_token(server: RoomServer, room: str, identity: str, *, life: timedelta = LIFE) -> str:
    """A hidden watcher's token: reads the room's text."""
    grants = VideoGrants(
        room_join=True,
        room=room,
        can_subscribe=False,
        can_publish=False,
        can_publish_data=False,
        hidden=True,
    )
    return _token(server, identity, grants, life)


def tutor_token(server: RoomServer, room: str, identity: str, *, life: timedelta = LIFE) -> str:
    """A tutor's token; a worker's job gets its own from LiveKit."""
    grants = VideoGrants(
        room_join=True,
        room=room,
        agent=True,
        can_publish_sources=["microphone"],
        can_publish_data=True,
        can_update_own_metadata=True,  # else `lk.agent.state` is missing without a word
    )
    return _token(server, identity, grants, life, kind="agent", attributes={TUTOR: "yes"})


def _token(  # noqa: PLR0913
    server: RoomServer,
    identity: str,
    grants: VideoGrants,
    life: timedelta,
    *,
    name: str = "",
    kind: AccessToken.ParticipantKind = "standard",
    attributes: dict[str, str] | None = None,
) -> str:
    for what, text in (("room", grants.room), ("identity", identity)):
        if not 0 < len(text) <= MAX_NAME_CHARS:
            raise RoomError(
                f"{what}: expected 1 to {MAX_NAME_CHARS} characters, got {len(text)}; shorten it"
            )
    token = AccessToken(server.api_key, server.api_secret).with_identity(identity)
    token = (
        token.with_attributes(attributes or {})
        .with_name(name)
        .with_kind(kind)
        .with_grants(grants)
        .with_ttl(life)
    )
    with warnings.catch_warnings():
        # The development server's secret is short on purpose; every other server checks its own.
        warnings.simplefilter("ignore", InsecureKeyLengthWarning)
        return token.to_jwt()
