"""How one attempt came out: the one definition of right and wrong."""

from enum import StrEnum

from evals.notation import NotationScore
from evals.runs.prediction import Status


class Verdict(StrEnum):
    """How one attempt came out, in the words that people read.

    Right is an answered attempt whose formulas are exact as spoken, or that has no formula
    where none was said; of a model that writes words alone, one whose every word was heard.
    Unscored is an answered attempt whose reference holds no readable formula: neither right
    nor wrong. All others are wrong: those that failed, got no answer or were cut off too, whatever
    they gave, and those whose own formula is unreadable.
    """

    EXACT = "exact"
    AS_SPOKEN = "as spoken"
    NONE_WRITTEN = "no formula, rightly"
    WORDS_RIGHT = "words right"
    DIFFERENT = "different"
    UNREADABLE = "unreadable"
    MISSING = "no formula"
    SPURIOUS = "spurious formula"
    WORDS_WRONG = "words wrong"
    CUT_OFF = "cut off"
    NO_ANSWER = "no answer"
    FAILED = "failed"
    UNSCORED = "unscored"

    @property
    def is_right(self) -> bool | None:
        """None where nobody can tell: the attempt is unscored."""
        return None if self is Verdict.UNSCORED else self in _RIGHT


_BY_STATUS: dict[Status, Verdict] = {
    "failed": Verdict.FAILED,
    "no_answer": Verdict.NO_ANSWER,
    "cut_off": Verdict.CUT_OFF,
}
_RIGHT = frozenset((Verdict.EXACT, Verdict.AS_SPOKEN, Verdict.NONE_WRITTEN, Verdict.WORDS_RIGHT))


def verdict_of(status: Status, notation: NotationScore | None, *, is_heard: bool) -> Verdict:
    """The verdict on one attempt; `notation` is None for a model that writes words alone.

    `is_heard` says whether every word was heard and none besides.
    """
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if notation is None:
        return Verdict.WORDS_RIGHT if is_heard else Verdict.WORDS_WRONG
    return _formula_verdict(notation)


def _formula_verdict(notation: NotationScore) -> Verdict:
    if not notation.formula_said:
        return Verdict.SPURIOUS if notation.present else Verdict.NONE_WRITTEN
    if notation.exact_spoken is None:
        return Verdict.UNSCORED
    if notation.exact_spoken:
        return Verdict.EXACT if notation.exact_strict else Verdict.AS_SPOKEN
    if not notation.present:
        return Verdict.MISSING
    return Verdict.DIFFERENT if notation.valid else Verdict.UNREADABLE
