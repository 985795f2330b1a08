"""Word errors of the prose around formulas, whatever became of the formulas."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from evals.notation import split_math
from evals.scoring.normalise import normalise_spoken_math
from evals.scoring.words import AlignedWord


@dataclass(frozen=True, slots=True)
class ProseErrors:
    """Word edits among the words of a sentence that belong to none of its formulas."""

    n_errors: int
    n_words: int


def prose_errors(
    reference: str, readings: Iterable[str], alignment: Sequence[AlignedWord]
) -> ProseErrors | None:
    """Of an utterance with prose and formulas; None for any other, or where they don't part.

    `reference` are the words said, `readings` the accepted ones (`Find $x$ when $x+1=3$.`),
    `alignment` that of the normalised reference. The prose of the first reading whose
    stretches stand in the reference in order, a formula's words between them, is what counts.
    A word inserted between two words of the prose is the prose's error.
    """
    sentences = [reading for reading in readings if _has_both(reading)]
    words = normalise_spoken_math(reference).split() if sentences else []
    for reading in sentences:
        mask = _prose_mask(words, reading)
        if mask is not None:
            return _count(mask, alignment)
    return None


def _has_both(reading: str) -> bool:
    return {piece.is_math for piece in split_math(reading)} == {True, False}


def _prose_mask(words: Sequence[str], reading: str) -> list[bool] | None:
    """Which words of the reference are prose; None where the reading's are not found in it."""
    pieces = split_math(reading)
    parts = [
        (is_math, " ".join(piece.text for piece in group))
        for is_math, group in groupby(pieces, key=lambda piece: piece.is_math)
    ]
    stretches = [
        (is_math, [] if is_math else normalise_spoken_math(text).split()) for is_math, text in parts
    ]
    stretches = [(is_math, text) for is_math, text in stretches if is_math or text]
    if {is_math for is_math, _ in stretches} != {True, False}:
        return None
    mask = [False] * len(words)
    at, is_after_math = 0, False
    for place, (is_math, stretch) in enumerate(stretches):
        if is_math:
            is_after_math = True
            continue
        is_last = place == len(stretches) - 1
        start = _find(words, stretch, at, is_after_math=is_after_math, is_last=is_last)
        if start is None:
            return None
        mask[start : start + len(stretch)] = [True] * len(stretch)
        at, is_after_math = start + len(stretch), False
    return mask if not is_after_math or at < len(words) else None


def _find(
    words: Sequence[str], stretch: list[str], at: int, *, is_after_math: bool, is_last: bool
) -> int | None:
    """Where a stretch begins: at once, or after a formula of one word or more."""
    if is_last and is_after_math:
        starts: Iterable[int] = [len(words) - len(stretch)]
    elif is_after_math:
        starts = range(at + 1, len(words) - len(stretch) + 1)
    else:
        starts = [at]
    least = at + is_after_math
    return next((s for s in starts if s >= least and words[s : s + len(stretch)] == stretch), None)


def _count(mask: Sequence[bool], alignment: Sequence[AlignedWord]) -> ProseErrors:
    n_errors = at = 0
    for step in alignment:
        if step.kind == "insertion":
            n_errors += all(mask[max(0, at - 1) : at + 1])
            continue
        n_errors += step.kind != "hit" and mask[at]
        at += 1
    return ProseErrors(n_errors, sum(mask))
