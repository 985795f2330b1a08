"""A formula that is right in every way; tests change what they are about."""

from evals.notation import NotationScore

RIGHT = NotationScore(
    formula_said=True,
    present=True,
    valid=True,
    exact_strict=True,
    exact_spoken=True,
    exact_spoken_nocase=True,
    equivalent=True,
    similarity=1.0,
    formulas=None,
    edits=None,
    tier="exact_strict",
    reason="",
)
