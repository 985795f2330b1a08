"""Spoken mathematics to LaTeX: readings of a phrase, formulas inside prose, edits."""

from agent.spoken.context import Context
from agent.spoken.edits import edit
from agent.spoken.prose import Span, annotate
from agent.spoken.reading import Reading, readings

__all__ = ["Context", "Reading", "Span", "annotate", "edit", "readings"]
