"""The one database of transcripts and deliveries, shared by every process of a home."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from agent.errors import DeliveryError
from agent.files import append_to
from agent.home import open_home

DATABASE_NAME = "workbench.sqlite3"
BUSY_SEC = 10.0  # how long one process waits for another's write
SCHEMA_VERSION = 1  # raised with every change of SCHEMA, which adds what a database lacks

SCHEMA = """
CREATE TABLE IF NOT EXISTS transcripts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which they were stored
    message_id TEXT NOT NULL UNIQUE,           -- the webhook-id, wherever it was stored first
    room TEXT NOT NULL,
    segment_id TEXT NOT NULL,
    version INTEGER NOT NULL,                  -- from 1; a later one replaces the earlier
    body TEXT NOT NULL,                        -- exactly what is posted
    UNIQUE (room, segment_id, version)
);
CREATE VIEW IF NOT EXISTS latest_transcripts AS
SELECT * FROM transcripts t WHERE NOT EXISTS (
    SELECT 1 FROM transcripts later
    WHERE later.room = t.room AND later.segment_id = t.segment_id AND later.version > t.version
);
CREATE TABLE IF NOT EXISTS deliveries (
    number INTEGER PRIMARY KEY REFERENCES transcripts (number),
    room TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'dead')),
    n_attempts INTEGER NOT NULL DEFAULT 0,
    due_sec REAL NOT NULL DEFAULT 0,           -- seconds since the epoch
    problem TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS deliveries_waiting ON deliveries (room, number) WHERE state = 'waiting';
CREATE INDEX IF NOT EXISTS deliveries_dead ON deliveries (number) WHERE state = 'dead';
CREATE TABLE IF NOT EXISTS dispatches (
    room TEXT PRIMARY KEY,
    metadata TEXT NOT NULL,                    -- what the latest tutor was asked in with
    asked_sec REAL NOT NULL                    -- seconds since the epoch
);
CREATE TABLE IF NOT EXISTS lease (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    holder TEXT NOT NULL,
    until_sec REAL NOT NULL
);
"""


def open_database(home: Path) -> sqlite3.Connection:
    """A connection to the home's database, made where there is none.

    Every statement outside `writing` commits by itself. With a write-ahead log and
    `synchronous = NORMAL` a killed process loses nothing that was committed.
    """
    with database_errors():
        open_home(home)
        append_to(home / DATABASE_NAME).close()  # SQLite's other files take its mode
        database = sqlite3.connect(
            home / DATABASE_NAME, BUSY_SEC, isolation_level=None, check_same_thread=False
        )
        try:
            _write_ahead(database)
            database.execute("PRAGMA synchronous = NORMAL")
            if _version(database) < SCHEMA_VERSION:
                with writing(database):
                    for statement in SCHEMA.split(";\n"):
                        database.execute(statement)
                    database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        except BaseException:
            database.close()
            raise
    return database


def _version(database: sqlite3.Connection) -> int:
    """That of its schema; whoever finds the newest needs no turn at writing."""
    (version,) = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def _write_ahead(database: sqlite3.Connection) -> None:
    """Switch the log's mode: where several processes do so at once, SQLite does not wait."""
    deadline_sec = time.monotonic() + BUSY_SEC
    while True:
        try:
            database.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline_sec:
                raise
            time.sleep(0.01)
        else:
            return


@contextlib.contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """All that is written inside, or nothing; one process at a time."""
    with database_errors():
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")


@contextlib.contextmanager
def database_errors() -> Iterator[None]:
    """What SQLite or the disk complains about, as one sentence."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise DeliveryError(
            f"The transcripts in {DATABASE_NAME} can't be read or written ({error}). Look at the "
            "disk and the permissions of WORKBENCH_HOME."
        ) from error
