"""The Live tab's slider: how long a pause ends the visitor's turn, within a prompt's own bounds."""

from workbench.shared.setting_fields import setting_field
from workbench.shared.views import View

PATIENCE_MS = 800  # until the visitor or a prompt says otherwise


def patience_view() -> View:
    """Bounds and step in ms as prompts have them: what a prompt may ask for can be tried."""
    field = setting_field("silence_ms")
    return {
        "minimum": field.minimum,
        "maximum": field.maximum,
        "step": field.step,
        "value": PATIENCE_MS,
    }
