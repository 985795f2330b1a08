"""Join and leave a LiveKit room; every error is one sentence."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from livekit import rtc

from agent.errors import RoomError
from agent.logs import quieten_livekit

CONNECT_SEC = 5.0  # each of LiveKit's few tries
REFUSALS = (
    ("token is expired", "The token has expired. Ask for a new one."),
    ("invalid API key", "The LiveKit server does not know the key. Check LIVEKIT_API_KEY."),
    ("signature is invalid", "The token's signature is wrong. Check LIVEKIT_API_SECRET."),
)
UNREACHABLE = (
    "The LiveKit server could not be reached. Check LIVEKIT_URL and the network, or start a "
    "local server with `make livekit`."
)
# Any server may answer 401: which one it was is not told.
NOT_ENTERED = (
    "The LiveKit server could not be reached, or refused the token. Check LIVEKIT_URL and the "
    "network, ask for a new token, or start a local server with `make livekit`."
)


@asynccontextmanager
async def connected(room: rtc.Room, url: str, token: str) -> AsyncIterator[None]:
    """Join the room that `token` opens for the block; subscribes to nothing.

    Register listeners on `room` first, so that they miss nothing. Raises RoomError.
    """
    quieten_livekit()
    options = rtc.RoomOptions(auto_subscribe=False, connect_timeout=CONNECT_SEC)
    try:
        await room.connect(url, token, options)
    except rtc.ConnectError as error:
        raise room_error(error) from None  # the error's own text holds the token
    try:
        yield
    finally:
        await room.disconnect()


def room_error(error: rtc.ConnectError) -> RoomError:
    """`error` in words for the user; no text from outside is repeated."""
    found = (sentence for sign, sentence in REFUSALS if sign in error.message)
    return RoomError(next(found, NOT_ENTERED))
