"""Posts what waits, in order per room, until the receiver has it."""

import asyncio
import contextlib
import logging
import sqlite3
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from agent.delivery.database import database_errors, open_database
from agent.delivery.outbox import Clock
from agent.delivery.posting import Answer, Receiver, delay_sec, post
from agent.delivery.queue import (
    Waiting,
    due,
    give_back_lease,
    note_delivered,
    note_failed,
    note_refused,
    take_lease,
)
from agent.errors import DeliveryError
from agent.tasks import end_all

MAX_AT_ONCE = 8  # rooms
LOOK_AGAIN_SEC = 0.25

log = logging.getLogger(__name__)


class Deliverer:
    """Delivers while it holds the database's lease.

    At least once: a process killed between an answer and its note posts that message
    again, under the same `webhook-id`.
    """

    def __init__(
        self,
        database: sqlite3.Connection,
        http: aiohttp.ClientSession,
        receiver: Receiver,
        clock: Clock = time.time,
    ) -> None:
        self._database = database
        self._http = http
        self._receiver = receiver
        self._clock = clock
        self._name = uuid.uuid4().hex

    async def deliver_due(self) -> int:
        """Post each room's first message whose time has come; the number of attempts.

        0 also while another deliverer holds the lease. Raises DeliveryError when the
        database can't be used.
        """
        with database_errors():
            if not take_lease(self._database, self._name, self._clock()):
                return 0
            messages = due(self._database, self._clock(), MAX_AT_ONCE)
        await asyncio.gather(*map(self._attempt, messages))
        return len(messages)

    def stop(self) -> None:
        """Leave the rest to the next deliverer."""
        with database_errors():
            give_back_lease(self._database, self._name)

    async def _attempt(self, message: Waiting) -> None:
        answer = await post(self._http, self._receiver, message, self._clock())
        self._note(message, answer)

    def _note(self, message: Waiting, answer: Answer) -> None:
        with database_errors():
            if answer.verdict == "delivered":
                note_delivered(self._database, message)
            elif answer.verdict == "refused":
                log.warning("a transcript was refused (%s)", answer.problem)
                note_refused(self._database, message, answer.problem)
            else:
                log.info("a transcript was not delivered (%s), for now", answer.problem)
                again_sec = self._clock() + delay_sec(message.n_attempts + 1)
                note_failed(self._database, message, answer.problem, again_sec)


@asynccontextmanager
async def delivering(
    home: Path, receiver: Receiver | None, clock: Clock = time.time
) -> AsyncIterator[None]:
    """Deliver as long as the block runs, beside others on the same home.

    Without a receiver nothing is done. Raises DeliveryError when the database can't be opened.
    """
    if receiver is None:
        yield
        return
    if receiver.secret is None:
        log.warning("WEBHOOK_SECRET is not set: transcripts are posted unsigned")
    with contextlib.closing(open_database(home)) as database:
        async with aiohttp.ClientSession() as http:
            deliverer = Deliverer(database, http, receiver, clock)
            running = asyncio.create_task(_keep_delivering(deliverer))
            try:
                yield
            finally:
                await end_all(running)
                deliverer.stop()


async def _keep_delivering(deliverer: Deliverer) -> None:
    while True:
        try:
            n_attempts = await deliverer.deliver_due()
        except DeliveryError as error:
            log.warning("%s", error)
            n_attempts = 0
        if n_attempts == 0:
            await asyncio.sleep(LOOK_AGAIN_SEC)
