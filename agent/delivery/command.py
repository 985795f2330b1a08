"""What `python -m agent deliveries` does, as text for the terminal."""

import contextlib
from pathlib import Path

import aiohttp

from agent.delivery.database import open_database
from agent.delivery.deliverer import Deliverer
from agent.delivery.posting import Receiver
from agent.delivery.queue import DeadLetter, dead_letters, n_waiting, send_again


def show_deliveries(home: Path) -> str:
    """One line a dead letter, and how many messages wait."""
    with contextlib.closing(open_database(home)) as database:
        letters, waiting = dead_letters(database), n_waiting(database)
    summary = f"{len(letters)} refused, {waiting} waiting"
    return "\n".join([*map(_line, letters), summary])


async def retry_deliveries(home: Path, receiver: Receiver) -> str:
    """Send the dead letters again, here unless a deliverer is already at work."""
    with contextlib.closing(open_database(home)) as database:
        n_letters = send_again(database)
        async with aiohttp.ClientSession() as http:
            deliverer = Deliverer(database, http, receiver)
            while await deliverer.deliver_due():
                pass
            deliverer.stop()
        refused, waiting = len(dead_letters(database)), n_waiting(database)
    return f"{n_letters} sent again; now {refused} refused, {waiting} waiting"


def _line(letter: DeadLetter) -> str:
    """`ascii` keeps a room's newlines and control characters out of the terminal."""
    when = letter.said_at.isoformat(timespec="seconds")
    return f"{when}  {letter.problem}  room {letter.room!a}  {letter.message_id}"
