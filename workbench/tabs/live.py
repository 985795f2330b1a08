"""The Live tab: markup for the browser client, which does the rest."""

from pathlib import Path

import gradio as gr

MARKUP = Path(__file__).parents[1] / "static" / "live" / "tab.html"


def live_tab() -> None:
    """Controls and conversation; `static/live/tab.js` finds them by their ids."""
    gr.HTML(MARKUP.read_text(encoding="utf-8"), apply_default_css=False, padding=False)
