"""The Live endpoint of this server: starting, ready, or failed with a sentence why."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Literal

from agent.errors import EnvironmentNotReady, SpokenMathsError
from agent.settings import Settings
from agent.tutor.endpoint import EmbeddedEngine, LiveEndpoint, chosen_engine, open_endpoint
from evals.report.wording import EMBEDDED_NOTE

EngineStage = Literal["starting", "ready", "failed"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class EngineState:
    """What the page says about the engine."""

    state: EngineStage
    message: str


class Engine:
    """Opens the endpoint that the settings choose and keeps it open while `run` runs."""

    def __init__(self, settings: Settings, embedded: EmbeddedEngine) -> None:
        self._settings = settings
        self._embedded = embedded
        self._endpoint: LiveEndpoint | None = None
        self.kind = chosen_engine(settings)
        self.state = EngineState("starting", f"starting {self.called}")

    @property
    def is_embedded(self) -> bool:
        return self.kind == "embedded"

    @property
    def called(self) -> str:
        """How sentences speak of it."""
        return "the embedded engine" if self.is_embedded else "Gemini Live"

    def name(self, model: str) -> str:
        """What answers a lesson with `model`: the model, or the embedded engine."""
        return "embedded engine" if self.is_embedded else model

    @property
    def note(self) -> str:
        """What a visitor must know about what is heard; empty with Gemini."""
        return f"The embedded engine answers: {EMBEDDED_NOTE}." if self.is_embedded else ""

    @property
    def endpoint(self) -> LiveEndpoint:
        """The open endpoint; EnvironmentNotReady while there is none."""
        if self._endpoint is None:
            raise EnvironmentNotReady(f"{self.state.message[:1].upper()}{self.state.message[1:]}.")
        return self._endpoint

    async def run(self) -> None:
        """Hold the endpoint open until cancelled."""
        try:
            async with open_endpoint(self._settings, self._embedded) as self._endpoint:
                self.state = EngineState("ready", f"{self.called} is ready")
                await asyncio.Event().wait()
        except SpokenMathsError as error:
            self.state = EngineState("failed", str(error).rstrip("."))
        except Exception:
            log.exception("the engine did not start")
            self.state = EngineState(
                "failed", f"{self.called} could not be started; the terminal says why"
            )
        finally:
            self._endpoint = None
