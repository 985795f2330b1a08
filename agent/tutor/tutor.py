"""The tutor: everything that shapes an answer, for both clients of the Live service."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from google.genai import types

from agent.errors import ModelError
from agent.models import TUTORS, live_model
from agent.prompts.prompt import Prompt
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.write_math import WRITE_MATH

if TYPE_CHECKING:
    from agent.tutor.realtime import TurnListener, TutorRealtimeModel

DEFAULT_VOICE = "Puck"
TOLD_BY_OTHERS = frozenset({"problem", "tool_description"})  # by instructions and tool


@dataclass(frozen=True, slots=True)
class TurnDetection:
    """When the service decides that the student has finished a turn.

    `silence_ms` is how long a pause ends the turn; None leaves it to the service.
    """

    silence_ms: int | None = None

    def automatic(self) -> types.RealtimeInputConfig:
        return types.RealtimeInputConfig(
            automatic_activity_detection=types.AutomaticActivityDetection(
                silence_duration_ms=self.silence_ms
            )
        )

    @staticmethod
    def manual() -> types.RealtimeInputConfig:
        return types.RealtimeInputConfig(
            automatic_activity_detection=types.AutomaticActivityDetection(disabled=True)
        )


@dataclass(frozen=True, slots=True)
class Tutor:
    """Everything that shapes an answer; two tutors with the same fingerprint are equal.

    `problem` is the subject of the lesson, with formulas between dollars or in words.
    `tool_description` tells the model when to call `write_math`; None keeps the default.
    """

    prompt: Prompt
    model: str
    voice: str = DEFAULT_VOICE
    temperature: float | None = None
    language: str = "en-US"
    vocabulary: tuple[str, ...] = ()
    turn_detection: TurnDetection = field(default_factory=TurnDetection)
    problem: str = ""
    tool_description: str | None = None

    @classmethod
    def of(cls, prompt: Prompt, model: str, problem: str = "") -> "Tutor":
        """The tutor with the prompt's own settings; `model` is the caller's choice."""
        own = prompt.settings
        return cls(
            prompt,
            model,
            voice=own.voice or DEFAULT_VOICE,
            temperature=own.temperature,
            vocabulary=own.vocabulary,
            turn_detection=TurnDetection(own.silence_ms),
            problem=problem,
            tool_description=own.tool_description,
        )

    def __post_init__(self) -> None:
        live_model(self.model)

    @property
    def transcribes_only(self) -> bool:
        """Whether the model only transcribes."""
        return live_model(self.model).transcribes_only

    @property
    def fingerprint(self) -> str:
        """First 12 hexadecimal digits of SHA-256 over all that shapes an answer."""
        shape = {
            **{name: part for name, part in asdict(self).items() if name not in TOLD_BY_OTHERS},
            "prompt": self.instructions,
            "tool": self.tool.model_dump(mode="json", exclude_none=True),
        }
        return hashlib.sha256(json.dumps(shape, sort_keys=True).encode()).hexdigest()[:12]

    @property
    def tool(self) -> types.FunctionDeclaration:
        """The declaration of `write_math` that the model receives."""
        if self.tool_description is None:
            return WRITE_MATH
        return WRITE_MATH.model_copy(update={"description": self.tool_description})

    @property
    def instructions(self) -> str:
        """The prompt, followed by the problem if there is one."""
        if not self.problem:
            return self.prompt.instructions
        return f"{self.prompt.instructions}\n\n# The problem of this lesson\n\n{self.problem}"

    def require_answers(self) -> None:
        """Raise ModelError for a model that only transcribes: it can't teach."""
        if self.transcribes_only:
            raise ModelError(
                f"model {self.model!r} writes down what it hears and never answers; "
                f"for a lesson choose one of: {', '.join(TUTORS)}"
            )

    def transcription(self) -> types.AudioTranscriptionConfig:
        """The transcription of the student's words; with vocabulary if the model accepts it."""
        if self.vocabulary and live_model(self.model).takes_vocabulary:
            return types.AudioTranscriptionConfig(custom_vocabulary=list(self.vocabulary))
        return types.AudioTranscriptionConfig()

    def live_config(self, *, manual_turns: bool) -> types.LiveConnectConfig:
        """The setup of a google-genai Live session.

        With `manual_turns` the client marks where a turn begins and ends; otherwise the
        service detects it. A model that only transcribes gets neither prompt nor tool.
        """
        detection = self.turn_detection
        realtime = detection.manual() if manual_turns else detection.automatic()
        if self.transcribes_only:
            return types.LiveConnectConfig(
                response_modalities=[types.Modality.TEXT],
                input_audio_transcription=self.transcription(),
                realtime_input_config=realtime,
            )
        return types.LiveConnectConfig(
            response_modalities=[types.Modality.AUDIO],
            system_instruction=self.instructions,
            temperature=self.temperature,
            speech_config=types.SpeechConfig(
                voice_config=types.VoiceConfig(
                    prebuilt_voice_config=types.PrebuiltVoiceConfig(voice_name=self.voice)
                ),
                language_code=self.language,
            ),
            tools=[types.Tool(function_declarations=[self.tool])],
            input_audio_transcription=self.transcription(),
            output_audio_transcription=types.AudioTranscriptionConfig(),
            realtime_input_config=realtime,
        )

    def realtime_model(
        self, endpoint: LiveEndpoint, listener: "TurnListener"
    ) -> "TutorRealtimeModel":
        """LiveKit's model for the same tutor; the service detects the turns.

        Tool answers are scheduled SILENT: the plugin's default would make the tutor speak
        twice in a turn that writes a formula. ModelError for a model that never answers.
        """
        self.require_answers()
        from livekit.agents import NOT_GIVEN  # noqa: PLC0415 (heavy)

        from agent.tutor.realtime import TutorRealtimeModel  # noqa: PLC0415

        model = TutorRealtimeModel(
            model=self.model,
            api_key=endpoint.api_key,
            vertexai=False,
            http_options=endpoint.http_options(),
            instructions=self.instructions,
            voice=self.voice,
            language=self.language,
            temperature=NOT_GIVEN if self.temperature is None else self.temperature,
            input_audio_transcription=self.transcription(),
            output_audio_transcription=types.AudioTranscriptionConfig(),
            realtime_input_config=self.turn_detection.automatic(),
            tool_behavior=types.Behavior.NON_BLOCKING,
            tool_response_scheduling=types.FunctionResponseScheduling.SILENT,
        )
        model.listener = listener
        model.tool = self.tool
        return model
