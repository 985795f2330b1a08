"""The student's side of a session: what comes in becomes turns."""

from collections import deque

from google.genai import types

from agent.audio import STUDENT_RATE_HZ
from agent.local_live.answers import Answers, Said
from agent.local_live.connection import Connection
from agent.local_live.ear.endpointer import TurnDetector, TurnEvent
from agent.local_live.ear.queue import BYTES_PER_SEC, Ear
from agent.local_live.ear.recogniser_protocol import Heard, Recogniser
from agent.local_live.ear.words import GrowingTranscript
from agent.local_live.memory import MAX_TURNS
from agent.local_live.refusal import Refusal

MAX_QUESTION_CHARS = 4_000
MID_UTTERANCE_BYTES = BYTES_PER_SEC // 2
AUDIO_TYPES = ("audio/pcm", f"audio/pcm;rate={STUDENT_RATE_HZ}")


class LiveSession:
    """Takes a client's messages after its setup, one at a time and in order."""

    def __init__(self, connection: Connection, recogniser: Recogniser, answers: Answers) -> None:
        self._link = connection.link
        self._setup = connection.setup
        self._faults = connection.faults
        self._answers = answers
        self._ear = Ear(recogniser, self._on_interim, self._on_heard, self._setup.vocabulary)
        self._detector = TurnDetector(self._setup.silence_ms)
        self._shows_interims = (
            self._setup.transcribes_input and not self._faults.spoils_transcription
        )
        self._transcript = self._new_transcript()
        self._interim = ""
        self._is_speaking = False
        self._unanswered: deque[str] = deque(maxlen=MAX_TURNS)
        connection.tasks.create_task(self._ear.run())

    async def take(self, message: types.LiveClientMessage) -> None:
        """React to one message; raises Refusal for one that has no place here."""
        if message.setup is not None:
            raise Refusal(1007, "setup must be sent once, as the first message")
        if message.realtime_input is not None:
            await self._take_realtime(message.realtime_input)
        elif message.client_content is not None:
            await self._take_content(message.client_content)
        elif message.tool_response is not None:
            await self._answers.take_responses(message.tool_response.function_responses or [])
        else:
            raise Refusal(1007, "expected realtimeInput, clientContent or toolResponse")

    async def _take_realtime(self, realtime: types.LiveClientRealtimeInput) -> None:
        if realtime.video is not None:
            raise Refusal(1007, "this server takes no video")
        if realtime.activity_start is not None:
            self._require_manual_turns()
            await self._student_starts()
        for blob in [realtime.audio, *(realtime.media_chunks or [])]:
            if blob is not None:
                await self._take_audio(blob)
        if realtime.text:
            await self._ask(realtime.text)
        if realtime.activity_end is not None:
            self._require_manual_turns()
            await self._student_ends()
        if realtime.audio_stream_end:
            await self._react(self._detector.end())

    def _require_manual_turns(self) -> None:
        if not self._setup.manual_turns:
            raise Refusal(1007, "activityStart and activityEnd need automatic detection disabled")

    async def _take_audio(self, blob: types.Blob) -> None:
        pcm, mime_type = blob.data or b"", (blob.mime_type or "").replace(" ", "")
        if mime_type not in AUDIO_TYPES or len(pcm) % 2:
            raise Refusal(1007, f"expected 16-bit {AUDIO_TYPES[1]}, got {mime_type[:40]}")
        if not self._setup.manual_turns:
            await self._react(self._detector.take(pcm))
        elif self._is_speaking:
            await self._hear(pcm)

    async def _react(self, events: list[TurnEvent | bytes]) -> None:
        for event in events:
            if isinstance(event, bytes):
                await self._hear(event)
            elif event is TurnEvent.STARTED:
                await self._student_starts()
            else:
                await self._student_ends()

    async def _student_starts(self) -> None:
        self._is_speaking = True
        if not self._setup.may_interrupt or await self._answers.interrupt():
            return
        if not self._setup.manual_turns:
            await self._answers.silence()

    async def _hear(self, pcm: bytes) -> None:
        self._ear.take(pcm)
        if self._ear.utterance_bytes >= MID_UTTERANCE_BYTES:
            await self._faults.reach("utterance")

    async def _student_ends(self) -> None:
        if self._is_speaking:
            self._is_speaking = False
            await self._faults.reach("utterance")
            self._ear.end()

    async def _on_interim(self, hypothesis: str) -> None:
        if hypothesis == self._interim or not self._shows_interims:
            return
        self._interim = hypothesis
        if self._setup.transcribes_only:
            await self._link.send_content(
                interim_input_transcription=types.Transcription(text=hypothesis)
            )
            return
        delta = self._transcript.interim(hypothesis)
        # LiveKit's plugin takes a turn's first delta for its beginning and warns of whatever
        # comes before it.
        if self._setup.manual_turns or self._transcript.has_begun:
            await self._link.send_content(
                input_transcription=types.Transcription(text=delta) if delta else None,
                interim_input_transcription=types.Transcription(text=hypothesis),
            )

    async def _on_heard(self, heard: Heard, duration_sec: float) -> None:
        if self._setup.transcribes_only:
            self._interim = ""
            await self._answers.write_down(heard.text, duration_sec)
            return
        owed = self._transcript.final(heard.text)
        self._transcript, self._interim = self._new_transcript(), ""
        self._answers.answer(Said(heard.with_pauses, duration_sec, owed))
        if self._is_speaking and self._setup.may_interrupt:
            await self._answers.interrupt()

    def _new_transcript(self) -> GrowingTranscript:
        return GrowingTranscript(commits_early=not self._setup.manual_turns)

    async def _take_content(self, content: types.LiveClientContent) -> None:
        for turn in content.turns or []:
            text = "".join(part.text or "" for part in turn.parts or [])
            if turn.role == "model":
                self._answers.memory = self._answers.memory.add("model", text)
                self._unanswered.clear()
            elif text:
                self._unanswered.append(text[: MAX_QUESTION_CHARS + 1])
        await self._answers.interrupt()
        if content.turn_complete:
            question = " ".join(self._unanswered)
            self._unanswered.clear()
            await self._ask(question)

    async def _ask(self, question: str) -> None:
        if self._setup.transcribes_only:
            raise Refusal(1007, "this model takes audio only")
        if len(question) > MAX_QUESTION_CHARS:
            raise Refusal(1007, f"expected at most {MAX_QUESTION_CHARS} characters of text")
        await self._answers.interrupt()
        self._answers.answer(Said(question))
