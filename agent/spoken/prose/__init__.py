"""Formulas inside sentences: where each begins and ends."""
