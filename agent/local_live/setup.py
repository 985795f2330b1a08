"""What a client's setup asks for, checked the way the service checks it."""

from dataclasses import dataclass

from google.genai import types

from agent.errors import ModelError
from agent.local_live.ear.endpointer import DEFAULT_SILENCE_MS
from agent.local_live.link import ClientMessage
from agent.local_live.refusal import Refusal
from agent.models import LiveModel, live_model

TOOL = "write_math"
MAX_HINTS, MAX_HINT_CHARS = 1_000, 100
MIN_SILENCE_MS, MAX_SILENCE_MS = 60, 10_000


@dataclass(frozen=True, slots=True)
class Setup:
    """One session's configuration.

    `tool_behavior` is None when the client declared no `write_math`. `handle` names the
    conversation to resume; None begins a new one.
    """

    manual_turns: bool
    silence_ms: int
    may_interrupt: bool
    transcribes_input: bool
    vocabulary: tuple[str, ...]
    transcribes_output: bool
    tool_behavior: types.Behavior | None
    transcribes_only: bool
    is_resumable: bool
    handle: str | None


def read_setup(message: ClientMessage) -> Setup:
    """The session that a first message asks for; raises Refusal as the service would."""
    setup = message.body.setup
    if setup is None:
        raise Refusal(1007, "expected setup as the first message")
    model = _known_model(setup.model or "")
    _check_what_it_takes(setup, model)
    detection = message.realtime.automatic_activity_detection or types.AutomaticActivityDetection()
    handling = message.realtime.activity_handling
    silence_ms = detection.silence_duration_ms or DEFAULT_SILENCE_MS
    resumption = setup.session_resumption
    transcription = setup.input_audio_transcription
    return Setup(
        manual_turns=bool(detection.disabled),
        silence_ms=min(max(silence_ms, MIN_SILENCE_MS), MAX_SILENCE_MS),
        may_interrupt=handling != types.ActivityHandling.NO_INTERRUPTION,
        transcribes_input=transcription is not None,
        vocabulary=_vocabulary(transcription),
        transcribes_output=setup.output_audio_transcription is not None,
        tool_behavior=_tool_behavior(setup, model),
        transcribes_only=model.transcribes_only,
        is_resumable=resumption is not None,
        handle=resumption.handle if resumption else None,
    )


def _vocabulary(transcription: types.AudioTranscriptionConfig | None) -> tuple[str, ...]:
    hints = (transcription.custom_vocabulary if transcription else None) or []
    if len(hints) > MAX_HINTS or any(len(hint) > MAX_HINT_CHARS for hint in hints):
        raise Refusal(
            1007,
            f"expected at most {MAX_HINTS} terms of {MAX_HINT_CHARS} letters: custom_vocabulary",
        )
    return tuple(hints)


def _check_what_it_takes(setup: types.LiveClientSetup, model: LiveModel) -> None:
    wanted = types.Modality.TEXT if model.transcribes_only else types.Modality.AUDIO
    modalities = (setup.generation_config or types.GenerationConfig()).response_modalities or []
    if any(modality != wanted for modality in modalities):
        raise Refusal(
            1007, f"model {model.name} answers in {wanted.value} only: response_modalities"
        )
    if model.transcribes_only and (setup.tools or setup.system_instruction):
        raise Refusal(1007, f"model {model.name} takes no tools and no system instruction")


def _known_model(name: str) -> LiveModel:
    try:
        return live_model(name)
    except ModelError:
        raise Refusal(
            1008,
            f"models/{name.removeprefix('models/')[:40]} is not found for API version v1beta, or is "
            "not supported for bidiGenerateContent.",
        ) from None


def _tool_behavior(setup: types.LiveClientSetup, model: LiveModel) -> types.Behavior | None:
    for tool in setup.tools or []:
        declarations = tool.function_declarations if isinstance(tool, types.Tool) else None
        for declaration in declarations or []:
            if declaration.name == TOOL:
                return declaration.behavior or _default_behavior(model)
    return None


def _default_behavior(model: LiveModel) -> types.Behavior:
    return types.Behavior.BLOCKING if model.waits_for_tools else types.Behavior.NON_BLOCKING
