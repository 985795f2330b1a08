"""The page: Gradio's frame, theme and tabs around our own browser client."""

import os
from collections.abc import Callable
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read while gradio is imported

import gradio as gr
from fastapi import FastAPI

from agent.settings import Settings
from workbench.runs.evaluate_tab import EvaluateTab
from workbench.runs.evaluations import Evaluations
from workbench.shared.recordings import Recordings
from workbench.tabs.compare import compare_tab
from workbench.tabs.datasets import datasets_tab
from workbench.tabs.demo import demo_tabs
from workbench.tabs.live import live_tab
from workbench.tabs.prompts import prompts_tab
from workbench.tabs.room import room_tab
from workbench.theme import theme

TITLE = "Spoken Maths Workbench"
TABS = ("live", "room", "prompts", "evaluate", "compare", "datasets")
HEAD = """
<link rel="stylesheet" href="/workbench/workbench.css">
<link rel="stylesheet" href="/workbench/public/demo.css">
<link rel="stylesheet" href="/workbench/datasets/tab.css">
<link rel="stylesheet" href="/workbench/prompts/tab.css">
<link rel="stylesheet" href="/workbench/runs/runs.css">
<script type="module" src="/workbench/workbench.js"></script>
"""


def mount(
    app: FastAPI,
    settings: Settings,
    evaluations: Evaluations,
    recordings: Recordings,
    offer: Callable[[], None],
) -> FastAPI:
    """`app` with the page at its root; to be called after every other route is there.

    `offer` adds endpoints for programs to the page under construction; visitors have none.
    """
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        build_page(settings, evaluations, recordings, offer),
        "/",
        theme=theme(),
        head=HEAD,
        footer_links=[],
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        max_file_size="1mb",
        mcp_server=not settings.workbench_public,
    )
    return mounted


def build_page(
    settings: Settings, evaluations: Evaluations, recordings: Recordings, offer: Callable[[], None]
) -> gr.Blocks:
    """All tabs, and what `offer` adds; for visitors of the demo less."""
    page: gr.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False) as page:
        page.space_id = None  # on a Space Gradio's page would ask Google for fonts
        gr.HTML(
            f"<header class='wb-title'><h1>{TITLE}</h1>"
            "<p>Say mathematics, see it written, and measure how well it was heard.</p></header>"
        )
        if settings.workbench_public:
            demo_tabs()
            return page
        with gr.Tabs() as tabs:
            with gr.Tab("Live", id="live"):
                live_tab()
            with gr.Tab("Room", id="room"):
                room_tab()
            with gr.Tab("Prompts", id="prompts"):
                prompts_tab()
            with gr.Tab("Evaluate", id="evaluate"):
                evaluate = EvaluateTab(settings, evaluations, recordings)
            with gr.Tab("Compare", id="compare"):
                compare_tab()
            with gr.Tab("Datasets", id="datasets"):
                datasets_tab()
        evaluate.refresh_with(page)
        offer()
        page.load(_asked_tab, None, tabs, api_visibility="private", show_progress="hidden")
    return page


def _asked_tab(request: gr.Request) -> Any:  # noqa: ANN401 (Gradio's updates have no type)
    """The tab that a link asks for: `/?tab=compare`; nothing for one that is not there."""
    asked = request.query_params.get("tab")
    return gr.Tabs(selected=asked) if asked in TABS else gr.skip()
