"""What shapes an answer: model, prompt, voice, turn detection, the one tool."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from agent.models import DEFAULT_MODEL, TUTORS, VOICES
    from agent.tutor.endpoint import LiveEndpoint, gemini_endpoint, open_endpoint
    from agent.tutor.tutor import DEFAULT_VOICE, TurnDetection, Tutor

__all__ = [
    "DEFAULT_MODEL",
    "DEFAULT_VOICE",
    "TUTORS",
    "VOICES",
    "LiveEndpoint",
    "TurnDetection",
    "Tutor",
    "gemini_endpoint",
    "open_endpoint",
]

__getattr__ = handed_on(
    __name__,
    {
        "DEFAULT_MODEL": "agent.models",
        "DEFAULT_VOICE": "agent.tutor.tutor",
        "LiveEndpoint": "agent.tutor.endpoint",
        "TUTORS": "agent.models",
        "TurnDetection": "agent.tutor.tutor",
        "Tutor": "agent.tutor.tutor",
        "VOICES": "agent.models",
        "gemini_endpoint": "agent.tutor.endpoint",
        "open_endpoint": "agent.tutor.endpoint",
    },
)
