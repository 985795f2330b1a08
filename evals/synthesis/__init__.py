"""Recordings made here: spoken from phrases or formulas, or made worse in a known way."""
