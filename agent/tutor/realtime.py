"""LiveKit's Gemini session, with `write_math` answered where it arrives.

LiveKit's own way ends the generation at a tool call and opens another for whatever comes
next, which interrupts the one that holds the call: a transcription or answer that arrives
after the call loses the formula. Here a turn is one generation, whatever the order, and
the call never becomes a LiveKit tool. It overrides private methods of the plugin, which is
why the plugin's version is pinned to one minor.
"""

from typing import Protocol

from google.genai import types
from livekit.plugins.google.realtime import RealtimeModel
from livekit.plugins.google.realtime.realtime_api import RealtimeSession

from agent.errors import LiveError
from agent.transcript import Formula
from agent.tutor.failures import told_as_live_errors
from agent.tutor.frequency import Frequency
from agent.tutor.turn_bounds import TurnBounds, ran_away
from agent.tutor.usage import Usage
from agent.tutor.write_math import formula_of_call, silent_response

MAX_TURNS, MAX_GO_AWAYS, IN_SEC = 60, 5, 60.0  # people say less, and services stay longer


class TurnListener(Protocol):
    """Receives news of the connection, and of each turn by the id that the session gave it."""

    @property
    def student_has_the_floor(self) -> bool:
        """Whether the student speaks in a turn whose words have not come yet."""
        ...

    def connected(self) -> None:
        """The service has accepted the setup, for the first time or again."""
        ...

    def reconnecting(self) -> None:
        """The session is about to reconnect."""
        ...

    @property
    def usage(self) -> Usage:
        """Takes what the service says it has counted."""
        ...

    def lost(self, error: Exception) -> None:
        """The session has ended and will not reconnect."""
        ...

    def turn_went_on(self, turn_id: str, student: str, tutor: str, *, is_done: bool) -> None:
        """Both speakers' words of the turn so far."""
        ...

    def write_math(self, turn_id: str, call_id: str | None, formula: Formula) -> None:
        """Take the formula of one call."""
        ...


class TutorRealtimeModel(RealtimeModel):
    """Gives sessions that offer `tool` and report to `listener`: both set before the first."""

    listener: TurnListener
    tool: types.FunctionDeclaration

    def session(self, *, turn_detection_disabled: bool = False) -> "TutorRealtimeSession":
        with told_as_live_errors():  # it makes a client, which reads the proxy's settings
            session = TutorRealtimeSession(self)
        self._sessions.add(session)
        return session

    def be_patient(self, config: types.RealtimeInputConfig) -> None:
        """Change the turn detection; reconnects, because a setup can't change."""
        self._opts.realtime_input_config = config
        for session in self._sessions:
            if isinstance(session, TutorRealtimeSession):
                session.restart_when_idle()


class TutorRealtimeSession(RealtimeSession):
    """One generation for each turn; formulas and words go to the model's listener."""

    def __init__(self, model: TutorRealtimeModel) -> None:
        super().__init__(model)
        self._listener = model.listener
        self._tool = model.tool
        self._interim = ""
        self._restarts_when_idle = False
        self._bounds = TurnBounds()
        self._turns = Frequency(MAX_TURNS, IN_SEC)
        self._go_aways = Frequency(MAX_GO_AWAYS, IN_SEC)
        self._has_given_up = False

    async def _main_task(self) -> None:
        """The plugin does not tell of everything that ends it."""
        try:
            await super()._main_task()
        except Exception as error:
            self._listener.lost(error)
            raise

    def restart_when_idle(self) -> None:
        """Reconnect once no turn is running: a running one would be lost."""
        generation = self._current_generation
        is_answering = generation is not None and not generation._done
        self._restarts_when_idle = is_answering or self._listener.student_has_the_floor
        if not self._restarts_when_idle:
            self._restart()

    def _restart(self) -> None:
        self._restarts_when_idle = False
        self._listener.reconnecting()
        self._session_should_close.set()

    def _handle_go_away(self, go_away: types.LiveServerGoAway) -> None:
        """The plugin's own way cuts the answer off; the notice leaves time to end it."""
        if self._go_aways.note():
            self._give_up(LiveError("The Live service keeps sending us away. Try again later."))
        elif not self._has_given_up:
            self.restart_when_idle()

    def _give_up(self, error: LiveError) -> None:
        """Tell of the session's end, and hear no more of the service."""
        if not self._has_given_up:
            self._has_given_up = True
            self._listener.lost(error)
            self._msg_ch.close()
            self._session_should_close.set()

    def _handle_usage_metadata(self, usage_metadata: types.UsageMetadata) -> None:
        self._listener.usage.add(usage_metadata)
        super()._handle_usage_metadata(usage_metadata)

    def _report_connection_acquired(self, acquire_time: float) -> None:
        super()._report_connection_acquired(acquire_time)
        self._listener.connected()

    def _build_connect_config(self) -> types.LiveConnectConfig:
        config = super()._build_connect_config()
        config.tools = [types.Tool(function_declarations=[self._tool])]
        if config.generation_config is not None:  # deprecated in google-genai
            config.temperature = config.generation_config.temperature
            config.generation_config = None
        return config

    def _start_new_generation(self) -> None:
        self._interim = ""
        self._bounds = TurnBounds()
        if self._turns.note():
            self._give_up(ran_away())
        super()._start_new_generation()

    def _handle_server_content(self, server_content: types.LiveServerContent) -> None:
        """An interim transcription is the whole utterance so far, until words settle."""
        try:
            self._bounds.take(server_content)
        except LiveError as error:
            self._give_up(error)
        if self._has_given_up:
            return
        interim = server_content.interim_input_transcription
        if interim is not None:
            self._interim = interim.text or ""
        elif server_content.input_transcription is not None:
            self._interim = ""
        super()._handle_server_content(server_content)
        self._report()

    def _mark_current_generation_done(self) -> None:
        super()._mark_current_generation_done()
        self._interim = ""
        self._report()
        if self._restarts_when_idle:
            self._restart()

    def _handle_tool_calls(self, tool_call: types.LiveServerToolCall) -> None:
        generation = self._current_generation
        if generation is None or self._has_given_up:
            return
        responses = [
            silent_response(call, self._write(generation.response_id, call))
            for call in tool_call.function_calls or []
        ]
        self._send_client_event(types.LiveClientToolResponse(function_responses=responses))
        if self._bounds.has_run_away:
            self._give_up(ran_away())

    def _write(self, turn_id: str, call: types.FunctionCall) -> dict[str, object]:
        """Hand on one formula; gives what the model is told."""
        try:
            formula = formula_of_call(call.args)
            self._bounds.admit(call.id, formula)
        except LiveError as error:
            return {"error": str(error)}
        self._listener.write_math(turn_id, call.id, formula)
        return {"written": True}

    def _report(self) -> None:
        generation = self._current_generation
        if generation is not None:
            self._listener.turn_went_on(
                generation.response_id,
                self._interim or generation.input_transcription,
                generation.output_text,
                is_done=generation._done,
            )
