"""How right a formula's notation is: the ladder from present to exact."""

from evals.notation.difference import Difference, Span, notation_difference, turn_differences
from evals.notation.equivalence import Prover
from evals.notation.error_rates import Edits, NotationEdits
from evals.notation.islands import Piece, split_math
from evals.notation.katex import Invalid, Katex, MathML, browser_script
from evals.notation.ladder import score_notation
from evals.notation.score import FormulaCounts, NotationScore, Tier

__all__ = [
    "Difference",
    "Edits",
    "FormulaCounts",
    "Invalid",
    "Katex",
    "MathML",
    "NotationEdits",
    "NotationScore",
    "Piece",
    "Prover",
    "Span",
    "Tier",
    "browser_script",
    "notation_difference",
    "score_notation",
    "split_math",
    "turn_differences",
]
