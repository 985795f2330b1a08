"""One websocket as a stream of Live messages, in google-genai's own types."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple, TypeVar

from google.genai import types
from pydantic import BaseModel, ValidationError
from websockets.asyncio.server import ServerConnection

from agent.local_live.refusal import Refusal

MAX_MESSAGE_BYTES = 1 << 20
INVALID_ARGUMENT = 1007
SLOW_SEC = 0.2  # how long each message takes on a slow link
REALTIME_CONFIG_KEYS = ("realtimeInputConfig", "realtime_input_config")

Model = TypeVar("Model", bound=BaseModel)


class ClientMessage(NamedTuple):
    """What a client sent; `realtime` is its setup's realtime input configuration."""

    body: types.LiveClientMessage
    realtime: types.RealtimeInputConfig


class Link:
    """Reads and writes Live messages; raises Refusal for what is none."""

    def __init__(self, socket: ServerConnection) -> None:
        self._socket = socket
        self._sending = asyncio.Lock()
        self._is_stalled = False
        self.is_slow = False

    async def send(self, message: types.LiveServerMessage) -> None:
        """Send as the service does: JSON in a binary frame."""
        await self.send_raw(message.model_dump_json(by_alias=True, exclude_none=True).encode())

    async def send_raw(self, frame: bytes) -> None:
        """Send these bytes, in turn."""
        async with self._sending:
            if self.is_slow:
                await asyncio.sleep(SLOW_SEC)
            if self._is_stalled:
                await self._socket.wait_closed()
            await self._socket.send(frame)

    def stall(self) -> None:
        """Send nothing from now on; pings are still answered."""
        self._is_stalled = True

    def freeze(self) -> None:
        """Neither send nor read from now on."""
        self._is_stalled = True
        self._socket.transport.pause_reading()

    async def send_content(self, **content: Any) -> None:  # noqa: ANN401 (LiveServerContent's own fields)
        """Send a message with this server content."""
        await self.send(types.LiveServerMessage(server_content=types.LiveServerContent(**content)))

    async def __aiter__(self) -> AsyncIterator[ClientMessage]:
        async for frame in self._socket:
            yield read_message(frame)


def read_message(frame: str | bytes) -> ClientMessage:
    """Parse one frame. Keys may be camelCase or snake_case; user maps keep theirs."""
    try:
        tree = json.loads(frame)
    except (ValueError, RecursionError):
        raise Refusal(INVALID_ARGUMENT, "expected a JSON object, got no valid JSON") from None
    if not isinstance(tree, dict):
        raise Refusal(INVALID_ARGUMENT, f"expected a JSON object, got {type(tree).__name__}")
    setup = tree.get("setup")
    realtime: object = {}
    if isinstance(setup, dict):
        for key in REALTIME_CONFIG_KEYS:  # LiveClientMessage refuses it
            realtime = setup.pop(key, None) or realtime
    return ClientMessage(
        _validated(types.LiveClientMessage, tree), _validated(types.RealtimeInputConfig, realtime)
    )


def _validated(model: type[Model], tree: object) -> Model:
    try:
        return model.model_validate(tree)
    except (ValidationError, ValueError, RecursionError) as error:
        where = "message"
        if isinstance(error, ValidationError):
            where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise Refusal(INVALID_ARGUMENT, f"invalid value at {where}") from None
