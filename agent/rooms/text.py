"""The text streams of a tutor: both speakers' words, formulas, notices, its state."""

import asyncio
import logging
from collections.abc import Mapping

from livekit import rtc

from agent.rooms import protocol
from agent.storable import storable
from agent.transcript import Transcript

LAST_WORD_SEC = 1.0  # nothing tells when a text has arrived
MAX_READ_CHARS = 500_000  # of one stream: a turn's formulas at their longest

log = logging.getLogger(__name__)


async def read_text(reader: rtc.TextStreamReader, max_chars: int = MAX_READ_CHARS) -> str:
    """A stream's text, storable; of a longer one the first `max_chars` and one more.

    Raises rtc.StreamError when its writer has gone.
    """
    text = ""
    async for chunk in reader:
        text += chunk
        if len(text) > max_chars:
            reader.close()
            break
    return storable(text[: max_chars + 1])


class RoomText:
    """Writes into a room that the tutor has joined.

    `student_id` and `student_track_id` name the student who speaks. If a write fails because the
    room is being lost, the log says so without the text.
    """

    def __init__(self, room: rtc.Room) -> None:
        self.student_id = ""
        self.student_track_id: str | None = None
        self.tutor_track_id: str | None = None
        self._room = room
        self._formulas: dict[str, str] = {}  # by segment, as they were last written

    async def write(self, transcript: Transcript) -> None:
        """Write all words of a segment so far; they replace its earlier text."""
        is_student = transcript.speaker == "student"
        track_id = self.student_track_id if is_student else self.tutor_track_id
        await self._send(
            protocol.TRANSCRIPTION,
            transcript.text,
            protocol.attributes_of(transcript, track_id),
            sender=self.student_id if is_student else None,
        )
        if transcript.is_final:
            await self.write_formulas(transcript)

    async def write_formulas(self, transcript: Transcript) -> None:
        """Write the segment's formulas alone, if they changed."""
        latex = protocol.latex_list(transcript)
        if self._formulas.get(transcript.segment_id, "[]") != latex:
            self._formulas[transcript.segment_id] = latex
            await self._send(protocol.FORMULA, latex, protocol.formula_attributes(transcript))

    async def tell(self, sentence: str, to: str | None = None) -> None:
        """Write a notice in the chat, to one participant or to all."""
        await self._send(protocol.CHAT, sentence, {}, to=to)

    async def tell_and_go(self, sentence: str) -> None:
        """Write a notice to all and wait a moment: a room that is left at once loses it."""
        await self.tell(sentence)
        await asyncio.sleep(LAST_WORD_SEC)

    async def show_state(self, state: str) -> None:
        """Set `lk.agent.state`: initializing, listening, thinking or speaking."""
        try:
            await self._room.local_participant.set_attributes({protocol.AGENT_STATE: state})
        except Exception as error:  # noqa: BLE001 (LiveKit raises a bare Exception)
            log.warning("the tutor's state was not shown: %s", type(error).__name__)

    async def _send(
        self,
        topic: str,
        text: str,
        attributes: Mapping[str, str],
        *,
        sender: str | None = None,
        to: str | None = None,
    ) -> None:
        try:
            writer = await self._room.local_participant.stream_text(
                topic=topic,
                attributes=dict(attributes),
                sender_identity=sender,
                destination_identities=[to] if to else None,
            )
            await writer.write(text)
            await writer.aclose()
        except (rtc.StreamError, RuntimeError) as error:
            log.warning("a text did not reach the room: %s", type(error).__name__)
