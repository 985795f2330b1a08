"""Where a lesson leaves its finished transcripts: one quick write, no network."""

import threading
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from agent.delivery.database import open_database, writing
from agent.delivery.message import Origin, payload, says_the_same, timestamp
from agent.storable import storable
from agent.transcript import Transcript

Clock = Callable[[], float]

LATEST = (
    "SELECT version, body FROM transcripts WHERE room = ? AND segment_id = ?"
    " ORDER BY version DESC LIMIT 1"
)
INSERT = (
    "INSERT INTO transcripts (message_id, room, segment_id, version, body) VALUES (?, ?, ?, ?, ?)"
)


class Outbox:
    """Stores final transcripts and, where there is a receiver, queues them for it.

    Safe from several threads and processes, each process with an Outbox of its own.
    """

    def __init__(self, home: Path, has_receiver: bool, clock: Clock = time.time) -> None:
        self._database = open_database(home)
        self._has_receiver = has_receiver
        self._clock = clock
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._database.close()

    def add(self, room: str, student_id: str, transcript: Transcript, fingerprint: str) -> None:
        """Keep a final transcript; `fingerprint` is that of the tutor who heard it.

        The same content again changes nothing; other content of the same segment, such as
        the formula found later, is its next version and reaches the receiver too. Raises
        ValueError for an interim transcript, DeliveryError when it can't be written.
        """
        if not transcript.is_final:
            raise ValueError("only final transcripts are delivered")
        key = (storable(room), storable(transcript.segment_id))
        with self._lock, writing(self._database):
            found = self._database.execute(LATEST, key).fetchone()
            version, body = found or (0, None)
            if body is not None and says_the_same(body, transcript):
                return
            origin = Origin(room, student_id, fingerprint)
            ended_sec = self._clock() if body is None else timestamp(body)
            body = payload(origin, transcript, version + 1, ended_sec)
            self._insert(key, version + 1, body)

    def _insert(self, key: tuple[str, str], version: int, body: str) -> None:
        row = (f"msg_{uuid.uuid4().hex}", *key, version, body)
        number = self._database.execute(INSERT, row).lastrowid
        if self._has_receiver:
            self._database.execute(
                "INSERT INTO deliveries (number, room) VALUES (?, ?)", (number, key[0])
            )
