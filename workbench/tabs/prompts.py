"""The Prompts tab: markup for the browser client, which does the rest."""

from pathlib import Path

import gradio as gr

MARKUP = Path(__file__).parents[1] / "static" / "prompts" / "tab.html"


def prompts_tab() -> None:
    """Versions, an editor, and what was measured; `static/prompts/tab.js` finds them by their ids."""
    gr.HTML(MARKUP.read_text(encoding="utf-8"), apply_default_css=False, padding=False)
