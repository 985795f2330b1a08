"""All that the Prompts tab asks for."""

from fastapi import APIRouter

from agent.settings import Settings
from evals.notation import Katex
from workbench.engine import Engine
from workbench.evaluations import Evaluations
from workbench.recordings import Recordings
from workbench.render import Typeset
from workbench.routes.prompts import prompt_routes
from workbench.routes.trials import trial_routes
from workbench.trials import Trials
from workbench.try_out import TryOut


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
