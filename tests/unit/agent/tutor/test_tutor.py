"""Whatever shapes an answer is in the fingerprint and reaches the service."""

from dataclasses import replace
from typing import Any

import pytest
from google.genai import types

from agent.errors import ModelError
from agent.prompts.prompt import Prompt
from agent.tutor.tutor import TurnDetection, Tutor
from agent.tutor.write_math import WRITE_MATH

PROMPT = Prompt("hint", "1", "gives hints", "Ask one question.")
TUTOR = Tutor(PROMPT, "gemini-3.8-live")


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": replace(PROMPT, instructions="Ask two questions.")},
        {"model": "gemini-3.8-live-extended-thinking"},
        {"voice": "Kore"},
        {"temperature": 0.0},
        {"language": "de-DE"},
        {"vocabulary": ("integral",)},
        {"turn_detection": TurnDetection(500)},
        {"tool_description": "Call it for every formula."},
    ],
)
def test_what_shapes_an_answer_changes_the_fingerprint(change: dict[str, Any]) -> None:
    """Two runs with one fingerprint must be comparable."""
    assert replace(TUTOR, **change).fingerprint != TUTOR.fingerprint


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"prompt": replace(PROMPT, description="other")},
        {"prompt": replace(PROMPT, name="renamed", version="2")},
        {"voice": "Puck"},
        {"turn_detection": TurnDetection(None)},
    ],
)
def test_what_does_not_shape_it_leaves_the_fingerprint(change: dict[str, Any]) -> None:
    """A better description is no reason to pay for a run again."""
    assert replace(TUTOR, **change).fingerprint == TUTOR.fingerprint


@pytest.mark.parametrize("model", ["", "gpt-4", "gemini-2.0-flash-exp"])
def test_a_tutor_needs_a_model_that_exists(model: str) -> None:
    """It is told before a run begins, not after its first failure."""
    with pytest.raises(ModelError):
        Tutor(PROMPT, model)


@pytest.mark.parametrize(("manual", "disabled"), [(True, True), (False, None)])
def test_turns_are_marked_by_the_client_or_detected(manual: bool, disabled: bool | None) -> None:
    """A recording knows where it ends, a conversation does not."""
    tutor = replace(TUTOR, turn_detection=TurnDetection(700))
    realtime = tutor.live_config(manual_turns=manual).realtime_input_config
    assert isinstance(realtime, types.RealtimeInputConfig)
    detection = realtime.automatic_activity_detection
    assert detection is not None
    assert detection.disabled == disabled
    assert detection.silence_duration_ms == (None if manual else 700)


@pytest.mark.parametrize(
    ("model", "vocabulary", "sent"),
    [
        ("gemini-3.8-live", ("theta",), ["theta"]),
        ("models/gemini-3.8-live", ("theta",), ["theta"]),
        ("gemini-3.8-live", (), None),
        ("gemini-3.1-flash-live-preview", ("theta",), None),
    ],
)
def test_hints_go_only_to_models_that_take_them(
    model: str, vocabulary: tuple[str, ...], sent: list[str] | None
) -> None:
    """Another model refuses the whole setup."""
    config = Tutor(PROMPT, model, vocabulary=vocabulary).live_config(manual_turns=True)
    assert config.input_audio_transcription is not None
    assert config.input_audio_transcription.custom_vocabulary == sent


def test_the_setup_carries_the_tutor() -> None:
    """Sound out with both transcriptions: native-audio models refuse text."""
    config = replace(TUTOR, voice="Kore", temperature=0.5).live_config(manual_turns=True)
    assert config.response_modalities == [types.Modality.AUDIO]
    assert config.system_instruction == "Ask one question."
    assert config.temperature == 0.5
    assert config.output_audio_transcription is not None
    assert "Kore" in config.model_dump_json()
    assert "write_math" in config.model_dump_json()


def test_the_model_is_told_of_the_tool_in_the_prompts_own_words() -> None:
    """When it is called decides what is written; what it takes stays ours."""
    tutor = replace(TUTOR, tool_description="Call it for every formula.")
    (tool,) = tutor.live_config(manual_turns=True).tools or []
    assert isinstance(tool, types.Tool)
    (declared,) = tool.function_declarations or []
    assert declared.description == "Call it for every formula."
    assert declared.parameters == WRITE_MATH.parameters


def test_a_model_that_transcribes_only_gets_neither_prompt_nor_tool() -> None:
    """It refuses a setup with either, and one that asks for sound."""
    tutor = Tutor(PROMPT, "gemini-3.5-transcribe-live", vocabulary=("theta",))
    config = tutor.live_config(manual_turns=True).model_dump(exclude_none=True)
    assert set(config) == {
        "response_modalities",
        "input_audio_transcription",
        "realtime_input_config",
    }
    assert config["response_modalities"] == [types.Modality.TEXT]
    assert config["input_audio_transcription"]["custom_vocabulary"] == ["theta"]
