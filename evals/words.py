"""Word errors between what was said and what was heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evals.normalise import NORMALISER_VERSION, normalise_spoken_math

__all__ = [
    "NORMALISER_VERSION",
    "AlignedWord",
    "CorpusWords",
    "WordErrors",
    "corpus_words",
    "normalise_spoken_math",
    "word_errors",
]


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """One step of the alignment; `reference` is None for an insertion, `heard` for a deletion."""

    kind: Literal["hit", "substitution", "deletion", "insertion"]
    reference: str | None
    heard: str | None


@dataclass(frozen=True, slots=True)
class WordErrors:
    """Edits that turn the reference's words into the words heard, both normalised."""

    hits: int
    substitutions: int
    deletions: int
    insertions: int
    n_character_errors: int
    n_reference_characters: int
    alignment: tuple[AlignedWord, ...]

    @property
    def n_reference_words(self) -> int:
        """Words in the normalised reference."""
        return self.hits + self.substitutions + self.deletions

    @property
    def n_errors(self) -> int:
        """Substitutions, deletions and insertions together."""
        return self.substitutions + self.deletions + self.insertions


@dataclass(frozen=True, slots=True)
class CorpusWords:
    """All errors over all reference words; None where there was nothing to divide by."""

    wer: float | None
    mer: float | None
    cer: float | None


def word_errors(reference: str, hypothesis: str) -> WordErrors:
    """Count word and character edits after `normalise_spoken_math`.

    Brackets are kept: dropping them would forgive "(x plus one) squared".
    An empty reference with words heard counts each word as an insertion.
    """
    raise NotImplementedError


def corpus_words(errors: Sequence[WordErrors]) -> CorpusWords:
    """WER, MER and CER of a whole corpus, never a mean of utterances' rates."""
    raise NotImplementedError
