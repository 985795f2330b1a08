"""Scores of one utterance: words heard, notation understood, answer given."""
