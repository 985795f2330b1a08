"""Spoken mathematics to LaTeX: readings of a phrase, formulas inside prose."""

from agent.spoken.reading import Reading, Span, annotate, readings

__all__ = ["Reading", "Span", "annotate", "readings"]
