"""What is stored reaches the receiver, in order, for as long as it takes."""

import asyncio
import contextlib
import logging
import os
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from standardwebhooks import Webhook

from agent.delivery import (
    Deliverer,
    Outbox,
    Receiver,
    dead_letters,
    delivering,
    n_waiting,
    open_database,
    send_again,
)
from agent.delivery.posting import LONGEST_SEC, delay_sec
from agent.delivery.queue import LEASE_SEC
from tests.unit.agent.delivery.samples import HALF, Clock, said
from tests.webhook_receiver import webhook_receiver

SECRET = "whsec_" + "c2VjcmV0IG9mIHRoaXJ0eS10d28gYnl0ZXMuLi4u"
NOBODY = "http://127.0.0.1:9/hook"  # the discard port: refused at once


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(tmp_path: Path, clock: Clock) -> "contextlib.AbstractContextManager[Outbox]":
    return Outbox(tmp_path, True, clock)


@pytest.fixture(autouse=True)
def lesson(outbox: Outbox) -> "object":
    """Three lines of algebra and one of geometry."""
    with outbox:
        for room, text in (
            ("algebra", "a1"),
            ("algebra", "a2"),
            ("geometry", "g1"),
            ("algebra", "a3"),
        ):
            outbox.add(room, "ada", said(text), "f00d")
    return None


@pytest.fixture
def database(tmp_path: Path) -> "object":
    with contextlib.closing(open_database(tmp_path)) as connection:
        yield connection


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def deliver_all(deliverer: Deliverer) -> None:
    while await deliverer.deliver_due():
        pass


async def test_a_room_is_delivered_in_order_and_signed(
    database: sqlite3.Connection, http: aiohttp.ClientSession
) -> None:
    """As the specification's own library verifies it; every message has an id of its own."""
    async with webhook_receiver() as receiver:
        await deliver_all(Deliverer(database, http, Receiver(receiver.url, SECRET)))
    assert [text for text in receiver.texts if text[0] == "a"] == ["a1", "a2", "a3"]
    assert "g1" in receiver.texts
    assert len(set(receiver.message_ids)) == 4
    for headers, body in receiver.requests:
        Webhook(SECRET).verify(body, headers)
        assert headers["content-type"] == "application/json"


async def test_without_a_secret_nothing_is_signed(
    database: sqlite3.Connection, http: aiohttp.ClientSession
) -> None:
    """The key for not storing twice is there all the same."""
    async with webhook_receiver() as receiver:
        await deliver_all(Deliverer(database, http, Receiver(receiver.url)))
    headers = receiver.requests[0][0]
    assert "webhook-signature" not in headers
    assert headers["webhook-id"].startswith("msg_")


async def test_a_dead_receiver_loses_nothing(
    database: sqlite3.Connection, http: aiohttp.ClientSession, clock: Clock
) -> None:
    """A whole lesson and longer: when it is back, all comes, in order."""
    dead = Deliverer(database, http, Receiver(NOBODY), clock)
    for _ in range(50):
        await dead.deliver_due()
        clock.now_sec += LONGEST_SEC
    assert n_waiting(database) == 4
    dead.stop()
    async with webhook_receiver() as receiver:
        await deliver_all(Deliverer(database, http, Receiver(receiver.url), clock))
    assert [text for text in receiver.texts if text[0] == "a"] == ["a1", "a2", "a3"]
    assert n_waiting(database) == 0


@pytest.mark.parametrize("status", [500, 503, 302, 408, 409, 425, 429])
async def test_what_may_pass_is_tried_again_later(
    database: sqlite3.Connection, http: aiohttp.ClientSession, clock: Clock, status: int
) -> None:
    """The same message under the same id, not at once, and nothing overtakes it in its room."""
    async with webhook_receiver(statuses=(status, status, 200)) as receiver:
        deliverer = Deliverer(database, http, Receiver(receiver.url), clock)
        await deliver_all(deliverer)
        assert sorted(receiver.texts) == ["a1", "g1"]
        clock.now_sec += 1.0
        await deliver_all(deliverer)
    texts = receiver.texts[2:]
    assert [text for text in texts if text[0] == "a"] == ["a1", "a2", "a3"]
    assert len(set(receiver.message_ids)) == 4


@pytest.mark.parametrize("status", [400, 401, 404, 410, 413, 422])
async def test_what_is_refused_becomes_a_dead_letter_until_asked_for(
    database: sqlite3.Connection, http: aiohttp.ClientSession, status: int
) -> None:
    """The room goes on without it; nothing is thrown away."""
    async with webhook_receiver(statuses=(status, status, 200)) as receiver:
        deliverer = Deliverer(database, http, Receiver(receiver.url))
        await deliver_all(deliverer)
        letters = dead_letters(database)
        assert [letter.problem for letter in letters] == [f"HTTP {status}"] * 2
        assert sorted(receiver.texts[2:]) == ["a2", "a3"]
        assert send_again(database) == 2
        await deliver_all(deliverer)
    assert sorted(receiver.texts[4:]) == ["a1", "g1"]
    assert set(receiver.message_ids[4:]) == {letter.message_id for letter in letters}
    assert dead_letters(database) == []


