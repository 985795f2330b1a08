"""The project's own spoken phrases: `tests/spoken_suite`, in two halves."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "tests" / "spoken_suite"


@dataclass(frozen=True, slots=True)
class Phrase:
    """What was said and every LaTeX that it may mean.

    Where `is_ambiguous`, the readings in `accepted` are different formulas and each of them
    is a sensible answer; elsewhere they are ways to write one formula, or its capitals.
    """

    category: str
    text: str
    accepted: tuple[str, ...]
    is_ambiguous: bool = False


def load_phrases() -> tuple[Phrase, ...]:
    """All phrases of the suite, in the order of the file."""
    with (FOLDER / "phrases.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return tuple(
            Phrase(category, text, tuple(accepted), ambiguous == "1")
            for category, ambiguous, text, *accepted in rows
        )


def load_prose() -> tuple[str, ...]:
    """Sentences in which nobody said a formula."""
    return tuple((FOLDER / "no_formula.txt").read_text(encoding="utf-8").splitlines())


def is_held(text: str) -> bool:
    """Whether `text` is of the half that nobody looks at while the parser is widened."""
    return hashlib.sha256(text.encode()).digest()[0] % 2 == 1


def halves(phrases: Sequence[Phrase]) -> tuple[tuple[Phrase, ...], tuple[Phrase, ...]]:
    """The half to develop with, and the one held back."""
    return (
        tuple(phrase for phrase in phrases if not is_held(phrase.text)),
        tuple(phrase for phrase in phrases if is_held(phrase.text)),
    )
