"""What the ladder says of one prediction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from evals.notation.error_rates import NotationEdits

Tier = Literal[
    "no_formula",
    "spurious",
    "unscored",
    "missing",
    "invalid",
    "valid",
    "equivalent",
    "exact_spoken_nocase",
    "exact_spoken",
    "exact_strict",
]


@dataclass(frozen=True, slots=True)
class FormulaCounts:
    """Formulas of the nearest reading, of the prediction, and how many of them are right."""

    said: int
    written: int
    right: int

    @property
    def recall(self) -> float:
        """The share of the formulas said that were written right."""
        return self.right / self.said

    @property
    def precision(self) -> float | None:
        """The share of the formulas written that are right; None where none was written."""
        return self.right / self.written if self.written else None


@dataclass(frozen=True, slots=True)
class NotationScore:
    """How far one prediction got.

    `formula_said` is False where the reference holds no formula: then only `present` counts
    (a spurious formula) and the rest is None. `exact_*`, `equivalent` and `similarity` are
    None also where no accepted reading is readable: the utterance is unscored. A missing or
    unreadable prediction is wrong, never None. `equivalent` is None, too, where it was not
    asked for or can't be known. `tier` is the highest rung reached, `reason` says in words
    why it is no higher.
    """

    formula_said: bool
    present: bool
    valid: bool | None
    exact_strict: bool | None
    exact_spoken: bool | None
    exact_spoken_nocase: bool | None
    equivalent: bool | None
    similarity: float | None
    formulas: FormulaCounts | None
    edits: NotationEdits | None
    tier: Tier
    reason: str

    @property
    def verdicts(self) -> Mapping[str, bool | float | str | None]:
        """Every rung, how near it came, and why it is no further: what programs read."""
        return {
            "present": self.present,
            "valid": self.valid,
            "exact_strict": self.exact_strict,
            "exact_spoken": self.exact_spoken,
            "exact_spoken_nocase": self.exact_spoken_nocase,
            "equivalent": self.equivalent,
            "similarity": self.similarity,
            "tier": self.tier,
            "reason": self.reason,
        }
