"""HTTP connections that must say what they want in time."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SEC = 10.0


class PunctualProtocol(H11Protocol):
    """Closes a connection that has no request to be answered for ten seconds.

    Its clock runs until the head of a request is there, and again from the end of the answer:
    whoever sends neither a head nor the rest of a body holds no place.
    """

    head_sec = HEAD_SEC
    _giving_up: asyncio.TimerHandle | None = None
    _is_upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._keep_time()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._keep_time()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._keep_time()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._stop_clock()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        super().handle_websocket_upgrade(event)
        self._is_upgraded = True

    def _keep_time(self) -> None:
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if is_answering or self._is_upgraded or self.transport.is_closing():
            self._stop_clock()
        elif self._giving_up is None:
            self._giving_up = self.loop.call_later(self.head_sec, self.transport.close)

    def _stop_clock(self) -> None:
        if self._giving_up is not None:
            self._giving_up.cancel()
            self._giving_up = None
