"""Messages that the receiver refused for good: to be looked at, and sent again on request."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from agent.delivery.database import database_errors, writing
from agent.delivery.payload import timestamp

DEAD = """
SELECT t.message_id, t.room, t.body, d.problem, d.n_attempts
FROM deliveries d JOIN transcripts t USING (number) WHERE d.state = 'dead' ORDER BY d.number
"""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One refused message; not its words, which belong to the student."""

    message_id: str
    room: str
    said_at: datetime
    problem: str
    n_attempts: int


def dead_letters(database: sqlite3.Connection) -> list[DeadLetter]:
    """All of them, oldest first."""
    with database_errors():
        rows = database.execute(DEAD).fetchall()
    return [
        DeadLetter(key, room, datetime.fromtimestamp(timestamp(body), UTC), *rest)
        for key, room, body, *rest in rows
    ]


def send_again(database: sqlite3.Connection) -> int:
    """Put every dead letter back in its room's queue; how many there were."""
    with writing(database):
        return database.execute(
            "UPDATE deliveries SET state = 'waiting', due_sec = 0, n_attempts = 0"
            " WHERE state = 'dead'"
        ).rowcount


def n_waiting(database: sqlite3.Connection) -> int:
    """How many messages the receiver has not answered yet."""
    with database_errors():
        (count,) = database.execute(
            "SELECT count(*) FROM deliveries WHERE state = 'waiting'"
        ).fetchone()
    return int(count)
