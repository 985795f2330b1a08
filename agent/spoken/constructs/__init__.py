"""Readers of mathematical constructs, one idea a file; each has its words beside it."""
