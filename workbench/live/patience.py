"""The Live tab's slider: how long a pause ends the visitor's turn, within a prompt's own bounds."""

from typing_extensions import TypedDict

from workbench.shared.setting_fields import setting_field

PATIENCE_MS = 800  # until the visitor or a prompt says otherwise


class PatienceView(TypedDict):
    """The slider's bounds, step and beginning, in ms."""

    minimum: float | None
    maximum: float | None
    step: float | None
    value: int


def patience_view() -> PatienceView:
    """Bounds and step in ms as prompts have them: what a prompt may ask for can be tried."""
    field = setting_field("silence_ms")
    return {
        "minimum": field.minimum,
        "maximum": field.maximum,
        "step": field.step,
        "value": PATIENCE_MS,
    }
