"""What measures take from the score of one attempt; None leaves the attempt out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from evals.analysis.measure import Part

if TYPE_CHECKING:
    from evals.notation import Edits, NotationScore
    from evals.scoring.answers import AnswerScore
    from evals.scoring.utterance import UtteranceScore
    from evals.scoring.words import WordErrors

Value = TypeVar("Value")
NotationOf = Callable[["UtteranceScore"], "NotationScore | None"]


def of_words(
    take: "Callable[[WordErrors], Value]",
) -> "Callable[[UtteranceScore], Value | None]":
    """Of the words of an attempt that did not fail."""
    return lambda score: None if score.words is None else take(score.words)


def of_formula(
    notation_of: NotationOf, take: "Callable[[NotationScore], Value | None]"
) -> "Callable[[UtteranceScore], Value | None]":
    """Of a notation where a formula was said."""

    def taken(score: "UtteranceScore") -> Value | None:
        notation = notation_of(score)
        return take(notation) if notation is not None and notation.formula_said else None

    return taken


def of_answer(
    take: "Callable[[AnswerScore], Value | None]",
) -> "Callable[[UtteranceScore], Value | None]":
    """Of an attempt that was answered."""
    return lambda score: None if score.answer is None else take(score.answer)


def edits_part(edits: "Edits") -> Part:
    """Edits over the reference's length."""
    return edits.errors, edits.length


def prose_part(score: "UtteranceScore") -> Part | None:
    """Word errors around formulas over the words around them."""
    return None if score.prose is None else (score.prose.n_errors, score.prose.n_words)


def is_left_alone(score: "UtteranceScore") -> bool | None:
    """Where no formula was said: whether none was written."""
    notation = score.notation
    return None if notation is None or notation.formula_said else not notation.present


def is_spurious(score: "UtteranceScore") -> bool | None:
    """Where no formula was said: whether one was written."""
    is_right = is_left_alone(score)
    return None if is_right is None else not is_right


def every_word_lost(score: "UtteranceScore") -> Part:
    """Word errors over the reference's words, as if nothing had been heard."""
    return score.n_reference_words, score.n_reference_words


def words_all_counted(score: "UtteranceScore") -> Part:
    """Word errors over the reference's words; a failed attempt lost every word."""
    if score.words is None:
        return every_word_lost(score)
    return score.words.n_errors, score.n_reference_words


def has_readable_formula(score: "UtteranceScore") -> bool:
    """Whether a formula was said, and its reference can be read as far as is known."""
    unreadable = score.notation is not None and score.notation.exact_spoken is None
    return score.formula_said and not unreadable


def exact_all_counted(score: "UtteranceScore") -> bool | None:
    """Where a formula was said that can be scored: whether it is exact; a failed one is not."""
    return score.is_understood if has_readable_formula(score) else None


def asked_about_ambiguity(score: "UtteranceScore") -> bool | None:
    """Where several readings are accepted: whether the tutor asked which was meant."""
    return score.answer.asked_back if score.answer and score.is_ambiguous else None


def asked_needlessly(score: "UtteranceScore") -> bool | None:
    """Where one reading is accepted: whether the tutor asked all the same."""
    is_clear = score.formula_said and not score.is_ambiguous
    return score.answer.asked_back if score.answer and is_clear else None


def written_per_said(score: "UtteranceScore") -> Part | None:
    """The student's formulas that were written over those of the nearest accepted reading."""
    formulas = score.notation.formulas if score.notation else None
    return (formulas.written, formulas.said) if formulas and score.answer else None
