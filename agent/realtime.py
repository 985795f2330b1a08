"""LiveKit's Gemini session, with `write_math` answered where it arrives.

LiveKit's own way ends the generation at a tool call and opens another for whatever comes
next, which interrupts the one that holds the call: a transcription or answer that arrives
after the call loses the formula. Here a turn is one generation, whatever the order, and
the call never becomes a LiveKit tool. It overrides private methods of the plugin, which is
why the plugin's version is pinned to one minor.
"""

from collections.abc import Mapping
from typing import Protocol

from google.genai import types
from livekit.plugins.google.realtime import RealtimeModel
from livekit.plugins.google.realtime.realtime_api import RealtimeSession

from agent.write_math import WRITE_MATH, silent_response


class TurnListener(Protocol):
    """Hears of each turn by the id that the session gave it."""

    def turn_went_on(self, turn_id: str, student: str, tutor: str, *, is_done: bool) -> None:
        """Both speakers' words of the turn so far."""
        ...

    def write_math(self, turn_id: str, call: types.FunctionCall) -> Mapping[str, object]:
        """Take one formula; the result goes back to the model."""
        ...


class TutorRealtimeModel(RealtimeModel):
    """Gives sessions that report to `listener`."""

    listener: TurnListener | None = None

    def session(self, *, turn_detection_disabled: bool = False) -> "TutorRealtimeSession":
        session = TutorRealtimeSession(self)
        self._sessions.add(session)
        return session


class TutorRealtimeSession(RealtimeSession):
    """One generation for each turn; formulas and words go to the model's listener."""

    def __init__(self, model: TutorRealtimeModel) -> None:
        super().__init__(model)
        self._listener = model.listener

    def be_patient(self, config: types.RealtimeInputConfig) -> None:
        """Detect turns differently from now on; reconnects, because a setup can't change."""
        self._opts.realtime_input_config = config
        self._mark_restart_needed()

    def _build_connect_config(self) -> types.LiveConnectConfig:
        config = super()._build_connect_config()
        config.tools = [types.Tool(function_declarations=[WRITE_MATH])]
        if config.generation_config is not None:  # deprecated in google-genai
            config.temperature = config.generation_config.temperature
            config.generation_config = None
        return config

    def _handle_server_content(self, server_content: types.LiveServerContent) -> None:
        super()._handle_server_content(server_content)
        self._report()

    def _mark_current_generation_done(self) -> None:
        super()._mark_current_generation_done()
        self._report()

    def _handle_tool_calls(self, tool_call: types.LiveServerToolCall) -> None:
        listener, generation = self._listener, self._current_generation
        if listener is None or generation is None:
            return
        responses = [
            silent_response(call, listener.write_math(generation.response_id, call))
            for call in tool_call.function_calls or []
        ]
        self._send_client_event(types.LiveClientToolResponse(function_responses=responses))

    def _report(self) -> None:
        listener, generation = self._listener, self._current_generation
        if listener is not None and generation is not None:
            listener.turn_went_on(
                generation.response_id,
                generation.input_transcription,
                generation.output_text,
                is_done=generation._done,
            )
