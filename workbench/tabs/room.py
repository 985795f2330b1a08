"""The Room tab: markup for the browser client, which does the rest."""

from pathlib import Path

import gradio as gr

MARKUP = Path(__file__).parents[1] / "static" / "rooms" / "tab.html"


def room_tab() -> None:
    """A LiveKit server's rooms, and one of them; `static/rooms/tab.js` finds them by their ids."""
    gr.HTML(MARKUP.read_text(encoding="utf-8"), apply_default_css=False, padding=False)
