"""The ladder: present, valid, exact_strict, exact_spoken."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from evals.notation.islands import split_math
from evals.notation.katex import Katex, MathML
from evals.notation.several import Said, link_of, said_apart, same_said
from evals.notation.spoken import spoken_trees
from evals.notation.strict import strict_tree
from evals.notation.tree import Node, TreeKey, tree_key

NotationPair = tuple[Sequence[str], Sequence[str]]


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


@dataclass(frozen=True, slots=True)
class _Written:
    """One formula and the prose that leads to it; None where no prose is known."""

    latex: str
    link: str | None


@dataclass(frozen=True, slots=True)
class _Canonical:
    """One readable formula in both tiers, in each form it may sound like."""

    strict: TreeKey
    spoken: tuple[Node, ...]
    spoken_keys: frozenset[TreeKey]


_Trees = dict[str, _Canonical | None]


def score_notation(pairs: Sequence[NotationPair], katex: Katex) -> list[NotationScore]:
    """Score each (accepted readings, predicted formulas), in their order.

    An accepted reading without `$` is one formula, with `$...$` islands a sentence with
    several. A prediction is the student's formulas of the turn in order.
    """
    written = [
        ([_formulas_of(reading) for reading in accepted], _formulas_in_turn(predicted))
        for accepted, predicted in pairs
    ]
    trees = _canonical_trees(
        [formula.latex for side in written for part in (*side[0], side[1]) for formula in part],
        katex,
    )
    return [_score(readings, predicted, trees) for readings, predicted in written]


def _formulas_of(text: str) -> list[_Written]:
    """The formulas of a sentence with the prose between them, or the text as one formula."""
    pieces = split_math(text)
    if not any(piece.is_math for piece in pieces):
        return [_Written(text, None)] if text.strip() else []
    formulas: list[_Written] = []
    prose = ""
    for piece in pieces:
        if piece.is_math:
            formulas.append(_Written(piece.text, link_of(prose) if formulas else None))
            prose = ""
        else:
            prose = piece.text
    return formulas


def _formulas_in_turn(predicted: Sequence[str]) -> list[_Written]:
    return [formula for text in predicted for formula in _formulas_of(text)]


def _canonical_trees(formulas: Sequence[str], katex: Katex) -> _Trees:
    unique = list(dict.fromkeys(formulas))
    return {
        latex: _canonical(outcome.markup) if isinstance(outcome, MathML) else None
        for latex, outcome in zip(unique, katex.mathml(unique), strict=True)
    }


def _canonical(markup: str) -> _Canonical:
    strict = strict_tree(markup)
    spoken = spoken_trees(strict)
    return _Canonical(tree_key(strict), spoken, frozenset(map(tree_key, spoken)))


def _score(
    readings: Sequence[list[_Written]], predicted: list[_Written], trees: _Trees
) -> NotationScore:
    present = bool(predicted)
    if not readings:
        return NotationScore(False, present, None, None, None)
    valid = present and _readable(predicted, trees)
    references = [reading for reading in readings if reading and _readable(reading, trees)]
    if not references:
        return NotationScore(True, present, valid, None, None)
    strict = valid and any(_same_strict(reading, predicted, trees) for reading in references)
    spoken = strict or (
        valid and any(_same_spoken(reading, predicted, trees) for reading in references)
    )
    return NotationScore(True, present, valid, strict, spoken)


def _readable(formulas: Sequence[_Written], trees: _Trees) -> bool:
    return all(trees[formula.latex] is not None for formula in formulas)


def _trees_of(formulas: Sequence[_Written], trees: _Trees) -> list[_Canonical]:
    return [tree for formula in formulas if (tree := trees[formula.latex]) is not None]


def _same_strict(one: list[_Written], other: list[_Written], trees: _Trees) -> bool:
    """Equal in number, order and strict tree."""
    return [tree.strict for tree in _trees_of(one, trees)] == [
        tree.strict for tree in _trees_of(other, trees)
    ]


def _same_spoken(one: list[_Written], other: list[_Written], trees: _Trees) -> bool:
    """Equal formula by formula, or, cut differently into strings, in what they hold."""
    left, right = _trees_of(one, trees), _trees_of(other, trees)
    if len(left) == len(right):
        return all(a.spoken_keys & b.spoken_keys for a, b in zip(left, right, strict=True))
    return any(
        same_said(_said(one, left, i), _said(other, right, j))
        for i, j in product(range(_most_forms(left)), range(_most_forms(right)))
    )


def _most_forms(trees: list[_Canonical]) -> int:
    return max(len(tree.spoken) for tree in trees)


def _said(written: list[_Written], trees: list[_Canonical], form: int) -> list[Said]:
    return [
        said
        for formula, tree in zip(written, trees, strict=True)
        for said in said_apart(tree.spoken[min(form, len(tree.spoken) - 1)], formula.link)
    ]