async def test_a_receiver_that_never_answers_is_left(
    database: sqlite3.Connection, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may have taken the message: it gets it again under the same id."""
    monkeypatch.setattr("agent.delivery.posting.ANSWER_SEC", 0.05)
    async with webhook_receiver(before_answer=asyncio.Event().wait) as receiver:
        await Deliverer(database, http, Receiver(receiver.url)).deliver_due()
    assert len(receiver.requests) == 2
    assert n_waiting(database) == 4


async def test_a_later_version_is_delivered_after_the_earlier(
    tmp_path: Path, database: sqlite3.Connection, http: aiohttp.ClientSession
) -> None:
    """The words at once, the formula when it is known."""
    with Outbox(tmp_path, True) as outbox:
        outbox.add("geometry", "ada", said("half", "s"), "f00d")
        outbox.add("geometry", "ada", said("half", "s", (HALF,)), "f00d")
    async with webhook_receiver() as receiver:
        await deliver_all(Deliverer(database, http, Receiver(receiver.url)))
    halves = [body for _, body in receiver.requests if '"text": "half"' in body]
    assert ['"has_math": true' in body for body in halves] == [False, True]


async def test_of_two_deliverers_one_delivers(
    tmp_path: Path, database: sqlite3.Connection, http: aiohttp.ClientSession, clock: Clock
) -> None:
    """Two would overtake each other; the second takes over when the first is gone."""
    async with webhook_receiver() as receiver:
        with contextlib.closing(open_database(tmp_path)) as other:
            first = Deliverer(database, http, Receiver(receiver.url), clock)
            second = Deliverer(other, http, Receiver(receiver.url), clock)
            assert await first.deliver_due() == 2
            assert await second.deliver_due() == 0
            clock.now_sec += LEASE_SEC
            assert await second.deliver_due() == 1
            assert await first.deliver_due() == 0
            second.stop()
            assert await first.deliver_due() == 1
    assert len(set(receiver.message_ids)) == len(receiver.requests) == 4


async def test_two_that_run_side_by_side_send_each_message_once(tmp_path: Path) -> None:
    """A worker and a workbench on one home."""
    async with webhook_receiver() as receiver:
        target = Receiver(receiver.url)
        async with delivering(tmp_path, target), delivering(tmp_path, target):
            await receiver.has(4)
    assert len(set(receiver.message_ids)) == len(receiver.requests) == 4


RUNNER = """
import asyncio, sys
from pathlib import Path
from agent.delivery import Receiver, delivering
async def run():
    async with delivering(Path(sys.argv[1]), Receiver(sys.argv[2])):
        await asyncio.Event().wait()
asyncio.run(run())
"""


async def test_a_deliverer_killed_in_the_middle_is_followed_by_another(
    tmp_path: Path, database: sqlite3.Connection, http: aiohttp.ClientSession, clock: Clock
) -> None:
    """What it had sent and not noted comes again under the same id; nothing is lost."""
    async with webhook_receiver(before_answer=asyncio.Event().wait) as hanging:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", RUNNER, str(tmp_path), hanging.url
        )
        await hanging.has(2)
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    (until_sec,) = database.execute("SELECT until_sec FROM lease").fetchone()
    clock.now_sec = until_sec
    async with webhook_receiver() as receiver:
        await deliver_all(Deliverer(database, http, Receiver(receiver.url), clock))
    assert [text for text in receiver.texts if text[0] == "a"] == ["a1", "a2", "a3"]
    assert set(hanging.message_ids) <= set(receiver.message_ids)


async def test_no_log_shows_words_address_or_secret(
    database: sqlite3.Connection,
    http: aiohttp.ClientSession,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An address may carry a token, and the words are the student's."""
    caplog.set_level(logging.DEBUG)
    async with webhook_receiver(statuses=(410, 500)) as receiver:
        target = Receiver(receiver.url + "?token=hidden", SECRET)
        await deliver_all(Deliverer(database, http, target))
    client_log = [r.getMessage() for r in caplog.records if r.name != "aiohttp.access"]
    log = "\n".join(client_log)
    assert "refused" in log
    assert "not delivered" in log
    assert not any(secret in log + repr(target) for secret in ("hidden", "a1", SECRET))


async def test_an_unsigned_deliverer_says_so_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Not for each of a lesson's lines."""
    async with webhook_receiver() as receiver, delivering(tmp_path, Receiver(receiver.url)):
        await receiver.has(4)
    assert sum("WEBHOOK_SECRET" in record.message for record in caplog.records) == 1


@pytest.mark.parametrize(
    ("n_attempts", "shortest", "longest"),
    [(1, 0.5, 1), (2, 1, 2), (5, 8, 16), (10, 150, 300), (10_000, 150, 300)],
)
def test_patience_grows_to_five_minutes(n_attempts: int, shortest: float, longest: float) -> None:
    """A receiver that was away for a week is asked again within five minutes."""
    assert (delay_sec(n_attempts, 0), delay_sec(n_attempts, 1)) == (shortest, longest)
    assert shortest <= delay_sec(n_attempts) <= longest
