"""One attempt of a run, for the lower half of the Evaluate tab."""

from fastapi import APIRouter

from agent.errors import RunError
from evals.scored_runs import ScoredAttempt
from workbench.evaluations import Evaluations
from workbench.recordings import Recordings
from workbench.render import Typeset, View
from workbench.render_scores import attempt_view


def run_routes(evaluations: Evaluations, recordings: Recordings, typeset: Typeset) -> APIRouter:
    """What was said and what was understood, typeset."""
    routes = APIRouter(prefix="/api/runs")

    @routes.get("/{run_id}/attempts/{number}")
    def attempt(run_id: str, number: int) -> View:
        scored = evaluations.open(run_id)
        if not 0 <= number < len(scored.attempts):
            raise RunError("There is no such attempt in this run.")
        found = scored.attempts[number]
        return attempt_view(found, clip_address(found, recordings), typeset)

    return routes


def clip_address(found: ScoredAttempt, recordings: Recordings) -> str | None:
    """Where the page can play the recording; None for one outside the known datasets."""
    return recordings.address(found.utterance.path)
