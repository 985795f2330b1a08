"""Edits between two formulas' writings, for rates over a corpus and for papers' protocols."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein


@dataclass(frozen=True, slots=True)
class Edits:
    """Edits, and the length of the reference they are counted against."""

    errors: int
    length: int


@dataclass(frozen=True, slots=True)
class NotationEdits:
    """One utterance's edits; a formula that is missing or unreadable loses every token.

    `tokens` and `characters` are those of the canonical spoken trees. The other three are
    the strings as given, as papers count them: as they are, without white space, and in
    small letters.
    """

    tokens: Edits
    characters: Edits
    raw: Edits
    spaceless: Edits
    lower: Edits


def count_edits(
    reference: str, prediction: str, said: Sequence[str], written: Sequence[str]
) -> NotationEdits:
    """Edits between the strings, and between the canonical tokens `said` and `written`."""
    bare, bare_written = "".join(reference.split()), "".join(prediction.split())
    return NotationEdits(
        tokens=Edits(Levenshtein.distance(said, written), len(said)),
        characters=_characters("".join(said), "".join(written)),
        raw=_characters(reference, prediction),
        spaceless=_characters(bare, bare_written),
        lower=_characters(reference.lower(), prediction.lower()),
    )


def _characters(reference: str, prediction: str) -> Edits:
    return Edits(Levenshtein.distance(reference, prediction), len(reference))
