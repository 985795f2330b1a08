"""The messages that wait for the receiver: which are due, and what became of them."""

import sqlite3
from dataclasses import dataclass

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
