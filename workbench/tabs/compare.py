"""The Compare tab: markup for the browser client, which does the rest."""

from pathlib import Path

import gradio as gr

MARKUP = Path(__file__).parents[1] / "static" / "runs" / "compare.html"


def compare_tab() -> None:
    """Runs side by side, utterance by utterance; `static/runs/compare.js` finds it by its id."""
    gr.HTML(MARKUP.read_text(encoding="utf-8"), apply_default_css=False, padding=False)
