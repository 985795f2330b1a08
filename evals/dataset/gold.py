"""Whether what is said to be meant by a recording could ever be scored."""

import re
from collections.abc import Iterator, Sequence

from evals.dataset.utterances import MAX_READINGS
from evals.notation import Invalid, Katex, split_math

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LATEX = re.compile(r"[\\$^_{}]")


def transcript_problem(transcript: str) -> str | None:
    """What is wrong with the words of a reference, as the rest of a sentence."""
    if CONTROL.search(transcript):
        return "transcript has control characters"
    if LATEX.search(transcript):
        return "transcript has LaTeX; write the words that were said"
    return None


def formulas_of(reading: str) -> list[str]:
    """The formulas of an accepted reading: itself, or the islands of a sentence."""
    if "$" not in reading:
        return [reading]
    return [piece.text for piece in split_math(reading) if piece.is_math]


def gold_problems(transcript: str, readings: Sequence[str], katex: Katex) -> Iterator[str]:
    """All that is wrong with a transcript and its accepted LaTeX; nothing when it may be kept."""
    problem = transcript_problem(transcript)
    if problem:
        yield problem
    if len(readings) > MAX_READINGS:
        yield f"expected at most {MAX_READINGS} accepted readings, got {len(readings)}"
    formulas = [latex for reading in readings[:MAX_READINGS] for latex in formulas_of(reading)]
    for latex, outcome in zip(formulas, katex.mathml(formulas), strict=True):
        if isinstance(outcome, Invalid):
            yield f"latex {latex!r} can't be typeset"
