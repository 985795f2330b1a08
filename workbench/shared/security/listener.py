"""How many connections there may be: below the limit of open files, at which a server is shut out."""

import contextlib
import errno
import logging
import resource
import socket
import time
import weakref
from collections import Counter
from collections.abc import Callable
from typing import Any

from workbench.shared.addresses import network_of

MAX_CONNECTIONS = 1_000
SHARE_OF_ONE = 4  # one address may have a quarter of them
MAX_OPEN_FILES = 65_536
TELL_EVERY_SEC = 60.0

log = logging.getLogger(__name__)


def connections_at_most() -> int:
    """Half of the open files that this process may have; lessons and runs need others."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MAX_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, MAX_OPEN_FILES)
    if soft != resource.RLIM_INFINITY and soft < most:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
            soft = most
    return min(MAX_CONNECTIONS, soft // 2 if soft != resource.RLIM_INFINITY else MAX_CONNECTIONS)


class Listener(socket.socket):
    """A listening socket: `at_most` connections at a time, a quarter of them from one address.

    With `is_behind_proxy` all come from the proxy's address, which may have all of them. One
    too many is closed at once; the log says so once a minute.
    """

    def __init__(
        self,
        listening: socket.socket,
        at_most: int,
        *,
        is_behind_proxy: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(listening.family, listening.type, listening.proto, listening.detach())
        self._at_most = at_most
        self._at_most_of_one = at_most if is_behind_proxy else max(1, at_most // SHARE_OF_ONE)
        self._spare = _open_spare()
        self._open: Counter[str] = Counter()
        self._n_refused = 0
        self._clock = clock
        self._told_at_sec = -TELL_EVERY_SEC

    def accept(self) -> tuple[socket.socket, Any]:
        """BlockingIOError when one was sent away: asyncio waits for the next then."""
        try:
            accepted, address = super().accept()
        except OSError as error:
            if error.errno not in (errno.EMFILE, errno.ENFILE):
                raise
            self._send_away_with_spare()  # asyncio would write a traceback for each in line
            raise BlockingIOError from error
        network = network_of(address[0])
        if self._open.total() < self._at_most and self._open[network] < self._at_most_of_one:
            self._open[network] += 1
            return _Connection(accepted, lambda: self._give_back(network)), address
        accepted.close()
        self._tell()
        raise BlockingIOError

    def close(self) -> None:
        self._spare.close()
        super().close()

    def _send_away_with_spare(self) -> None:
        """Where no file is left, the spare one makes room for long enough to hang up."""
        self._spare.close()
        with contextlib.suppress(OSError):
            super().accept()[0].close()
        with contextlib.suppress(OSError):
            self._spare = _open_spare()
        self._tell()

    def _give_back(self, network: str) -> None:
        self._open[network] -= 1
        if not self._open[network]:
            del self._open[network]

    def _tell(self) -> None:
        self._n_refused += 1
        if self._clock() - self._told_at_sec < TELL_EVERY_SEC:
            return
        log.warning(
            "%d connections refused: at most %d at a time, %d of one address",
            self._n_refused,
            self._at_most,
            self._at_most_of_one,
        )
        self._n_refused, self._told_at_sec = 0, self._clock()


def _open_spare() -> socket.socket:
    """An open file that stands for nothing."""
    return socket.socket(socket.AF_UNIX)


class _Connection(socket.socket):
    """An accepted connection, which gives its place back when it is closed or forgotten."""

    def __init__(self, accepted: socket.socket, give_back: Callable[[], None]) -> None:
        super().__init__(accepted.family, accepted.type, accepted.proto, accepted.detach())
        self._give_back = weakref.finalize(self, give_back)
        self._give_back.atexit = False

    def close(self) -> None:
        super().close()
        self._give_back()
