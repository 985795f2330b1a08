"""One message to one receiver over HTTP, and what its answer means."""

import asyncio
from dataclasses import dataclass
from typing import Literal

import aiohttp

from agent.delivery.receiver import Receiver
from agent.delivery.waiting import Waiting
from agent.signing import signed_headers

ANSWER_SEC = 10.0  # well inside a lease
TRY_AGAIN = frozenset({408, 409, 425, 429})

Verdict = Literal["delivered", "failed", "refused"]


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
