"""Formulas in canonical form, each of a batch typeset once."""

from collections.abc import Iterable
from functools import cached_property
from itertools import product

from evals.notation.katex import Invalid, Katex, MathML
from evals.notation.spoken import spoken_trees
from evals.notation.strict import strict_tree
from evals.notation.tree import Node, TreeKey, tree_key
from evals.notation.writing import write


class Canonical:
    """One readable formula in both tiers; what is not asked for is not made."""

    def __init__(self, markup: str) -> None:
        self.strict_tree = strict_tree(markup)
        self.strict = tree_key(self.strict_tree)

    @cached_property
    def spoken(self) -> tuple[Node, ...]:
        """The spoken tree in each form it may sound like."""
        return spoken_trees(self.strict_tree)

    @cached_property
    def spoken_keys(self) -> frozenset[TreeKey]:
        return frozenset(map(tree_key, self.spoken))

    def is_same_but_for_case(self, other: "Canonical") -> bool:
        """Whether they sound alike: case is not in the audio."""
        keys = product(self.spoken_keys, other.spoken_keys)
        return any(_same_but_for_case(one, another) for one, another in keys)

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The spoken tree's first form, written."""
        return tuple(write(self.spoken[0]))


Trees = dict[str, Canonical | Invalid]


def canonical_trees(formulas: Iterable[str], katex: Katex) -> Trees:
    """Each formula's canonical form, or why it can't be read."""
    unique = list(dict.fromkeys(formulas))
    return {
        latex: Canonical(outcome.markup) if isinstance(outcome, MathML) else outcome
        for latex, outcome in zip(unique, katex.mathml(unique), strict=True)
    }


def _same_but_for_case(one: TreeKey, other: TreeKey) -> bool:
    return len(one) == len(other) and all(
        a == b or (a[0] == b[0] == "id" and a[1].lower() == b[1].lower())
        for a, b in zip(one, other, strict=True)
    )
