"""One message to one receiver over HTTP, what its answer means, and when to try again."""

import asyncio
import random
from dataclasses import dataclass, field
from typing import Literal, Self

import aiohttp

from agent.delivery.queue import Waiting
from agent.settings import Settings
from agent.signing import signed_headers

ANSWER_SEC = 10.0  # well inside a lease
FIRST_SEC, LONGEST_SEC = 1.0, 300.0  # between two attempts
TRY_AGAIN = frozenset({408, 409, 425, 429})

Verdict = Literal["delivered", "failed", "refused"]


@dataclass(frozen=True, slots=True)
class Receiver:
    """An address and what posts to it are signed with; both secret, never shown."""

    url: str = field(repr=False)
    secret: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """The one that the settings name; None when they name none."""
        url, secret = settings.frontend_webhook_url, settings.webhook_secret
        if url is None:
            return None
        return cls(url.get_secret_value(), secret.get_secret_value() if secret else None)


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one attempt; `problem` in words, empty when delivered."""

    verdict: Verdict
    problem: str = ""


async def post(
    http: aiohttp.ClientSession, receiver: Receiver, message: Waiting, now_sec: float
) -> Answer:
    """Send one message; every failure of the network is an answer too."""
    headers = {
        "content-type": "application/json",
        **signed_headers(receiver.secret, message.message_id, message.body, now_sec),
    }
    data = message.body.encode()
    try:
        async with (
            asyncio.timeout(ANSWER_SEC),
            http.post(receiver.url, data=data, headers=headers, allow_redirects=False) as response,
        ):
            return judge(response.status)
    except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
        return Answer("failed", f"no answer ({type(error).__name__})")


def judge(status: int) -> Answer:
    """2xx is delivered; 4xx refused, except those that ask for patience; all else failed."""
    if 200 <= status < 300:
        return Answer("delivered")
    refused = 400 <= status < 500 and status not in TRY_AGAIN
    return Answer("refused" if refused else "failed", f"HTTP {status}")


def delay_sec(n_attempts: int, jitter: float | None = None) -> float:
    """Seconds after the `n_attempts`th failure: doubling up to five minutes.

    Between half and all of that, by `jitter` (0..1, drawn when None), so that many agents
    do not return to a receiver at the same moment.
    """
    longest = min(LONGEST_SEC, FIRST_SEC * 2.0 ** min(n_attempts - 1, 30))
    drawn = random.random() if jitter is None else jitter  # noqa: S311 (no secret)
    return longest * (1 + drawn) / 2
