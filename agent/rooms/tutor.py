"""A tutor in one LiveKit room: in a worker's job, or joined in this process."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable, Sequence

from livekit import rtc

from agent.errors import LiveError
from agent.lesson.session import TutorSession
from agent.rooms import protocol
from agent.rooms.audio import TutorTrack
from agent.rooms.conversation import MAX_CHAT_CHARS, RoomConversation
from agent.rooms.people import LOST_SEC, RoomPeople
from agent.rooms.text import RoomText, read_text
from agent.tasks import beside, first_of
from agent.transcript import Transcript
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.frequency import Frequency
from agent.tutor.tutor import Tutor

MAX_FRESH_STARTS = 3  # in a row, with nothing said in between
MAX_STARTS, IN_SEC = 10, 600.0  # whatever is said in between
MAX_SAID = 200  # segments that are remembered: more than a fresh session is told of
MAX_READING = 8  # messages of the chat at a time
HOPELESS = frozenset({400, 401, 403, 404, 429, 1008})  # a fresh session gets the same answer
MAX_EARLIER = 40  # transcripts that a fresh session is told of
MAX_EARLIER_CHARS = 8_000
WAIT = "The tutor hears one student at a time. You are next when the other one has left."
FRESH = "The tutor had to start again. Please repeat your last words."

log = logging.getLogger(__name__)

OnFinal = Callable[[str, Transcript], None]
Earlier = Callable[[str], Sequence[Transcript]]


class RoomTutor:
    """Teaches the students of one room, one at a time.

    Create it before the room is connected; call `run` afterwards.

    `on_final` receives the student's identity and each final transcript, before the room does;
    a later one of the same segment replaces it. `earlier` returns the earlier conversation with
    the student of that identity, when the lesson begins.
    """

    def __init__(  # noqa: PLR0913
        self,
        room: rtc.Room,
        tutor: Tutor,
        endpoint: LiveEndpoint,
        *,
        on_final: OnFinal = lambda _student_id, _transcript: None,
        earlier: Earlier = lambda _student_id: (),
        lost_sec: float = LOST_SEC,
        max_fresh_starts: int = MAX_FRESH_STARTS,
    ) -> None:
        self._room = room
        self._tutor = tutor
        self._endpoint = endpoint
        self._on_final = on_final
        self._earlier = earlier
        self._max_fresh_starts = max_fresh_starts
        self._said: dict[str, Transcript] = {}
        self._people = RoomPeople(room, lost_sec)
        self._text = RoomText(room)
        self._student_id = ""
        self._conversation: RoomConversation | None = None
        self._n_failures = 0
        self._starts = Frequency(MAX_STARTS, IN_SEC)
        self._reading: set[asyncio.Task[None]] = set()
        room.register_text_stream_handler(protocol.CHAT, self._on_chat)

    async def run(self) -> None:
        """Teach the students, one at a time, until the last has left or the room is over.

        Ends at once if another tutor came first. Raises LiveError if the service refuses or
        stays lost, after a notice in the room.
        """
        await first_of(self._teach_all(), self._people.until_outranked())

    async def _teach_all(self) -> None:
        track = TutorTrack()
        self._text.tutor_track_id = await track.publish(self._room)
        await self._text.show_state("initializing")
        try:
            student = await self._people.next_student()
            while student is not None:
                await self._teach(student.identity, track)
                waiting = [] if self._people.is_over else self._people.students
                student = waiting[0] if waiting else None
        finally:
            await track.aclose()

    async def _teach(self, student_id: str, track: TutorTrack) -> None:
        """One student's lesson; the next one's begins with nothing of it."""
        self._said = {each.segment_id: each for each in self._earlier(student_id)}
        self._student_id = self._text.student_id = student_id
        await first_of(
            self._keep_teaching(track),
            self._people.until_gone(student_id),
            self._ask_others_to_wait(),
        )

    async def _keep_teaching(self, track: TutorTrack) -> None:
        """A fresh session where one was lost for good: no tutor stays mute."""
        while True:
            try:
                await self._converse(track)
            except LiveError as error:
                self._n_failures += 1
                is_often = self._starts.note() or self._n_failures > self._max_fresh_starts
                if error.code in HOPELESS or is_often:
                    await self._text.tell_and_go(str(error))
                    raise
                log.warning("a fresh session is needed: %s", error)
                await self._text.tell(FRESH)

    async def _converse(self, track: TutorTrack) -> None:
        earlier = those_that_fit(self._said.values())
        async with TutorSession(self._tutor, self._endpoint, earlier=earlier) as session:
            talk = RoomConversation(session, self._text, secrets.token_hex(3), self._keep)
            self._conversation = talk
            listening = self._people.listen(self._student_id, session.student, self._set_track)
            try:
                async with beside(
                    listening, track.play(session.voice), talk.words.follow(), talk.ask_again()
                ):
                    await talk.tell()
            finally:
                self._conversation = None

    async def _ask_others_to_wait(self) -> None:
        """Tell each further student once, for as long as the lesson goes on."""
        told = {self._student_id}
        while True:
            newcomers = await self._people.until(
                lambda: [s.identity for s in self._people.students if s.identity not in told]
            )
            for identity in newcomers:
                told.add(identity)
                await self._text.tell(WAIT, to=identity)

    def _set_track(self, track_id: str) -> None:
        self._text.student_track_id = track_id

    def _keep(self, transcript: Transcript) -> None:
        self._n_failures = 0
        self._said[transcript.segment_id] = transcript
        if len(self._said) > MAX_SAID:
            del self._said[next(iter(self._said))]
        self._on_final(self._student_id, transcript)

    def _on_chat(self, reader: rtc.TextStreamReader, sender_id: str) -> None:
        if len(self._reading) >= MAX_READING:
            reader.close()
            return
        task = asyncio.get_running_loop().create_task(self._read_chat(reader, sender_id))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _read_chat(self, reader: rtc.TextStreamReader, sender_id: str) -> None:
        try:
            text = await read_text(reader, MAX_CHAT_CHARS)
        except rtc.StreamError:
            return
        if sender_id != self._student_id:
            await self._text.tell(WAIT, to=sender_id)
        elif self._conversation is not None:
            await self._conversation.answer(text)


class RoomRefusal:
    """Stands in for a tutor that can't start; used like one."""

    def __init__(self, room: rtc.Room, sentence: str) -> None:
        self._people = RoomPeople(room)
        self._text = RoomText(room)
        self._sentence = sentence

    async def run(self) -> None:
        """Tell the first student why there is no lesson."""
        if await self._people.next_student() is not None:
            await self._text.tell_and_go(self._sentence)


def those_that_fit(said: Iterable[Transcript]) -> list[Transcript]:
    """The newest transcripts, as many as a new session receives."""
    kept: list[Transcript] = []
    n_chars = 0
    for transcript in reversed(list(said)):
        n_chars += len(transcript.text)
        if len(kept) == MAX_EARLIER or n_chars > MAX_EARLIER_CHARS:
            break
        kept.append(transcript)
    return kept[::-1]
