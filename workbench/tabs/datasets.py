"""The Datasets tab: markup for the browser client, which does the rest."""

from pathlib import Path

import gradio as gr

MARKUP = Path(__file__).parents[1] / "static" / "datasets" / "tab.html"


def datasets_tab() -> None:
    """Datasets, their utterances, and one to change; `static/datasets/tab.js` finds them by id."""
    gr.HTML(MARKUP.read_text(encoding="utf-8"), apply_default_css=False, padding=False)
