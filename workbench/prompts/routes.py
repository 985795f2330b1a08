"""Prompts: listed, opened, compared as text, kept; and the scores of runs made with them."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from agent.prompts.store import MAX_NOTE_CHARS, keep_draft, keep_version
from agent.settings import Settings
from agent.tutor.models import MODELS, TUTORS, VOICES
from agent.tutor.tutor import DEFAULT_VOICE
from agent.tutor.write_math import WRITE_MATH
from evals.notation import Katex
from workbench.about_routes import Choice, prompt_choice
from workbench.prompts.difference import DifferenceLine, difference
from workbench.prompts.edited import EditedPrompt
from workbench.prompts.trial_routes import trial_routes
from workbench.prompts.trials import Trials
from workbench.prompts.try_out import TryOut
from workbench.prompts.views import (
    KeptPrompt,
    PromptRates,
    PromptsView,
    PromptText,
    prompt_views,
    rates_view,
    text_view,
)
from workbench.runs.evaluations import Evaluations
from workbench.shared.engine import Engine
from workbench.shared.prompts import chosen_prompt, known_prompts, prompt_problems
from workbench.shared.recordings import Recordings
from workbench.shared.views import Typeset

Reference = Annotated[str, Field(max_length=200)]


class Compared(BaseModel):
    model_config = ConfigDict(extra="forbid")

    against: Reference
    edited: EditedPrompt


class ToKeep(BaseModel):
    model_config = ConfigDict(extra="forbid")

    edited: EditedPrompt
    note: Annotated[str, Field(max_length=MAX_NOTE_CHARS)] = ""


def prompt_routes(
    settings: Settings, engine: Engine, evaluations: Evaluations, recordings: Recordings
) -> APIRouter:
    """Of a prompt only the list and the kept versions are on the server; editing is the page's."""
    routes = APIRouter(prefix="/api/prompts")
    home = settings.workbench_home

    @routes.get("")
    def prompts() -> PromptsView:
        runs = evaluations.runs.listed()
        return {
            "prompts": prompt_views(list(known_prompts(settings).values()), runs),
            "problems": prompt_problems(settings),
            "note": engine.note,
            "models": list(MODELS),
            "tutors": list(TUTORS),
            "vocabulary_models": [name for name, m in MODELS.items() if m.takes_vocabulary],
            "voices": list(VOICES),
            "datasets": list(recordings.datasets()),
            "defaults": {
                "model": settings.agent_model,
                "voice": DEFAULT_VOICE,
                "tool_description": WRITE_MATH.description,
            },
        }

    @routes.get("/versions/{reference:path}")
    def version(reference: str) -> PromptText:
        return text_view(chosen_prompt(settings, reference))

    @routes.get("/scores/{run_id}")
    def scores(run_id: str) -> PromptRates:
        return rates_view(evaluations.runs.open(run_id).summary)

    @routes.post("/difference")
    def differ(body: Compared) -> list[DifferenceLine]:
        before = chosen_prompt(settings, body.against)
        return difference(before, body.edited.prompt())

    @routes.post("/versions")
    def keep(body: ToKeep) -> KeptPrompt:
        kept = keep_version(home, body.edited.prompt(body.note), datetime.now(UTC))
        return {"reference": kept.prompt.reference, "siblings": list(kept.siblings)}

    @routes.post("/drafts")
    def draft(body: EditedPrompt) -> Choice:
        return prompt_choice(keep_draft(home, body.prompt()))

    return routes


def prompt_tab_routes(  # noqa: PLR0913, PLR0917 (what the tab touches)
    settings: Settings,
    engine: Engine,
    evaluations: Evaluations,
    recordings: Recordings,
    katex: Katex,
    typeset: Typeset,
) -> APIRouter:
    """Prompts and their versions, and trying them."""
    routes = APIRouter()
    routes.include_router(prompt_routes(settings, engine, evaluations, recordings))
    trials = Trials(settings, evaluations, recordings)
    try_out = TryOut(katex, typeset)
    routes.include_router(trial_routes(settings, engine, evaluations, recordings, trials, try_out))
    return routes
