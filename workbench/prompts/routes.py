"""Prompts: listed, opened, compared as text, kept; and the scores of runs made with them."""

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from agent.models import MODELS, TUTORS, VOICES
from agent.prompts.store import MAX_NOTE_CHARS, keep_draft, keep_version
from agent.strict import Strict
from agent.tutor.tutor import DEFAULT_VOICE
from agent.tutor.write_math import WRITE_MATH
from workbench.prompts.difference import DifferenceLine, difference
from workbench.prompts.edited import EditedPrompt
from workbench.prompts.trial_routes import trial_routes
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
from workbench.shared.choices import Choice, prompt_choice
from workbench.shared.names import Name
from workbench.shared.parts import Part, Shared
from workbench.shared.prompts import chosen_prompt, known_prompts, prompt_problems
from workbench.shared.setting_fields import setting_fields


class Compared(Strict):
    against: Name
    edited: EditedPrompt


class ToKeep(Strict):
    edited: EditedPrompt
    note: Annotated[str, Field(max_length=MAX_NOTE_CHARS)] = ""


def prompt_part(shared: Shared, evaluations: Evaluations) -> Part:
    """Prompts and their versions, and trying them."""
    return Part((prompt_routes(shared, evaluations), trial_routes(shared, evaluations)))


def prompt_routes(shared: Shared, evaluations: Evaluations) -> APIRouter:
    """Of a prompt only the list and the kept versions are on the server; editing is the page's."""
    routes = APIRouter(prefix="/api/prompts")
    settings, home = shared.settings, shared.home
    fields = setting_fields(
        choices={"model": list(MODELS), "voice": VOICES},
        unset={
            "model": f"not set ({settings.agent_model})",
            "voice": f"not set ({DEFAULT_VOICE})",
            "tool_description": WRITE_MATH.description or "",
        },
    )

    @routes.get("")
    def prompts() -> PromptsView:
        runs = evaluations.runs.listed()
        return {
            "prompts": prompt_views(list(known_prompts(settings).values()), runs),
            "problems": prompt_problems(settings),
            "note": shared.engine.note,
            "models": list(MODELS),
            "tutors": list(TUTORS),
            "vocabulary_models": [name for name, m in MODELS.items() if m.takes_vocabulary],
            "datasets": list(shared.recordings.datasets()),
            "settings": fields,
            "default_model": settings.agent_model,
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
