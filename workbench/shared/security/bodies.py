"""How large a body may be, and how long it may take to come."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import Message, Receive, Scope

WITHOUT_BODY = frozenset({"GET", "HEAD", "OPTIONS"})
MAX_BODY_BYTES = 1_000_000
GRACE_SEC = 10.0
SLOWEST_BYTES_PER_SEC = 20_000


@dataclass(frozen=True, slots=True)
class BodyBounds:
    """The most bytes of a body: `most_bytes`, unless one of `own`, patterns of paths, says more.

    A body has `grace_sec` to come, and a second more for each 20,000 bytes of it that are there.
    """

    most_bytes: int = MAX_BODY_BYTES
    own: Mapping[str, int] = field(default_factory=dict)
    grace_sec: float = GRACE_SEC

    def most_of(self, method: str, path: str) -> int:
        """The most bytes that a request of this method may bring to the path."""
        if method in WITHOUT_BODY:
            return 0
        found = (most for pattern, most in self.own.items() if re.fullmatch(pattern, path))
        return next(found, self.most_bytes)

    def checked(self, scope: Scope, receive: Receive) -> Receive:
        """`receive` within the bounds. Raises HTTPException now or while the body comes."""
        most = self.most_of(scope["method"], scope["path"])
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            raise _too_large(most)
        if most == 0:
            if "transfer-encoding" in headers:
                raise _too_large(most)
            return receive
        return _Body(receive, most, self.grace_sec).receive


class _Body:
    """One body as it comes; what comes after it is passed on."""

    def __init__(self, receive: Receive, most_bytes: int, grace_sec: float) -> None:
        self._receive = receive
        self._most_bytes = most_bytes
        self._n_bytes = 0
        self._is_whole = False
        self._until_sec = asyncio.get_running_loop().time() + grace_sec

    async def receive(self) -> Message:
        if self._is_whole:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._until_sec + self._n_bytes / SLOWEST_BYTES_PER_SEC):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "The body came too slowly; send it again.") from None
        self._n_bytes += len(message.get("body", b""))
        if self._n_bytes > self._most_bytes:
            raise _too_large(self._most_bytes)
        self._is_whole = not message.get("more_body", False)
        return message


def _too_large(most_bytes: int) -> HTTPException:
    if most_bytes == 0:
        return HTTPException(413, "A request of this method has no body; send it without one.")
    return HTTPException(
        413, f"Expected a body of at most {most_bytes:,} bytes, got more; send less at a time."
    )
