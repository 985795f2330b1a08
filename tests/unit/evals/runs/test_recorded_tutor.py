"""A run folder gives back the tutor that it was made with."""

from dataclasses import asdict

from agent.prompts.prompt import Prompt
from agent.prompts.settings import PromptSettings
from agent.tutor.tutor import Tutor
from evals.runs.folder import RecordedTutor

SETTINGS = PromptSettings(
    voice="Kore",
    temperature=0.5,
    silence_ms=700,
    vocabulary=("curl of F", "theta"),
    tool_description="Call it for every formula.",
)


def test_a_tutor_with_all_settings_survives_its_run_folder() -> None:
    """A run that is resumed goes on with the same tutor, or not at all."""
    prompt = Prompt("mine", "3", "", "Ask one question.", settings=SETTINGS)
    tutor = Tutor.of(prompt, "gemini-3.8-live")
    written = RecordedTutor.model_validate(asdict(tutor)).model_dump_json()
    assert RecordedTutor.model_validate_json(written).tutor().fingerprint == tutor.fingerprint
