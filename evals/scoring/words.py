"""Word errors between what was said and what was heard."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import jiwer

from evals.scoring.normalise import NORMALISER_VERSION, normalise_spoken_math

__all__ = [
    "NORMALISER_VERSION",
    "AlignedWord",
    "CorpusWords",
    "WordErrors",
    "corpus_words",
    "normalise_spoken_math",
    "word_errors",
]

Alignment = Literal["hit", "substitution", "deletion", "insertion"]
_KINDS: dict[str, Alignment] = {
    "equal": "hit",
    "substitute": "substitution",
    "delete": "deletion",
    "insert": "insertion",
}


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """One step of the alignment; `reference` is None for an insertion, `heard` for a deletion."""

    kind: Alignment
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
    def n_heard_words(self) -> int:
        """Words in the normalised hypothesis."""
        return self.hits + self.substitutions + self.insertions

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
    said, heard = normalise_spoken_math(reference), normalise_spoken_math(hypothesis)
    words = jiwer.process_words([said], [heard])
    characters = jiwer.process_characters([said], [heard])
    return WordErrors(
        hits=words.hits,
        substitutions=words.substitutions,
        deletions=words.deletions,
        insertions=words.insertions,
        n_character_errors=characters.substitutions + characters.deletions + characters.insertions,
        n_reference_characters=characters.hits + characters.substitutions + characters.deletions,
        alignment=tuple(_aligned(words)),
    )


def corpus_words(errors: Sequence[WordErrors]) -> CorpusWords:
    """WER, MER and CER of a whole corpus, never a mean of utterances' rates."""
    n_errors = sum(each.n_errors for each in errors)
    return CorpusWords(
        wer=_rate(n_errors, sum(each.n_reference_words for each in errors)),
        mer=_rate(n_errors, sum(each.hits for each in errors) + n_errors),
        cer=_rate(
            sum(each.n_character_errors for each in errors),
            sum(each.n_reference_characters for each in errors),
        ),
    )


def _rate(errors: int, total: int) -> float | None:
    return errors / total if total else None


def _aligned(words: jiwer.WordOutput) -> Iterable[AlignedWord]:
    (said,), (heard,) = words.references, words.hypotheses
    for chunk in words.alignments[0]:
        kind = _KINDS[chunk.type]
        n_steps = max(
            chunk.ref_end_idx - chunk.ref_start_idx, chunk.hyp_end_idx - chunk.hyp_start_idx
        )
        for step in range(n_steps):
            yield AlignedWord(
                kind,
                None if kind == "insertion" else said[chunk.ref_start_idx + step],
                None if kind == "deletion" else heard[chunk.hyp_start_idx + step],
            )
