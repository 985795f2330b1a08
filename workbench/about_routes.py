"""What the page offers: engine, prompts, models, sample recordings."""

from urllib.parse import quote

from fastapi import APIRouter
from typing_extensions import TypedDict

from agent.models import TUTORS
from workbench.live.lessons import Lessons
from workbench.live.patience import PatienceView, patience_view
from workbench.shared.choices import Choice, choice, prompt_choice
from workbench.shared.engine import EngineStage
from workbench.shared.parts import Shared
from workbench.shared.prompts import offered_prompts
from workbench.shared.recordings import Recordings
from workbench.shared.wording import without_paths


class EngineView(TypedDict):
    """What answers lessons, and whether it is ready."""

    name: str
    state: EngineStage
    message: str


class LessonsView(TypedDict):
    """How many lessons are under way, and how many may be."""

    running: int
    at_most: int


class Defaults(TypedDict):
    """What a lesson begins with; `note` is a hint about the engine, or empty."""

    prompt: str
    model: str
    note: str


class AboutView(TypedDict):
    """All that the page offers; `livekit` is the address of a LiveKit server, if one is set."""

    engine: EngineView
    lessons: LessonsView
    prompts: list[Choice]
    models: list[Choice]
    patience: PatienceView
    samples: list[Choice]
    keeps_turns: bool
    livekit: str | None
    defaults: Defaults


def about_routes(shared: Shared, lessons: Lessons) -> APIRouter:
    """One answer that the page asks for when it opens."""
    routes = APIRouter()
    settings, engine = shared.settings, shared.engine
    wording = without_paths if settings.workbench_public else str

    @routes.get("/api/workbench")
    def about() -> AboutView:
        prompts = offered_prompts(settings)
        return {
            "engine": {
                "name": engine.name(settings.agent_model),
                "state": engine.state.state,
                "message": wording(engine.state.message),
            },
            "lessons": {"running": lessons.n_running, "at_most": lessons.at_most},
            "prompts": [prompt_choice(prompt) for prompt in prompts.values()],
            "models": [choice(name, name) for name in TUTORS],
            "patience": patience_view(),
            "samples": samples(shared.recordings),
            "keeps_turns": not settings.workbench_public,
            "livekit": None if settings.workbench_public else settings.livekit_url,
            "defaults": {
                "prompt": next(iter(prompts)),
                "model": settings.agent_model,
                "note": engine.note,
            },
        }

    return routes


def samples(recordings: Recordings) -> list[Choice]:
    """One recording of each shipped phrase, by its words."""
    return [
        choice(
            f"/recordings/{quote(s.dataset)}/{quote(s.file_name)}",
            s.transcript,
        )
        for s in recordings.samples()
    ]
