"""Whether two formulas have the same value, asked only where they are not the same notation."""

from evals.notation.equivalence.prover import Prover
from evals.notation.equivalence.verdict import are_equivalent

__all__ = ["Prover", "are_equivalent"]
