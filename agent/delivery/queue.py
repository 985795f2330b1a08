"""The messages of the outbox: which are due, who may send them, and what became of each."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from agent.delivery.database import database_errors, writing
from agent.delivery.message import timestamp

DUE = """
SELECT d.number, d.n_attempts, t.message_id, t.body
FROM deliveries d JOIN transcripts t USING (number)
WHERE d.number IN (SELECT min(number) FROM deliveries WHERE state = 'waiting' GROUP BY room)
AND d.due_sec <= ? ORDER BY d.due_sec, d.number LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One message on its way; `n_attempts` were made before."""

    number: int
    n_attempts: int
    message_id: str
    body: str


def due(database: sqlite3.Connection, now_sec: float, at_most: int) -> list[Waiting]:
    """The first waiting message of each room whose time has come: a room's order is kept."""
    return [Waiting(*row) for row in database.execute(DUE, (now_sec, at_most))]


def note_delivered(database: sqlite3.Connection, message: Waiting) -> None:
    database.execute(
        "UPDATE deliveries SET state = 'delivered', problem = '', n_attempts = n_attempts + 1"
        " WHERE number = ?",
        (message.number,),
    )


def note_refused(database: sqlite3.Connection, message: Waiting, problem: str) -> None:
    """The receiver does not want it: a dead letter, and the room goes on without it."""
    database.execute(
        "UPDATE deliveries SET state = 'dead', problem = ?, n_attempts = n_attempts + 1"
        " WHERE number = ? AND state = 'waiting'",
        (problem, message.number),
    )


def note_failed(
    database: sqlite3.Connection, message: Waiting, problem: str, due_sec: float
) -> None:
    """To be tried again, not before `due_sec`."""
    database.execute(
        "UPDATE deliveries SET due_sec = ?, problem = ?, n_attempts = n_attempts + 1"
        " WHERE number = ? AND state = 'waiting'",
        (due_sec, problem, message.number),
    )


LEASE_SEC = 30.0

TAKE = """
INSERT INTO lease (only, holder, until_sec) VALUES (1, :holder, :until)
ON CONFLICT (only) DO UPDATE SET holder = :holder, until_sec = :until
WHERE holder = :holder OR until_sec <= :now
"""


def take_lease(database: sqlite3.Connection, holder: str, now_sec: float) -> bool:
    """Take or prolong the lease; False while another holds it.

    A holder that was killed keeps it for at most `LEASE_SEC`.
    """
    times = {"holder": holder, "now": now_sec, "until": now_sec + LEASE_SEC}
    return database.execute(TAKE, times).rowcount == 1


def give_back_lease(database: sqlite3.Connection, holder: str) -> None:
    """Let another take over at once."""
    database.execute("DELETE FROM lease WHERE holder = ?", (holder,))


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
