"""One deliverer per database: whoever holds the lease, until it runs out."""

import sqlite3

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
