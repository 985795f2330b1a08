"""What a lesson in a room leaves behind, and what the next tutor there is told of it."""

import logging
import time
from pathlib import Path

from agent.delivery import Outbox, student_lines
from agent.errors import DeliveryError
from agent.transcript import Transcript

EARLIER_SEC = 3_600.0  # a lesson goes on for so long after its last words

log = logging.getLogger(__name__)


class LessonRecord:
    """The transcripts of one room; `fingerprint` is that of the tutor who teaches now.

    A lesson does not end because the disk is full: what can't be stored is logged, without
    its words.
    """

    def __init__(self, home: Path, room: str, fingerprint: str, *, has_receiver: bool) -> None:
        self._home = home
        self._room = room
        self._fingerprint = fingerprint
        self._outbox = Outbox(home, has_receiver)

    def keep(self, student_id: str, transcript: Transcript) -> None:
        """Store a final transcript: one quick write, no network."""
        try:
            self._outbox.add(self._room, student_id, transcript, self._fingerprint)
        except DeliveryError as error:
            log.error("a transcript was lost: %s", error)

    def earlier(self, student_id: str) -> list[Transcript]:
        """What was said with this student in this room in the last hour, in that order."""
        try:
            since_sec = time.time() - EARLIER_SEC
            lines = student_lines(self._home, self._room, student_id, since_sec)
        except DeliveryError as error:
            log.error("the lesson begins anew: %s", error)
            return []
        return [line.posted.transcription.transcript() for line in lines if line.posted]
