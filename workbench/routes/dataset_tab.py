"""All that the Datasets tab asks for."""

from fastapi import APIRouter

from agent.settings import Settings
from evals.notation import Katex
from workbench.datasets import Datasets
from workbench.recordings import Recordings
from workbench.render import Typeset
from workbench.routes.dataset_exchange import exchange_routes
from workbench.routes.dataset_recordings import new_recording_routes
from workbench.routes.datasets import dataset_routes


def dataset_tab_routes(
    settings: Settings, recordings: Recordings, katex: Katex, typeset: Typeset
) -> APIRouter:
    """Look through datasets and change one's own, bring others in, record new utterances."""
    home = settings.workbench_home
    datasets = Datasets(recordings, home / "datasets")
    routes = APIRouter()
    routes.include_router(exchange_routes(datasets, home, settings.hf_token))
    routes.include_router(dataset_routes(datasets, katex, typeset))
    routes.include_router(new_recording_routes(datasets, katex))
    return routes
