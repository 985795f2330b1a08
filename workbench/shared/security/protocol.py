"""HTTP connections that must say what they want in time, and read what they asked for."""

import asyncio
from collections.abc import Callable

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SEC = 10.0
READ_SEC = 60.0
MAX_HEAD_BYTES = 65_536
FREE_PIECES = 1_000  # of a body, however small
MIN_PIECE_BYTES = 100  # on average, of those that come after them
HAS_BODY = frozenset({b"content-length", b"transfer-encoding"})


class WholesomeConnection(h11.Connection):
    """Takes no body in crumbs: each chunk costs the event loop as much as a large one."""

    _n_pieces = _n_bytes = 0

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._n_pieces = self._n_bytes = 0
        elif isinstance(event, h11.Data):
            self._n_pieces += 1
            self._n_bytes += len(event.data)
            if self._n_bytes < MIN_PIECE_BYTES * (self._n_pieces - FREE_PIECES):
                raise h11.RemoteProtocolError("The body came in too small pieces.")
        return event


class PunctualProtocol(H11Protocol):
    """Closes a connection that has no request to be answered for ten seconds.

    Its clock runs until the head of a request is there, and again from the end of the answer:
    whoever sends neither a head nor the rest of a body holds no place. Nor does who does not
    read: what is written, up to 64 kB at a time, must be taken within a minute.
    """

    head_sec = HEAD_SEC
    read_sec = READ_SEC
    _is_upgraded = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.conn = WholesomeConnection(h11.SERVER, MAX_HEAD_BYTES)
        self._to_give_up, self._to_break_off = _Timer(), _Timer()
        super().connection_made(transport)
        self._keep_time()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._keep_time()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._keep_time()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._to_break_off.start(self.read_sec, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._to_break_off.stop()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._to_give_up.stop()
        self._to_break_off.stop()

    def send_400_response(self, msg: str) -> None:
        """Break off instead where an answer has begun."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.abort()

    def _should_upgrade(self) -> bool:
        """Only what has no body: the handshake would wait for its end, with no clock."""
        has_body = any(name in HAS_BODY for name, _ in self.headers)
        return super()._should_upgrade() and self.scope["method"] == "GET" and not has_body

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        super().handle_websocket_upgrade(event)
        self._is_upgraded = True

    def _keep_time(self) -> None:
        is_answering = self.cycle is not None and not self.cycle.response_complete
        if is_answering or self._is_upgraded or self.transport.is_closing():
            self._to_give_up.stop()
        else:
            self._to_give_up.start(self.head_sec, self._give_up)

    def _give_up(self) -> None:
        """Hang up, as soon as what was written has been read."""
        self.transport.close()
        self._to_break_off.start(self.read_sec, self.transport.abort)


class _Timer:
    """Does something after a while, unless it is stopped; starting it again changes nothing."""

    def __init__(self) -> None:
        self._handle: asyncio.TimerHandle | None = None

    def start(self, after_sec: float, do: Callable[[], None]) -> None:
        if self._handle is None:
            self._handle = asyncio.get_running_loop().call_later(after_sec, do)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
