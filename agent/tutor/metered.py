"""Sessions that somebody pays for: each is counted before it opens, and may be refused or ended.

Both clients of the Live service open their WebSockets here, so that no way to a session, no
retry and no resumption gets past the meter.
"""

from collections.abc import Callable
from typing import Any, Protocol

from agent.tutor.connection import LiveConnection


class Meter(Protocol):
    """Counts the sessions of one endpoint."""

    def begin(self, cut: Callable[[], None]) -> Callable[[], None]:
        """Count a session that is about to open; gives what is to be called when it has closed.

        `cut` ends the session at once. Raises LiveError for one that may not open.
        """
        ...


class MeteredConnection(LiveConnection):
    """A WebSocket of the Live service that `meter` counts."""

    def __init__(self, *args: Any, meter: Meter, **kwargs: Any) -> None:  # noqa: ANN401 (websockets')
        super().__init__(*args, **kwargs)
        self._meter = meter
        self._end: Callable[[], None] | None = None

    async def handshake(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (websockets')
        self._end = self._meter.begin(self.transport.abort)
        await super().handshake(*args, **kwargs)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._end is not None:
            self._end()
        super().connection_lost(exc)
