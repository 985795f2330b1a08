"""The ladder: present, valid, exact_strict, exact_spoken."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.notation.katex import Katex


@dataclass(frozen=True, slots=True)
class NotationScore:
    """How far one prediction got.

    `formula_said` is False where the reference holds no formula: then only `present` counts
    (a spurious formula) and the rest is None. `exact_*` are None also where no accepted
    reading is readable: the utterance is unscored. A missing or unreadable prediction is
    wrong, never None.
    """

    formula_said: bool
    present: bool
    valid: bool | None
    exact_strict: bool | None
    exact_spoken: bool | None


NotationPair = tuple[Sequence[str], Sequence[str]]


def score_notation(pairs: Sequence[NotationPair], katex: Katex) -> list[NotationScore]:
    """Score each (accepted readings, predicted formulas), in their order.

    An accepted reading without `$` is one formula, with `$...$` islands a sentence with
    several. A prediction is the student's formulas of the turn in order.
    """
    raise NotImplementedError
