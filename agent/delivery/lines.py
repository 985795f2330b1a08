"""A room's stored lines, as they were added here or received from elsewhere."""

import contextlib
import logging
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from agent.delivery.database import database_errors, open_database
from agent.delivery.message import Posted
from agent.storable import storable

AS_STORED = """
SELECT number, body FROM latest_transcripts WHERE room = :room AND number > :after
ORDER BY number LIMIT :at_most
"""
AS_SAID = """
SELECT number, body FROM latest_transcripts t WHERE room = :room
ORDER BY (
    SELECT min(number) FROM transcripts s WHERE s.room = t.room AND s.segment_id = t.segment_id
)
"""
OF_STUDENT = """
SELECT number, body FROM latest_transcripts WHERE room = :room
AND CASE WHEN json_valid(body) THEN json_extract(body, '$.student_id') END = :student
AND CASE WHEN json_valid(body) THEN json_extract(body, '$.transcription.timestamp') END >= :since
ORDER BY json_extract(body, '$.transcription.timestamp'), number
"""
INSERT = """
INSERT OR IGNORE INTO transcripts (message_id, room, segment_id, version, body)
VALUES (?, ?, ?, ?, ?)
"""


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One segment's latest version; `number` grows with every version that is stored.

    `posted` is None where the row can't be read: it must not hide the others.
    """

    number: int
    posted: Posted | None


def lines_after(home: Path, room: str, after: int, at_most: int) -> list[Line]:
    """What a page that has seen all up to `after` does not know yet, as it was stored."""
    return _lines(home, AS_STORED, {"room": storable(room), "after": after, "at_most": at_most})


def room_lines(home: Path, room: str) -> list[Line]:
    """All segments of a room, as they were first stored; empty for a room without any."""
    return _lines(home, AS_SAID, {"room": storable(room)})


def student_lines(home: Path, room: str, student_id: str, since_sec: float) -> list[Line]:
    """What a student and the tutor said to each other since (seconds since the epoch)."""
    values = {"room": storable(room), "student": storable(student_id), "since": since_sec}
    return _lines(home, OF_STUDENT, values)


def store_received(home: Path, message_id: str, posted: Posted) -> bool:
    """Keep what another process posted; False when it is here already."""
    part = posted.transcription
    key = (message_id, posted.room, part.segment_id, part.version)
    with contextlib.closing(open_database(home)) as database, database_errors():
        return database.execute(INSERT, (*key, posted.model_dump_json())).rowcount == 1


def _lines(home: Path, query: str, values: dict[str, object]) -> list[Line]:
    with contextlib.closing(open_database(home)) as database, database_errors():
        rows = database.execute(query, values).fetchall()
    return [Line(number, _posted(number, body)) for number, body in rows]


def _posted(number: int, body: str) -> Posted | None:
    try:
        return Posted.model_validate_json(body)
    except ValidationError:
        log.warning("transcript %d can't be read; it is left out", number)
        return None
