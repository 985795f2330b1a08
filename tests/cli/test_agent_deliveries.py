"""`python -m agent deliveries`, as whoever runs the lessons types it."""

import asyncio
import contextlib
from pathlib import Path

import aiohttp
import pytest

from agent.delivery import Deliverer, Outbox, Receiver, open_database
from agent.transcript import Transcript
from tests.cli.conftest import Commands
from tests.webhook_receiver import WebhookReceiver, webhook_receiver


@pytest.fixture
def refused(tmp_path: Path) -> None:
    """Two lines of a lesson that the receiver said were gone."""
    with Outbox(tmp_path, True) as outbox:
        for text in ("private words", "more of them"):
            outbox.add("al\ngebra", "ada", Transcript(text, "student", text, (), True), "f00d")
    asyncio.run(_refuse_all(tmp_path))


async def _refuse_all(home: Path) -> None:
    async with webhook_receiver(statuses=(410,)) as receiver, aiohttp.ClientSession() as http:
        with contextlib.closing(open_database(home)) as database:
            deliverer = Deliverer(database, http, Receiver(receiver.url))
            while await deliverer.deliver_due():
                pass
            deliverer.stop()


@pytest.mark.usefixtures("refused")
def test_refused_transcripts_are_listed_without_their_words(keyless: Commands) -> None:
    """A line each, also for a room whose name has lines of its own."""
    done = keyless.run("agent", "deliveries")
    assert done.returncode == 0
    assert done.stdout.count("HTTP 410") == 2
    assert r"'al\ngebra'" in done.stdout
    assert done.stdout.splitlines()[-1] == "2 refused, 0 waiting"
    assert "private" not in done.stdout + done.stderr


@pytest.mark.usefixtures("refused")
async def test_retry_sends_them_again(keyless: Commands) -> None:
    """In their order, to the receiver that is set now."""
    async with webhook_receiver() as receiver:
        output = await _retry(keyless, receiver)
    assert output == "2 sent again; now 0 refused, 0 waiting\n"
    assert receiver.texts == ["private words", "more of them"]


async def _retry(commands: Commands, receiver: WebhookReceiver) -> str:
    told = commands.beside(FRONTEND_WEBHOOK_URL=receiver.url)
    done = await asyncio.to_thread(told.run, "agent", "deliveries", "--retry")
    return done.stdout


def test_retry_without_a_receiver_says_what_to_set(keyless: Commands) -> None:
    """One sentence and the exit code of an environment that is not ready."""
    done = keyless.run("agent", "deliveries", "--retry")
    assert done.returncode == 4
    assert "FRONTEND_WEBHOOK_URL is not set" in done.stderr
