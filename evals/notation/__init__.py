"""How right a formula's notation is: the ladder from present to exact."""

from evals.notation.islands import Piece, split_math
from evals.notation.katex import Invalid, Katex, MathML
from evals.notation.ladder import NotationScore, score_notation

__all__ = [
    "Invalid",
    "Katex",
    "MathML",
    "NotationScore",
    "Piece",
    "score_notation",
    "split_math",
]
