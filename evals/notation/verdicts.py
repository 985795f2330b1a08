"""The reason for a verdict, in words."""

from evals.notation.canonical import Canonical, Trees
from evals.notation.comparison import Comparison
from evals.notation.katex import Invalid
from evals.notation.reasons import why_different, why_unreadable
from evals.notation.score import Tier

_ALWAYS: dict[Tier, str] = {
    "no_formula": "no formula was said and none was written",
    "spurious": "a formula was written where none was said",
    "unscored": "no accepted reading can be read",
    "missing": "no formula was written",
    "exact_spoken": "the same words, typeset otherwise",
    "exact_strict": "the same formula",
}
_BEFORE: dict[Tier, str] = {
    "exact_spoken_nocase": "right but for capital letters: ",
    "equivalent": "the same value, written otherwise: ",
}


def why(tier: Tier, nearest: Comparison | None = None, trees: Trees | None = None) -> str:
    """Why this tier and none higher; compared with the nearest accepted reading."""
    if tier in _ALWAYS or nearest is None or trees is None:
        return _ALWAYS.get(tier, "")
    if tier == "invalid":
        return _first_complaint(nearest, trees)
    return _BEFORE.get(tier, "") + _first_difference(nearest, trees)


def _first_complaint(nearest: Comparison, trees: Trees) -> str:
    outcomes = (trees[formula.latex] for formula in nearest.predicted)
    return next(why_unreadable(each.reason) for each in outcomes if isinstance(each, Invalid))


def _first_difference(nearest: Comparison, trees: Trees) -> str:
    n_said = len(nearest.reading)
    are_alone = n_said == len(nearest.predicted) == 1
    answers = {0: 0} if are_alone else dict(nearest.pairs)
    for index, formula in enumerate(nearest.reading):
        lead = f"formula {index + 1} of {n_said}: " if n_said > 1 else ""
        if index not in answers:
            return f"{lead}missing"
        said, written = trees[formula.latex], trees[nearest.predicted[answers[index]].latex]
        if not isinstance(said, Canonical) or not isinstance(written, Canonical):
            continue
        if not said.spoken_keys & written.spoken_keys:
            return lead + why_different(said.spoken[0], written.spoken[0])
    added = len(nearest.predicted) - n_said
    return f"{added} formula{'s' * (added > 1)} too many"
