"""The Live tab's slider: how long a pause ends the visitor's turn, within a prompt's own bounds."""

import asyncio
from collections.abc import Callable

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


class Paced:
    """Acts at once, and then every `every_sec` at most, each time with the newest value."""

    def __init__(self, act: Callable[[int], None], every_sec: float) -> None:
        self._act = act
        self._every_sec = every_sec
        self._newest: int | None = None
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self, value: int) -> None:
        self._newest = value
        if self._timer is None:
            self._go_on()

    def stop(self) -> None:
        """Act no more."""
        if self._timer is not None:
            self._timer.cancel()

    def _go_on(self) -> None:
        value, self._newest, self._timer = self._newest, None, None
        if value is not None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(self._every_sec, self._go_on)
            self._act(value)
