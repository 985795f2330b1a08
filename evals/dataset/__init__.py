"""Datasets of recorded utterances: read, find, check, change, import and export."""
