"""Spoken mathematics to LaTeX: readings of a phrase, formulas inside prose, edits."""

from agent.spoken.context import Context
from agent.spoken.edits import edit
from agent.spoken.language import require_english
from agent.spoken.prose.annotate import Span, annotate
from agent.spoken.reading import Reading, readings
from agent.spoken.speech.pauses import TimedWord, with_pauses

__all__ = [
    "Context",
    "Reading",
    "Span",
    "TimedWord",
    "annotate",
    "edit",
    "readings",
    "require_english",
    "with_pauses",
]
