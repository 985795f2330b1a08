"""Where two formulas part, as stretches that a page can colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from evals.notation.canonical import Canonical, Trees, canonical_trees
from evals.notation.katex import Katex
from evals.notation.writing import as_text
from evals.notation.written import Written, formulas_in_turn, formulas_of

SpanKind = Literal["same", "changed", "missing", "added"]
_KINDS: dict[str, SpanKind] = {
    "equal": "same",
    "replace": "changed",
    "delete": "missing",
    "insert": "added",
}
_BETWEEN = ",\\quad "  # formulas of one turn


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


def turn_differences(
    turns: Sequence[tuple[Sequence[str], Sequence[str]]], katex: Katex
) -> list[Difference | None]:
    """Where each turn's formulas part from the nearest accepted reading of it.

    A turn is (accepted readings, predicted formulas), as `score_notation` takes them; several
    formulas are told apart by commas. None where either side has none, or can't be read.
    """
    written = [
        ([_latex_of(formulas_of(reading)) for reading in accepted], formulas_in_turn(predicted))
        for accepted, predicted in turns
    ]
    sides = [(readings, _latex_of(predicted)) for readings, predicted in written]
    trees = canonical_trees(
        (
            latex
            for readings, predicted in sides
            for part in (*readings, predicted)
            for latex in part
        ),
        katex,
    )
    return [_nearest_difference(readings, predicted, trees) for readings, predicted in sides]


def _latex_of(formulas: Sequence[Written]) -> list[str]:
    return [formula.latex for formula in formulas]


def _nearest_difference(
    readings: Sequence[Sequence[str]], predicted: Sequence[str], trees: Trees
) -> Difference | None:
    written = _tokens(predicted, trees)
    known = [tokens for reading in readings if (tokens := _tokens(reading, trees))]
    if not written or not known:
        return None
    nearest = min(known, key=lambda tokens: Levenshtein.distance(tokens, written))
    return difference(nearest, written)


def _tokens(formulas: Sequence[str], trees: Trees) -> list[str]:
    """Empty where there is no formula, or one that can't be read."""
    tokens: list[str] = []
    for latex in formulas:
        tree = trees[latex]
        if not isinstance(tree, Canonical):
            return []
        tokens += [*([_BETWEEN] if tokens else []), *tree.tokens]
    return tokens


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
