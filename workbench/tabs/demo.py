"""The public demo's page: Live and a small Evaluate, with nothing that Gradio listens to."""

from pathlib import Path

import gradio as gr

from workbench.tabs.live import live_tab

STATIC = Path(__file__).parents[1] / "static"


def demo_tabs() -> None:
    """What answers and whose key it uses, then the two tabs; `static/public/demo.js` does the rest."""
    _markup("public/demo.html")
    with gr.Tabs():
        with gr.Tab("Live", id="live"):
            live_tab()
        with gr.Tab("Evaluate", id="evaluate"):
            _markup("public/run.html")


def _markup(name: str) -> None:
    gr.HTML((STATIC / name).read_text(encoding="utf-8"), apply_default_css=False, padding=False)
