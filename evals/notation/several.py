"""Several formulas said in one breath, however they were cut into strings."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from evals.notation.symbols import RELATIONS
from evals.notation.tree import Node, TreeKey, members, row, tree_key

# fmt: off
_CONNECTIVES = frozenset((
    "and", "or", "if", "then", "so", "but", "when", "where", "for", "with", "such", "that",
    "therefore", "thus", "hence", "because", "since", "implies", "gives", "means", "given",
    "let", "while", "unless", "either",
))
# fmt: on
_COMMAS = frozenset((",", ";"))
_NEWLINE = Node("op", "\n")


class Said(NamedTuple):
    """One formula and the words that led to it; `link` is None where they are not known."""

    link: str | None
    formula: TreeKey


def said_apart(tree: Node, link: str | None) -> list[Said]:
    """A spoken tree as the formulas it holds, the first one after `link`.

    Formulas part at connectives (`x=1 \\text{ and } y=2`), at line ends, and at a comma or
    semicolon between two relations; `1,2,\\ldots,n` and `a,b\\in S` stay whole.
    """
    nodes = members(tree)
    cuts = _cuts(nodes)
    said: list[Said] = []
    lead: list[Node] = []
    start = 0
    for end in (*cuts, len(nodes)):
        if start < end:
            said.append(Said(_link(lead, link), tree_key(row(nodes[start:end]))))
            lead, link = [], None
        lead += nodes[end : end + 1]
        start = end + 1
    return said


def same_said(one: Sequence[Said], other: Sequence[Said]) -> bool:
    """Equal formulas in number and order, and no word between them that contradicts."""
    return len(one) == len(other) and all(
        a.formula == b.formula and (a.link is None or b.link is None or a.link == b.link)
        for a, b in zip(one, other, strict=True)
    )


def link_of(prose: str) -> str:
    """The words between two formulas of a sentence; a bare comma says "and"."""
    words = "".join(mark if mark.isalpha() else " " for mark in prose.lower()).split()
    return " ".join(words) or "and"


def _link(lead: Sequence[Node], otherwise: str | None) -> str | None:
    words = " ".join(node.text.lower() for node in lead if node.kind == "word")
    return words or ("and" if any(node.text in _COMMAS for node in lead) else otherwise)


def _cuts(nodes: Sequence[Node]) -> list[int]:
    """Places of the nodes that stand between formulas."""
    hard = {index for index, node in enumerate(nodes) if _always_cuts(node)}
    commas = {index for index, node in enumerate(nodes) if node.text in _COMMAS}
    cuts: list[int] = []
    start = 0
    for index, following in pairwise([*sorted(hard | commas), len(nodes)]):
        after = nodes[index + 1 : following]
        if index in hard or (_relates(nodes[start:index]) and (_relates(after) or not after)):
            cuts.append(index)
            start = index + 1
    return cuts


def _always_cuts(node: Node) -> bool:
    return node == _NEWLINE or (node.kind == "word" and node.text.lower() in _CONNECTIVES)


def _relates(nodes: Sequence[Node]) -> bool:
    return any(node.kind == "op" and node.text in RELATIONS for node in nodes)
