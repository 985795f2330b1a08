"""Factors, and the signs between them that may be left unsaid."""

from evals.notation.needless import is_mixed_number
from evals.notation.symbols import RELATIONS, SPOKEN_BOLD_FONTS, TIMES
from evals.notation.tree import Node

_SIGNS = RELATIONS | TIMES | frozenset("+-±∓,;")
_VECTOR_MARKS = ("⃗", "→", "^")
_SAID = {"×": "cross", "⋅": "dot"}


def without_times(nodes: list[Node]) -> list[Node]:
    """Products without their sign, where the sign has a factor on either side."""
    return [
        node
        for index, node in enumerate(nodes)
        if not is_times(node)
        or index in (0, len(nodes) - 1)
        or _is_sign(nodes[index - 1])
        or _is_sign(nodes[index + 1])
        or is_mixed_number(nodes[index - 1], nodes[index + 1])
    ]


def name_vector_products(strict: tuple[Node, ...], nodes: list[Node]) -> list[Node]:
    """Cross and dot stay apart between vectors and after nabla, where both are said.

    `strict` are the same siblings before their fonts were dropped.
    """
    named = list(nodes)
    for index in range(1, len(nodes) - 1):
        before, after = strict[index - 1], strict[index + 1]
        between_vectors = _is_vector(before) and _is_vector(after)
        if nodes[index].text in _SAID and (before.text == "∇" or between_vectors):
            named[index] = Node("op", _SAID[nodes[index].text])
    return named


def is_times(node: Node) -> bool:
    """Whether this is a sign of multiplication."""
    return node.kind == "op" and node.text in TIMES


def _is_vector(strict: Node) -> bool:
    core = strict.children[0] if strict.kind == "scripts" else strict
    if core.kind == "accent":
        return core.text in _VECTOR_MARKS
    font = core.text.partition(":")[0] if core.kind == "id" else ""
    return font in SPOKEN_BOLD_FONTS or font == "bb"


def _is_sign(node: Node) -> bool:
    return node.kind == "op" and node.text in _SIGNS
