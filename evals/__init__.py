"""Measure what the tutor heard and what it understood."""
