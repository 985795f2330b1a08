"""Spoken mathematics to LaTeX: readings of a phrase, formulas inside prose."""

from agent.spoken.prose import Span, annotate
from agent.spoken.reading import Reading, readings

__all__ = ["Reading", "Span", "annotate", "readings"]
