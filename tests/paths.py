"""Where the project and its shipped dataset lie."""

from pathlib import Path

PROJECT = Path(__file__).parents[1]
DATASET = PROJECT / "datasets" / "spoken-math-mini"
