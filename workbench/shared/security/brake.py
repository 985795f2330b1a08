"""A brake on guesses: who guesses wrongly too often must wait."""

import hashlib
import logging
import math
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from fastapi import HTTPException

from workbench.shared.addresses import is_loopback

ALLOWED = 10
FIRST_WAIT_SEC = 30.0
LONGEST_WAIT_SEC = 900.0
FORGOTTEN_AFTER_SEC = 3_600.0
MAX_ADDRESSES = 10_000  # those longest quiet are forgotten first
MAX_REMEMBERED = 100

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Guesser:
    last_at_sec: float
    n_wrong: int = 0
    seen: set[bytes] = field(default_factory=set)
    until_sec: float = 0.0


class Brake:
    """Counts different wrong guesses at a secret, by address.

    After `allowed` of them an address waits 30 s, after each further one twice as long, up to
    15 minutes; this machine itself never longer than 30 s. While it waits the right one is
    refused as well: otherwise guessing could go on. The same guess again counts once: a page
    that is still open with an old password asks every second.
    """

    def __init__(
        self, what: str, allowed: int = ALLOWED, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._what = what
        self._allowed = allowed
        self._clock = clock
        self._key = secrets.token_bytes(32)
        self._guessers: OrderedDict[str, _Guesser] = OrderedDict()

    def check(self, address: str) -> None:
        """Raise HTTPException 429 while the address must wait."""
        guesser = self._guessers.get(address)
        wait_sec = math.ceil(guesser.until_sec - self._clock()) if guesser else 0
        if wait_sec > 0:
            raise HTTPException(
                429,
                f"Too many wrong {self._what}s came from this address. "
                f"Try again in {wait_sec} seconds.",
                {"retry-after": str(wait_sec)},
            )

    def wrong(self, address: str, guess: bytes) -> None:
        """Count a wrong guess; nothing of it is kept but a keyed hash."""
        now_sec = self._clock()
        guesser = self._guesser(address, now_sec)
        digest = hashlib.blake2b(guess, key=self._key, digest_size=8).digest()
        if digest in guesser.seen:
            return
        if len(guesser.seen) < MAX_REMEMBERED:
            guesser.seen.add(digest)
        guesser.last_at_sec = now_sec
        guesser.n_wrong += 1
        if guesser.n_wrong >= self._allowed:
            wait_sec = self._wait_sec(address, guesser.n_wrong - self._allowed)
            guesser.until_sec = now_sec + wait_sec
            log.warning(
                "%d wrong %ss came from %s: it waits %.0f s",
                guesser.n_wrong,
                self._what,
                address or "an unknown address",
                wait_sec,
            )

    def _wait_sec(self, address: str, n_further: int) -> float:
        if is_loopback(address):
            return FIRST_WAIT_SEC
        return min(LONGEST_WAIT_SEC, FIRST_WAIT_SEC * 2.0 ** min(n_further, 10))

    def _guesser(self, address: str, now_sec: float) -> _Guesser:
        guesser = self._guessers.pop(address, None)
        if guesser is None or now_sec - guesser.last_at_sec > FORGOTTEN_AFTER_SEC:
            guesser = _Guesser(now_sec)
        self._guessers[address] = guesser
        if len(self._guessers) > MAX_ADDRESSES:
            self._guessers.popitem(last=False)
        return guesser
