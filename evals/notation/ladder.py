"""The ladder: present, valid, exact_strict, exact_spoken, equivalent, and how near."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.notation.canonical import Canonical, Trees, canonical_trees
from evals.notation.comparison import Comparison, compare, same_however_cut
from evals.notation.equivalence import Prover, are_equivalent
from evals.notation.error_rates import NotationEdits, count_edits
from evals.notation.katex import Katex
from evals.notation.score import FormulaCounts, NotationScore, Tier
from evals.notation.verdicts import why
from evals.notation.written import Written, formulas_in_turn, formulas_of

NotationPair = tuple[Sequence[str], Sequence[str]]
PAIRS_PER_BATCH = 256  # more trees at a time only make Python's garbage collector slower


def score_notation(
    pairs: Sequence[NotationPair], katex: Katex, prover: Prover | None = None
) -> list[NotationScore]:
    """Score each (accepted readings, predicted formulas), in their order.

    An accepted reading without `$` is one formula, with `$...$` islands a sentence with
    several. A prediction is the student's formulas of the turn in order. Without a prover
    `equivalent` stays None wherever `exact_spoken` fails.
    """
    return [
        score
        for start in range(0, len(pairs), PAIRS_PER_BATCH)
        for score in _score_batch(pairs[start : start + PAIRS_PER_BATCH], katex, prover)
    ]


def _score_batch(
    pairs: Sequence[NotationPair], katex: Katex, prover: Prover | None
) -> list[NotationScore]:
    written = [
        ([formulas_of(reading) for reading in accepted], formulas_in_turn(predicted))
        for accepted, predicted in pairs
    ]
    trees = canonical_trees(
        (formula.latex for side in written for part in (*side[0], side[1]) for formula in part),
        katex,
    )
    return [_score(readings, predicted, trees, prover) for readings, predicted in written]


def _score(
    readings: Sequence[list[Written]],
    predicted: list[Written],
    trees: Trees,
    prover: Prover | None,
) -> NotationScore:
    if not readings:
        return _without_formula(present=bool(predicted))
    valid = bool(predicted) and _readable(predicted, trees)
    references = [reading for reading in readings if reading and _readable(reading, trees)]
    if not references:
        return _unscored(present=bool(predicted), valid=valid)
    compared = [compare(reading, predicted, trees) for reading in references]
    nearest = max(compared, key=lambda each: each.similarity)
    rungs = _rungs(compared, trees, prover) if valid else _Rungs.none()
    tier = _tier(bool(predicted), valid, rungs)
    return NotationScore(
        formula_said=True,
        present=bool(predicted),
        valid=valid,
        exact_strict=rungs.strict,
        exact_spoken=rungs.spoken,
        exact_spoken_nocase=rungs.nocase,
        equivalent=rungs.equivalent,
        similarity=1.0 if rungs.spoken else nearest.similarity,
        formulas=_counts(nearest, all_right=rungs.spoken),
        edits=_edits(nearest, trees, all_right=rungs.spoken),
        tier=tier,
        reason=why(tier, nearest, trees),
    )


@dataclass(frozen=True, slots=True)
class _Rungs:
    strict: bool
    spoken: bool
    nocase: bool
    equivalent: bool | None

    @classmethod
    def none(cls) -> "_Rungs":
        return cls(strict=False, spoken=False, nocase=False, equivalent=False)


def _rungs(compared: Sequence[Comparison], trees: Trees, prover: Prover | None) -> _Rungs:
    """A readable prediction's rungs; any accepted reading will do."""
    strict = any(_same_strict(each, trees) for each in compared)
    spoken = strict or any(
        each.is_exact or same_however_cut(each.reading, each.predicted, trees) for each in compared
    )
    nocase = spoken or any(_same_but_for_case(each, trees) for each in compared)
    equivalent: bool | None = spoken
    if not spoken:
        equivalent = _equivalent(compared, trees, prover) if prover else None
    return _Rungs(strict, spoken, nocase, equivalent)


def _tier(present: bool, valid: bool, rungs: _Rungs) -> Tier:
    reached: tuple[tuple[Tier, bool | None], ...] = (
        ("exact_strict", rungs.strict),
        ("exact_spoken", rungs.spoken),
        ("exact_spoken_nocase", rungs.nocase),
        ("equivalent", rungs.equivalent),
        ("valid", valid),
        ("invalid", present),
    )
    return next((tier for tier, is_reached in reached if is_reached), "missing")


def _readable(formulas: Sequence[Written], trees: Trees) -> bool:
    return all(isinstance(trees[formula.latex], Canonical) for formula in formulas)


def _canonical(formulas: Sequence[Written], trees: Trees) -> list[Canonical]:
    found = (trees[formula.latex] for formula in formulas)
    return [tree for tree in found if isinstance(tree, Canonical)]


def _same_strict(compared: Comparison, trees: Trees) -> bool:
    """Equal in number, order and strict tree."""
    sides = (compared.reading, compared.predicted)
    one, other = ([tree.strict for tree in _canonical(side, trees)] for side in sides)
    return one == other


def _same_but_for_case(compared: Comparison, trees: Trees) -> bool:
    one, other = (_canonical(side, trees) for side in (compared.reading, compared.predicted))
    return len(one) == len(other) and all(
        a.is_same_but_for_case(b) for a, b in zip(one, other, strict=True)
    )


def _equivalent(compared: Sequence[Comparison], trees: Trees, prover: Prover) -> bool | None:
    verdicts = {are_equivalent(each.reading, each.predicted, trees, prover) for each in compared}
    return True if True in verdicts else None if None in verdicts else False


def _counts(nearest: Comparison, *, all_right: bool) -> FormulaCounts:
    n_said = len(nearest.reading)
    if all_right:  # however it was cut into strings
        return FormulaCounts(n_said, n_said, n_said)
    return FormulaCounts(n_said, len(nearest.predicted), nearest.n_exact)


def _edits(nearest: Comparison, trees: Trees, *, all_right: bool) -> NotationEdits:
    reference, prediction = (
        " ".join(formula.latex for formula in side) for side in (nearest.reading, nearest.predicted)
    )
    said, written = (
        [token for tree in _canonical(side, trees) for token in tree.tokens]
        for side in (nearest.reading, nearest.predicted)
    )
    return count_edits(reference, prediction, said, said if all_right else written)


def _without_formula(*, present: bool) -> NotationScore:
    tier: Tier = "spurious" if present else "no_formula"
    return _without_rungs(False, present, None, tier)


def _unscored(*, present: bool, valid: bool) -> NotationScore:
    return _without_rungs(True, present, valid, "unscored")


def _without_rungs(
    formula_said: bool, present: bool, valid: bool | None, tier: Tier
) -> NotationScore:
    return NotationScore(
        formula_said=formula_said,
        present=present,
        valid=valid,
        exact_strict=None,
        exact_spoken=None,
        exact_spoken_nocase=None,
        equivalent=None,
        similarity=None,
        formulas=None,
        edits=None,
        tier=tier,
        reason=why(tier),
    )
