"""One lesson: an AgentSession over any sound in and out, told as transcripts and states."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self

from livekit.agents import Agent, AgentSession
from livekit.agents.llm import ChatContext, RealtimeModelError

from agent.audio import Pcm16
from agent.errors import LiveError
from agent.lesson.audio_io import StudentAudio, TutorAudio
from agent.lesson.latest import Latest
from agent.lesson.reader import Reader
from agent.lesson.turns import Turns
from agent.transcript import Formula, Transcript
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.failures import live_error
from agent.tutor.frequency import Frequency
from agent.tutor.tutor import TurnDetection, Tutor
from agent.tutor.usage import Usage

CONNECT_SEC = 10.0
DEFAULT_PAUSE_MS = 1_000  # roughly what the service waits for when it is left to it
ANSWER_SEC = 1.0  # between the end of a turn and the first sign of its answer
MAX_SOUNDS = 8  # turns whose sound is kept
MAX_LOSSES = 3  # of the connection in a row, with nothing said in between
MAX_RECONNECTIONS, IN_SEC = 6, 60.0  # whatever is said in between

SessionState = Literal["connecting", "listening", "speaking", "reconnecting"]


@dataclass(frozen=True, slots=True)
class StateChange:
    """What the lesson is doing from now on."""

    state: SessionState


SessionEvent = Transcript | StateChange


class TutorSession:
    """A lesson while it is entered; `events` tells all that happens in it.

    `student` takes the student's sound, `voice` gives the tutor's. A pause of the tutor's
    `turn_detection.silence_ms` ends the student's turn; `student.release` ends a held one.
    `usage` has the tokens that the service has counted so far.
    A connection that is not there after `connect_sec` is lost. The tutor knows what was
    said `earlier`.
    """

    def __init__(
        self,
        tutor: Tutor,
        endpoint: LiveEndpoint,
        *,
        connect_sec: float = CONNECT_SEC,
        earlier: Sequence[Transcript] = (),
    ) -> None:
        pause_ms = tutor.turn_detection.silence_ms or DEFAULT_PAUSE_MS
        self.student = StudentAudio(pause_ms / 1000)
        self.voice = TutorAudio()
        self.usage = Usage()
        self.voice.on_speaking = self._on_speaking
        self.voice.on_cut = self._on_cut
        self._events: Latest[SessionEvent | LiveError] = Latest()
        self._turns = Turns(tutor.problem, earlier)
        self._reader = Reader(self._turns, self._emit)
        self._reading: asyncio.Task[None] | None = None
        self._state: SessionState | None = None
        self._is_speaking = False
        self._sounding_id: str | None = None
        self._connected = asyncio.Event()
        self._connect_sec = connect_sec
        self._n_losses = 0
        self._losses = Frequency(MAX_RECONNECTIONS, IN_SEC)
        self._sounds: dict[str, Pcm16 | None] = {}
        self._deadline: asyncio.TimerHandle | None = None
        self._model = tutor.realtime_model(endpoint, listener=self)
        self._agent = Agent(instructions=tutor.instructions, chat_ctx=_as_chat(earlier))
        self._session: AgentSession[None] = AgentSession(
            llm=self._model,
            vad=None,
            user_away_timeout=None,
            aec_warmup_duration=None,
            turn_handling={
                "turn_detection": "realtime_llm",
                "interruption": {
                    "resume_false_interruption": False,
                    "false_interruption_timeout": None,
                },
            },
        )

    async def __aenter__(self) -> Self:
        self._session.input.audio = self.student
        self._session.output.audio = self.voice
        self._session.on("error", self._on_error)
        self._disconnect("connecting")
        self._reading = asyncio.create_task(self._reader.run())
        await self._session.start(self._agent, record=False)  # LiveKit Cloud would keep it
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.student.close()
        if self._reading is not None:
            self._reading.cancel()
        await self._session.aclose()
        self._stop_waiting()

    async def events(self) -> AsyncIterator[SessionEvent]:
        """Transcripts and states as they happen; raises LiveError when the service is lost."""
        while True:
            event = await self._events.get()
            if isinstance(event, LiveError):
                await self._reader.read()
                for last in self._events.rest():
                    if not isinstance(last, LiveError):
                        yield last
                raise event
            yield event

    async def say(self, text: str) -> None:
        """Ask in writing; silences the tutor.

        Raises LiveError when there is no connection that could take it.
        """
        try:
            async with asyncio.timeout(self._connect_sec):
                await self._connected.wait()
        except TimeoutError:
            raise LiveError("The Live service is not connected. Write it again later.") from None
        self._emit(self._turns.typed(text))
        self._reader.look()
        await self._session.interrupt()
        self._session.generate_reply(user_input=text)

    def be_patient(self, pause_ms: int) -> None:
        """From now on a pause of `pause_ms` ends a turn; the connection is made anew."""
        self.student.pause_sec = pause_ms / 1000
        self._model.be_patient(TurnDetection(pause_ms).automatic())

    @property
    def turn_ended_at_sec(self) -> float | None:
        """When the student's latest turn ended (monotonic clock): released, or paused enough."""
        voice_sec, released_sec = self.student.pauses.voice_at_sec, self.student.released_at_sec
        if released_sec is not None and (voice_sec is None or released_sec >= voice_sec):
            return released_sec
        return None if voice_sec is None else voice_sec + self.student.pause_sec

    @property
    def student_has_the_floor(self) -> bool:
        """Whether the student speaks, or has just spoken and was not heard to the end yet."""
        ended_sec = self.turn_ended_at_sec
        return ended_sec is not None and time.monotonic() < ended_sec + ANSWER_SEC

    def connected(self) -> None:
        """The realtime session's report: AgentSession itself says so before it is true."""
        self._stop_waiting()
        self._connected.set()
        self._tell("speaking" if self._is_speaking else "listening")

    def reconnecting(self) -> None:
        """The realtime session's report of a connection that is made anew."""
        if self._connected.is_set():
            self._disconnect("reconnecting")

    def lost(self, error: Exception) -> None:
        """The realtime session's report of its end; also what could not be repaired."""
        self._connected.clear()
        self._events.put(live_error(error))

    def turn_went_on(self, turn_id: str, student: str, tutor: str, *, is_done: bool) -> None:
        """The realtime session's report of a turn's words."""
        self._show(self._turns.words(turn_id, student, tutor, is_done=is_done))
        self._n_losses = 0

    def write_math(self, turn_id: str, call_id: str | None, formula: Formula) -> None:
        """The realtime session's report of a formula."""
        self._show(self._turns.formula(turn_id, call_id, formula))

    def sound_of(self, segment_id: str) -> Pcm16 | None:
        """The student's sound of one of the latest turns, 16 kHz; None for typed and old ones."""
        return self._sounds.get(segment_id)

    def _show(self, changed: Iterable[Transcript]) -> None:
        for transcript in changed:
            self._emit(transcript)
        self._reader.look()

    def _emit(self, event: SessionEvent) -> None:
        if isinstance(event, Transcript) and event.speaker == "student" and event.is_final:
            self._keep_sound(event.segment_id)
        self._events.put(event)

    def _keep_sound(self, segment_id: str) -> None:
        """A turn's words are final as soon as it is over: what sounded until now was its own."""
        if segment_id not in self._sounds:
            self._sounds[segment_id] = self.student.recording.cut()
            while len(self._sounds) > MAX_SOUNDS:
                del self._sounds[next(iter(self._sounds))]

    def _tell(self, state: SessionState) -> None:
        if state != self._state:
            self._state = state
            self._emit(StateChange(state))

    def _on_speaking(self, is_speaking: bool) -> None:
        self._is_speaking = is_speaking
        if is_speaking:
            self._sounding_id = self._turns.newest_id
        if self._connected.is_set():
            self._tell("speaking" if is_speaking else "listening")

    def _on_cut(self, heard_share: float) -> None:
        if self._sounding_id is not None:
            self._show(self._turns.cut(self._sounding_id, heard_share))

    def _on_error(self, event: object) -> None:
        error = getattr(event, "error", None)
        if not isinstance(error, RealtimeModelError):
            return
        self._n_losses += 1
        is_hopeless = self._losses.note() or self._n_losses > MAX_LOSSES
        if error.recoverable and not is_hopeless:
            self._disconnect("reconnecting")
        else:
            self.lost(error.error)

    def _disconnect(self, state: SessionState) -> None:
        """Wait for a connection: nothing else notices a server that never answers a setup."""
        self._connected.clear()
        self._tell(state)
        if self._deadline is None:
            loop = asyncio.get_running_loop()
            self._deadline = loop.call_later(self._connect_sec, self._give_up)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _give_up(self) -> None:
        self._events.put(
            LiveError(f"The Live service did not answer within {self._connect_sec:g} s. Try again.")
        )


def _as_chat(earlier: Sequence[Transcript]) -> ChatContext:
    """What was said, as the model is told of it."""
    chat = ChatContext.empty()
    for transcript in earlier:
        if transcript.text:
            role: Literal["user", "assistant"]
            role = "user" if transcript.speaker == "student" else "assistant"
            chat.add_message(role=role, content=transcript.text)
    return chat
