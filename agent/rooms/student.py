"""A student in a LiveKit room: speaks recordings, writes, and reads what the tutor writes."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial

import numpy as np
from livekit import rtc
from livekit.rtc.participant import PublishTrackError

from agent.audio import STUDENT_RATE_HZ, TUTOR_RATE_HZ, Int16Samples, Pcm16
from agent.errors import RoomError
from agent.lesson.pauses import PauseGate
from agent.rooms import protocol
from agent.rooms.audio import MICROPHONE, Subscriptions
from agent.rooms.changes import RoomChanges
from agent.rooms.connection import connected
from agent.rooms.people import AGENT
from agent.rooms.text import read_text
from agent.tasks import beside
from agent.transcript import Transcript

FRAME_SAMPLES = STUDENT_RATE_HZ // 100  # 10 ms
FRAME_SEC = FRAME_SAMPLES / STUDENT_RATE_HZ
PUBLISH_SEC = 10.0  # what a token forbids hangs instead of failing
HEARD_FRAME_MS = 20
SILENCE: Int16Samples = np.zeros(FRAME_SAMPLES, dtype=np.int16)


@asynccontextmanager
async def student_in_room(
    url: str, token: str, source: rtc.TrackSource.ValueType = MICROPHONE
) -> AsyncIterator["Student"]:
    """A student whose microphone is open for as long as the block; RoomError when not let in."""
    room = rtc.Room()
    student = Student(room)
    async with connected(room, url, token):
        await student.open_microphone(source)
        async with beside(student.speak(), student.read(), student.listen()):
            yield student


class Student:
    """A participant who speaks recordings; the microphone sends silence in between.

    Queues hold the text streams of the room, in order: `transcripts`, `formulas` (JSON lists of
    LaTeX) and `notices`, the tutor's in the chat. `tutor_voice` says when it was last heard.
    `usage` is empty: a room tells of no tokens.
    """

    def __init__(self, room: rtc.Room) -> None:
        self.transcripts: asyncio.Queue[Transcript] = asyncio.Queue()
        self.formulas: asyncio.Queue[str] = asyncio.Queue()
        self.notices: asyncio.Queue[str] = asyncio.Queue()
        self.tutor_voice = PauseGate()
        self.usage: Mapping[str, int] = {}
        self._room = room
        self._changes = RoomChanges(room)
        self._subscriptions = Subscriptions()
        self._streams: asyncio.Queue[tuple[rtc.TextStreamReader, bool]] = asyncio.Queue()
        self._to_say: deque[Int16Samples] = deque()
        self._said = asyncio.Event()
        self._source = rtc.AudioSource(STUDENT_RATE_HZ, 1, queue_size_ms=0)
        for topic in (protocol.TRANSCRIPTION, protocol.FORMULA, protocol.CHAT):
            room.register_text_stream_handler(topic, self._take_stream)

    async def open_microphone(self, source: rtc.TrackSource.ValueType) -> None:
        """Publish the microphone; raises RoomError if the token forbids it."""
        track = rtc.LocalAudioTrack.create_audio_track("microphone", self._source)
        options = rtc.TrackPublishOptions(source=source)
        try:
            async with asyncio.timeout(PUBLISH_SEC):
                await self._room.local_participant.publish_track(track, options)
        except (TimeoutError, PublishTrackError):
            raise RoomError("This token does not let a microphone into the room.") from None

    async def say(self, pcm: Pcm16) -> None:
        """Speak 16 kHz sound; done when its last frame is on its way."""
        whole = np.pad(pcm.samples, (0, -len(pcm.samples) % FRAME_SAMPLES))
        self._said.clear()
        self._to_say.extend(np.split(whole, len(whole) // FRAME_SAMPLES))
        await self._said.wait()

    async def write(self, text: str) -> None:
        """Ask in the chat, once a tutor is there: a message to an empty room is lost."""
        await self._changes.until(self._is_read)
        await self._room.local_participant.send_text(text, topic=protocol.CHAT)

    async def until_tutor(self, state: str = "listening") -> str:
        """Wait until a tutor is in that state; returns its identity."""
        return await self._changes.until(lambda: self._tutor_in(state))

    @property
    def engine(self) -> str | None:
        """The engine that the tutor in the room names; None if it names none."""
        return next((p.attributes.get(protocol.ENGINE) for p in self._tutors()), None)

    async def until_alone(self) -> None:
        """Wait until no tutor is in the room."""
        await self._changes.until(lambda: not self._tutors())

    async def until_over(self) -> None:
        """Wait until this student is out of the room for good."""
        await self._changes.until(lambda: self._changes.is_over)

    async def speak(self) -> None:
        """Send what is to be said, frame by frame, at absolute deadlines."""
        loop = asyncio.get_running_loop()
        due_sec = loop.time()
        while True:
            samples = self._to_say.popleft() if self._to_say else SILENCE
            frame = rtc.AudioFrame(samples.tobytes(), STUDENT_RATE_HZ, 1, FRAME_SAMPLES)
            await self._source.capture_frame(frame)
            if not self._to_say:
                self._said.set()
            due_sec += FRAME_SEC
            await asyncio.sleep(due_sec - loop.time())

    async def read(self) -> None:
        """Read the streams one after the other, as they were opened."""
        while True:
            reader, is_tutors = await self._streams.get()
            try:
                text = await read_text(reader)
            except rtc.StreamError:
                continue  # its writer has gone
            if reader.info.topic == protocol.TRANSCRIPTION:
                transcript = protocol.transcript_of(text, reader.info.attributes or {})
                self.transcripts.put_nowait(transcript)
            elif reader.info.topic == protocol.FORMULA:
                self.formulas.put_nowait(text)
            elif is_tutors:
                self.notices.put_nowait(text)

    async def listen(self) -> None:
        """Hear the tutor, and any tutor after it."""
        track: rtc.Track | None = None
        while True:
            track = await self._changes.until(partial(self._tutor_track, track))
            stream = rtc.AudioStream(
                track, sample_rate=TUTOR_RATE_HZ, num_channels=1, frame_size_ms=HEARD_FRAME_MS
            )
            async for event in stream:
                samples = np.frombuffer(event.frame.data, dtype=np.int16)
                self.tutor_voice.passes(Pcm16(samples, TUTOR_RATE_HZ))
            await stream.aclose()

    def _take_stream(self, reader: rtc.TextStreamReader, sender_id: str) -> None:
        sender = self._room.remote_participants.get(
            sender_id
        )  # a tutor may speak before it is seen
        self._streams.put_nowait((reader, sender is None or sender.kind == AGENT))

    def _tutors(self) -> list[rtc.RemoteParticipant]:
        return [p for p in self._room.remote_participants.values() if p.kind == AGENT]

    def _is_read(self) -> bool:
        is_connected = self._room.connection_state == rtc.ConnectionState.CONN_CONNECTED
        return is_connected and bool(self._tutors())

    def _tutor_in(self, state: str) -> str | None:
        states = {p.identity: p.attributes.get(protocol.AGENT_STATE) for p in self._tutors()}
        return next((identity for identity, shown in states.items() if shown == state), None)

    def _tutor_track(self, other_than: rtc.Track | None) -> rtc.Track | None:
        heard = (self._subscriptions.heard(tutor) for tutor in self._tutors())
        tracks = (each.track for each in heard if each is not None)
        return next((track for track in tracks if track is not other_than), None)
