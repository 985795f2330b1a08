"""Where two formulas part, as stretches that a page can colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from evals.notation.canonical import Canonical, canonical_trees
from evals.notation.katex import Katex
from evals.notation.writing import as_text

SpanKind = Literal["same", "changed", "missing", "added"]
_KINDS: dict[str, SpanKind] = {
    "equal": "same",
    "replace": "changed",
    "delete": "missing",
    "insert": "added",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a formula's canonical writing."""

    kind: SpanKind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Both formulas from end to end: `missing` stands in the reference, `added` in the prediction."""

    reference: tuple[Span, ...]
    prediction: tuple[Span, ...]


def notation_difference(reference: str, prediction: str, katex: Katex) -> Difference | None:
    """Where two formulas part in the spoken tier; None when either can't be read."""
    trees = canonical_trees([reference, prediction], katex)
    said, written = trees[reference], trees[prediction]
    if not isinstance(said, Canonical) or not isinstance(written, Canonical):
        return None
    return difference(said.tokens, written.tokens)


def difference(said: Sequence[str], written: Sequence[str]) -> Difference:
    """The stretches that two formulas' canonical tokens share, and those they don't."""
    reference: list[Span] = []
    prediction: list[Span] = []
    for step in Levenshtein.opcodes(said, written):
        kind = _KINDS[step.tag]
        if step.src_start < step.src_end:
            reference.append(Span(kind, as_text(said[step.src_start : step.src_end])))
        if step.dest_start < step.dest_end:
            prediction.append(Span(kind, as_text(written[step.dest_start : step.dest_end])))
    return Difference(tuple(reference), tuple(prediction))
