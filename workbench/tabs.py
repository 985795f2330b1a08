"""The tabs, an entry each: the page, the server, the demo and the tests read this table."""

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from workbench.datasets.routes import dataset_part
from workbench.live.lessons import Opening
from workbench.live.routes import live_part
from workbench.prompts.routes import prompt_part
from workbench.rooms.part import room_part
from workbench.runs.evaluate_tab import EvaluateTab
from workbench.runs.evaluations import Evaluations
from workbench.runs.routes import run_part
from workbench.shared.parts import Part, Shared


@dataclass(frozen=True, slots=True)
class Workbench:
    """One server's: what all parts share, its runs, and who may begin a lesson."""

    shared: Shared
    evaluations: Evaluations
    opening: Opening


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """`id` is what `/?tab=` in a link asks for.

    Its content is `markup`, a file below `static/` that the browser client brings to life, or
    what `build` makes of Gradio's components. `part` is its share of the server.
    `visitors_markup` is what visitors of the public demo have of it; None for nothing.
    """

    id: str
    title: str
    markup: str | None = None
    build: Callable[[Workbench, gr.Blocks], object] | None = None
    part: Callable[[Workbench], Part] | None = None
    stylesheet: str | None = None
    visitors_markup: str | None = None


def _evaluate(workbench: Workbench, page: gr.Blocks) -> None:
    shared = workbench.shared
    tab = EvaluateTab(shared.settings, workbench.evaluations, shared.recordings)
    tab.refresh_with(page)


TABS = (
    Tab(
        id="live",
        title="Live",
        markup="live/tab.html",
        part=lambda workbench: live_part(workbench.shared, workbench.opening),
        visitors_markup="live/tab.html",
    ),
    Tab(
        id="room",
        title="Room",
        markup="rooms/tab.html",
        part=lambda workbench: room_part(workbench.shared),
    ),
    Tab(
        id="prompts",
        title="Prompts",
        markup="prompts/tab.html",
        part=lambda workbench: prompt_part(workbench.shared, workbench.evaluations),
        stylesheet="prompts/tab.css",
    ),
    Tab(
        id="evaluate",
        title="Evaluate",
        build=_evaluate,
        part=lambda workbench: run_part(workbench.shared, workbench.evaluations),
        stylesheet="runs/runs.css",
        visitors_markup="public/run.html",
    ),
    Tab(id="compare", title="Compare", markup="runs/compare.html"),  # routes: as Evaluate's
    Tab(
        id="datasets",
        title="Datasets",
        markup="datasets/tab.html",
        part=lambda workbench: dataset_part(workbench.shared),
        stylesheet="datasets/tab.css",
    ),
)
