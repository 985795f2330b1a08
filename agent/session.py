"""One lesson: an AgentSession over any sound in and out, told as transcripts and states."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Self, cast

from google.genai import types
from livekit.agents import Agent, AgentSession
from livekit.agents.llm import RealtimeModelError
from livekit.agents.metrics import RealtimeModelMetrics

from agent.errors import LiveError
from agent.live import LiveEndpoint
from agent.live_errors import live_error
from agent.realtime import TutorRealtimeSession
from agent.transcript import Transcript
from agent.turns import Turns
from agent.tutor import TurnDetection, Tutor
from agent.voice_io import StudentAudio, TutorAudio
from agent.write_math import formula_of_call

CONNECT_SEC = 10.0
DEFAULT_PAUSE_MS = 1_000  # roughly what the service waits for when it is left to it
RELEASE_MARGIN_MS = 300

log = logging.getLogger(__name__)

SessionState = Literal["connecting", "listening", "speaking", "reconnecting"]


@dataclass(frozen=True, slots=True)
class StateChange:
    """What the lesson is doing from now on."""

    state: SessionState


SessionEvent = Transcript | StateChange


class TutorSession:
    """A lesson while it is entered; `events` tells all that happens in it.

    `student` takes the student's sound, `voice` gives the tutor's. A pause of the tutor's
    `turn_detection.silence_ms` ends the student's turn, `release` ends a held one at once.
    """

    def __init__(self, tutor: Tutor, endpoint: LiveEndpoint) -> None:
        self.student = StudentAudio()
        self.voice = TutorAudio()
        self.voice.on_speaking = self._on_speaking
        self._pause_ms = tutor.turn_detection.silence_ms or DEFAULT_PAUSE_MS
        self._events: asyncio.Queue[SessionEvent | LiveError] = asyncio.Queue()
        self._turns = Turns()
        self._connected = asyncio.Event()
        self._model = tutor.realtime_model(endpoint)
        self._model.listener = self
        self._agent = Agent(instructions=tutor.prompt.instructions)
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
        self._resources = AsyncExitStack()

    async def __aenter__(self) -> Self:
        self._session.input.audio = self.student
        self._session.output.audio = self.voice
        self._session.on("error", self._on_error)
        self._emit(StateChange("connecting"))
        await self._session.start(self._agent)
        self._realtime.on("metrics_collected", self._on_metrics)
        watch = asyncio.create_task(self._watch_connecting())
        self._resources.callback(watch.cancel)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._resources.aclose()
        self.student.close()
        self.voice.clear_buffer()
        await self._session.aclose()

    async def events(self) -> AsyncIterator[SessionEvent]:
        """Transcripts and states as they happen; raises LiveError when the service is lost."""
        while True:
            event = await self._events.get()
            if isinstance(event, LiveError):
                raise event
            yield event

    async def say(self, text: str) -> None:
        """Ask in writing; silences the tutor."""
        self._emit(self._turns.typed(text))
        await self._session.interrupt()
        self._session.generate_reply(user_input=text)

    def release(self) -> None:
        """End a held turn now."""
        self.student.release((self._pause_ms + RELEASE_MARGIN_MS) / 1000)

    def be_patient(self, pause_ms: int) -> None:
        """From now on a pause of `pause_ms` ends a turn; the connection is made anew."""
        self._pause_ms = pause_ms
        self._realtime.be_patient(TurnDetection(pause_ms).automatic())

    @property
    def turn_ended_at_sec(self) -> float | None:
        """When the student's latest turn ended (monotonic clock): released, or paused enough."""
        voice_sec, released_sec = self.student.pauses.voice_at_sec, self.student.released_at_sec
        if released_sec is not None and (voice_sec is None or released_sec >= voice_sec):
            return released_sec
        return None if voice_sec is None else voice_sec + self._pause_ms / 1000

    def turn_went_on(self, turn_id: str, student: str, tutor: str, *, is_done: bool) -> None:
        """The realtime session's report of a turn's words."""
        for transcript in self._turns.words(turn_id, student, tutor, is_done=is_done):
            self._emit(transcript)

    def write_math(self, turn_id: str, call: types.FunctionCall) -> Mapping[str, object]:
        """The realtime session's report of a formula; gives what the model is told."""
        try:
            formula = formula_of_call(call.args)
        except LiveError as error:
            return {"error": str(error)}
        for transcript in self._turns.formula(turn_id, formula):
            self._emit(transcript)
        return {"written": True}

    @property
    def _realtime(self) -> TutorRealtimeSession:
        return cast(TutorRealtimeSession, self._agent.realtime_llm_session)

    def _emit(self, event: SessionEvent) -> None:
        self._events.put_nowait(event)

    def _on_speaking(self, speaking: bool) -> None:
        self._emit(StateChange("speaking" if speaking else "listening"))

    def _on_metrics(self, metrics: object) -> None:
        """A connection was made: the only sign that LiveKit gives of it."""
        if isinstance(metrics, RealtimeModelMetrics) and not metrics.request_id:
            self._connected.set()
            self._emit(StateChange("listening"))

    def _on_error(self, event: object) -> None:
        error = getattr(event, "error", None)
        if isinstance(error, RealtimeModelError):
            if error.recoverable:
                self._emit(StateChange("reconnecting"))
            else:
                self._events.put_nowait(live_error(error.error))

    async def _watch_connecting(self) -> None:
        """Nothing else notices a server that accepts and never answers the setup."""
        try:
            async with asyncio.timeout(CONNECT_SEC):
                await self._connected.wait()
        except TimeoutError:
            self._events.put_nowait(
                LiveError(f"The Live service did not answer within {CONNECT_SEC:.0f} s. Try again.")
            )
