"""The page: Gradio's frame, theme and tabs around our own browser client."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read while gradio is imported

import gradio as gr
from fastapi import FastAPI
from starlette.routing import Mount

from workbench.programs.endpoints import offer_endpoints
from workbench.shared.security import GradioWall
from workbench.tabs import TABS, Tab, Workbench
from workbench.theme import theme

STATIC = Path(__file__).parent / "static"
TITLE = "Spoken Maths Workbench"
MAX_QUEUED = 100  # calls that wait with their arguments
VISITORS_NOTE = "public/demo.html"  # the engine that answers, and whose key it uses
STYLESHEETS = ("workbench.css", "public/demo.css", *(tab.stylesheet for tab in TABS))
HEAD = "\n".join(
    (
        *(f'<link rel="stylesheet" href="/workbench/{each}">' for each in STYLESHEETS if each),
        '<script type="module" src="/workbench/workbench.js"></script>',
    )
)


def gradio_folder() -> TemporaryDirectory[str]:
    """Where Gradio writes, if anywhere, once a page is built: private, and gone at the end."""
    folder = TemporaryDirectory(prefix=f"workbench-{os.getpid()}-")
    os.environ["GRADIO_TEMP_DIR"] = folder.name  # Gradio's only way
    return folder


def mount(app: FastAPI, workbench: Workbench) -> FastAPI:
    """`app` with the page at its root; to be called after every other route is there.

    Gradio's own mount gives way to one behind the wall.
    """
    gr.mount_gradio_app(
        app,
        build_page(workbench),
        "/",
        theme=theme(),
        head=HEAD,
        footer_links=[],
        ssr_mode=False,
        show_error=False,
        enable_monitoring=False,
        max_file_size="1mb",
        mcp_server=not workbench.shared.settings.workbench_public,
    )
    mounted = cast(Mount, app.router.routes.pop())
    app.mount("/", GradioWall(mounted.app))
    return app


def build_page(workbench: Workbench) -> gr.Blocks:
    """All tabs and the endpoints for programs; visitors of the demo have less and no endpoints."""
    page: gr.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False) as page:
        page.space_id = None  # on a Space Gradio's page would ask Google for fonts
        gr.HTML(
            f"<header class='wb-title'><h1>{TITLE}</h1>"
            "<p>Say mathematics, see it written, and measure how well it was heard.</p></header>"
        )
        if workbench.shared.settings.workbench_public:
            _visitors_tabs()
        else:
            _all_tabs(workbench, page)
            offer_endpoints(workbench.shared, workbench.evaluations)
    page.queue(max_size=MAX_QUEUED)
    return page


def _visitors_tabs() -> None:
    """Nothing here is one of Gradio's own: its queue and uploads stay shut."""
    _markup(VISITORS_NOTE)
    with gr.Tabs():
        for tab in TABS:
            if tab.visitors_markup is not None:
                with gr.Tab(tab.title, id=tab.id):
                    _markup(tab.visitors_markup)


def _all_tabs(workbench: Workbench, page: gr.Blocks) -> None:
    with gr.Tabs() as tabs:
        for tab in TABS:
            with gr.Tab(tab.title, id=tab.id):
                _fill(tab, workbench, page)
    page.load(_asked_tab, None, tabs, api_visibility="private", show_progress="hidden")


def _fill(tab: Tab, workbench: Workbench, page: gr.Blocks) -> None:
    if tab.markup is not None:
        _markup(tab.markup)
    if tab.build is not None:
        tab.build(workbench, page)


def _markup(name: str) -> None:
    gr.HTML((STATIC / name).read_text(encoding="utf-8"), apply_default_css=False, padding=False)


def _asked_tab(request: gr.Request) -> Any:  # noqa: ANN401 (Gradio's updates have no type)
    """The tab that a link asks for: `/?tab=compare`; nothing for one that is not there."""
    asked = request.query_params.get("tab")
    return gr.Tabs(selected=asked) if asked in {tab.id for tab in TABS} else gr.skip()
