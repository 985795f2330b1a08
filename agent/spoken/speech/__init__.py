"""Spontaneous speech: pauses, hesitations, corrections, and what people say around a formula."""
