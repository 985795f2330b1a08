"""The websocket to the Live service: hands on only what can be kept, and no flood."""

import asyncio
import json
import logging
import time

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed
from websockets.frames import CloseCode
from websockets.typing import Data

from agent.errors import LiveError
from agent.storable import read_json

MAX_MESSAGE_BYTES = 8 * 2**20  # two minutes of the tutor's voice
MAX_QUEUED_MESSAGES = 4
MAX_MESSAGES_A_SEC = 500  # the service sends some dozens
MAX_BURST = 1_000

TOO_LARGE = LiveError(
    f"The Live service sent a message of more than {MAX_MESSAGE_BYTES // 2**20} MB. Start again."
)
UNREADABLE = "The Live service sent a message that can't be read ({problem}). Start again."


class LiveConnection(ClientConnection):
    """Refuses messages that are no JSON object, or too large, with LiveError.

    What the clients get has storable text and finite numbers. A flood is read at
    `MAX_MESSAGES_A_SEC`, so that everything else goes on beside it.
    """

    _n_free = float(MAX_BURST)
    _since_sec = 0.0

    async def recv(self, decode: bool | None = None) -> Data:  # type: ignore[override]
        await self._keep_pace()
        try:
            message = await super().recv(decode)
        except ConnectionClosed as closed:
            if closed.sent is not None and closed.sent.code == CloseCode.MESSAGE_TOO_BIG:
                raise TOO_LARGE from closed
            raise
        return _checked(message)

    async def _keep_pace(self) -> None:
        now_sec = time.monotonic()
        free = self._n_free + (now_sec - self._since_sec) * MAX_MESSAGES_A_SEC
        self._n_free, self._since_sec = min(MAX_BURST, free) - 1, now_sec
        # Even 0: a receiver whose messages are there already would never let the loop go on.
        await asyncio.sleep(max(0.0, -self._n_free / MAX_MESSAGES_A_SEC))


def _checked(message: Data) -> bytes:
    try:
        value = read_json(message)
    except ValueError as error:
        problem = "no JSON" if isinstance(error, UnicodeError | json.JSONDecodeError) else error
        raise LiveError(UNREADABLE.format(problem=problem)) from None
    if not isinstance(value, dict):
        raise LiveError(UNREADABLE.format(problem="no JSON object"))
    return json.dumps(value).encode()


def quiet_logger() -> logging.Logger:
    """For websockets, which at DEBUG logs the key and pieces of all that is said."""
    logger = logging.getLogger(f"{__name__}.websocket")
    logger.setLevel(logging.INFO)
    return logger
