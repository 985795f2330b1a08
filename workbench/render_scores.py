"""What the page is told about a run's scores: plain values, nothing to escape."""

from collections.abc import Sequence

from evals.notation import split_math
from evals.scoring import UtteranceScore
from evals.statistics import Rate
from evals.words import WordErrors
from workbench.render import Typeset, View, typeset_view

NO_DATA = "no data"


def verdict(score: UtteranceScore) -> str:
    """How one attempt came out, in a word or two."""
    notation = score.notation
    if score.status != "ok" or notation is None:
        return score.status.replace("_", " ")
    if not notation.formula_said:
        return "spurious formula" if notation.present else "no formula, rightly"
    if notation.exact_spoken is None:
        return "unscored"
    if notation.exact_spoken:
        return "exact" if notation.exact_strict else "as spoken"
    if not notation.present:
        return "no formula"
    return "different" if notation.valid else "unreadable"


def percent(rate: Rate) -> str:
    """`12.5 % (8.0 to 17.1, n 48)`; never a number without what it covers."""
    if rate.value is None:
        return NO_DATA
    if rate.low is None or rate.high is None:
        return f"{100 * rate.value:.1f} % (n {rate.n})"
    low, high = 100 * rate.low, 100 * rate.high
    return f"{100 * rate.value:.1f} % ({low:.1f} to {high:.1f}, n {rate.n})"


def word_count(words: WordErrors | None) -> str:
    """Word errors of one attempt: `1 of 9`."""
    return "" if words is None else f"{words.n_errors} of {words.n_reference_words}"


def reading_view(reading: str, typeset: Typeset) -> list[View]:
    """An accepted reading as prose and formulas: without `$` it is one formula."""
    if "$" not in reading:
        return [typeset_view(reading, typeset)]
    return [
        typeset_view(piece.text, typeset) if piece.is_math else {"text": piece.text}
        for piece in split_math(reading)
    ]


def alignment_view(words: WordErrors | None) -> list[View]:
    """Each step from what was said to what was heard."""
    steps = () if words is None else words.alignment
    return [{"kind": s.kind, "said": s.reference, "heard": s.heard} for s in steps]


def formulas_view(formulas: Sequence[str], typeset: Typeset) -> list[View]:
    """Predicted formulas, typeset."""
    return [typeset_view(latex, typeset) for latex in formulas]
