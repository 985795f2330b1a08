"""What a room's tutor was asked in with, for the one that must take its place."""

import contextlib
import time
from pathlib import Path

from agent.delivery.database import database_errors, open_database
from agent.storable import storable

PUT = """
INSERT INTO dispatches (room, metadata, asked_sec) VALUES (?, ?, ?)
ON CONFLICT (room) DO UPDATE SET metadata = excluded.metadata, asked_sec = excluded.asked_sec
"""
FIND = "SELECT metadata FROM dispatches WHERE room = ? AND asked_sec >= ?"


def keep_dispatch(home: Path, room: str, metadata: str, now_sec: float | None = None) -> None:
    """Remember the metadata; the clock is asked when `now_sec` is None. Raises DeliveryError."""
    asked_sec = time.time() if now_sec is None else now_sec
    with contextlib.closing(open_database(home)) as database, database_errors():
        database.execute(PUT, (storable(room), storable(metadata), asked_sec))


def kept_dispatch(home: Path, room: str, since_sec: float) -> str | None:
    """The room's latest metadata; None where no tutor came since. Raises DeliveryError."""
    with contextlib.closing(open_database(home)) as database, database_errors():
        row = database.execute(FIND, (storable(room), since_sec)).fetchone()
    return None if row is None else str(row[0])
