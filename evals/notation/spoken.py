"""The spoken tier: formulas that sound alike are one."""

from functools import partial

from evals.notation.brackets import group_brackets
from evals.notation.numbers import without_grouping
from evals.notation.slashes import slashes_to_fractions
from evals.notation.symbols import (
    RELATIONS,
    SPOKEN_ACCENTS,
    SPOKEN_BOLD_FONTS,
    SPOKEN_DROPPED_FONTS,
    SPOKEN_LETTERS,
    SPOKEN_OPERATORS,
    TIMES,
)
from evals.notation.tree import Node, fold, members, row

_TRAILING = frozenset((",", ".", ";"))
_ATOMS = frozenset(("num", "id", "frac", "sqrt", "root", "accent", "scripts"))


def spoken_trees(strict: Node) -> tuple[Node, ...]:
    """The trees this formula may sound like, from its strict tree.

    One, or two where a bold letter may be a plain letter or a vector.
    """
    plain = _spoken_tree(strict, bold_is_vector=False)
    if not _has_bold(strict):
        return (plain,)
    return (plain, _spoken_tree(strict, bold_is_vector=True))


def _spoken_tree(strict: Node, *, bold_is_vector: bool) -> Node:
    tree = fold(
        strict, lambda node: node.children, partial(_rebuild, bold_is_vector=bold_is_vector)
    )
    nodes = list(members(tree))
    while nodes and nodes[-1].kind == "op" and nodes[-1].text in _TRAILING:
        nodes.pop()
    return row(nodes)


def _has_bold(strict: Node) -> bool:
    stack = [strict]
    while stack:
        node = stack.pop()
        if node.kind == "id" and node.text.partition(":")[0] in SPOKEN_BOLD_FONTS:
            return True
        stack.extend(node.children)
    return False


def _rebuild(node: Node, children: list[Node], bold_is_vector: bool) -> Node:
    kind, text = node.kind, node.text
    if kind == "id":
        return _letter(text, bold_is_vector)
    if kind == "row":
        return row(arrange(_vector_products(node.children, children)))
    if kind == "num":
        text = without_grouping(text).rstrip(".")
    elif kind == "op":
        text = SPOKEN_OPERATORS.get(text, text)
    elif kind == "accent":
        text = SPOKEN_ACCENTS.get(text, text)
    elif kind in ("frac", "sqrt", "root"):
        children = list(map(_unbracket_whole, children))
    elif kind == "scripts":
        children = [children[0], *map(_join_letters, children[1:])]
    return Node(kind, text, tuple(children))


def arrange(nodes: list[Node]) -> list[Node]:
    """One row of siblings: brackets found, slashes made fractions, times left out."""
    grouped = group_brackets(_defining_equals(nodes), _arrange_inside)
    return _arrange_inside(grouped)


def _arrange_inside(nodes: list[Node]) -> list[Node]:
    return _without_times(_without_needless_brackets(slashes_to_fractions(nodes)))


def _letter(text: str, bold_is_vector: bool) -> Node:
    font, _, letter = text.rpartition(":")
    plain = SPOKEN_LETTERS.get(letter, letter)
    if font in SPOKEN_BOLD_FONTS:
        letter_node = Node("id", plain)
        return (
            Node("accent", SPOKEN_ACCENTS["→"], (letter_node,)) if bold_is_vector else letter_node
        )
    if not font or font in SPOKEN_DROPPED_FONTS:
        return Node("id", plain)
    return Node("id", f"{font}:{plain}")


def _vector_products(strict: tuple[Node, ...], nodes: list[Node]) -> list[Node]:
    """Cross and dot stay apart between vectors and after nabla, where both are said."""
    kept = list(nodes)
    for index in range(1, len(nodes) - 1):
        before, after = strict[index - 1], strict[index + 1]
        if nodes[index].text in ("×", "⋅") and (
            before.text == "∇" or (_is_vector(before) and _is_vector(after))
        ):
            kept[index] = Node("op", {"×": "cross", "⋅": "dot"}[nodes[index].text])
    return kept


def _is_vector(strict: Node) -> bool:
    core = strict.children[0] if strict.kind == "scripts" else strict
    font = core.text.partition(":")[0] if core.kind == "id" else ""
    return (
        font in SPOKEN_BOLD_FONTS or font == "bb" or (core.kind == "accent" and core.text in "⃗→^")
    )


def _defining_equals(nodes: list[Node]) -> list[Node]:
    joined: list[Node] = []
    for node in nodes:
        if node == Node("op", "=") and joined[-1:] == [Node("op", ":")]:
            joined[-1] = Node("op", ":=")
        else:
            joined.append(node)
    return joined


def _unbracket_whole(node: Node) -> Node:
    """A part that the fraction bar or root sign already holds together needs no brackets."""
    if node.kind == "group" and node.text == "()":
        return row(node.children)
    return node


def _without_needless_brackets(nodes: list[Node]) -> list[Node]:
    """`\\ln(x)` as `\\ln x` and `2(3)` as `2 3`; but `f(x)` is not `fx`."""
    kept: list[Node] = []
    for index, node in enumerate(nodes):
        before = nodes[index - 1] if index else None
        alone = len(nodes) == 1
        kept.append(node if alone or _may_apply(before) else _unbracket_atom(node, before))
    return kept


def _may_apply(before: Node | None) -> bool:
    """Whether brackets after this node may hold an argument, as in `f(x)`."""
    if before is None:
        return False
    core = before.children[0] if before.kind == "scripts" else before
    return core.kind in ("id", "accent")


def _unbracket_atom(node: Node, before: Node | None) -> Node:
    if node.kind == "group" and node.text == "()" and _is_atom(node.children):
        return node.children[0]
    if node.kind != "scripts" or (before is not None and before.kind in ("word", "scripts")):
        return node  # `\sin(x)^2` is not `\sin x^2`
    base, below, above = node.children
    if base.kind == "group" and base.text == "()" and base.children[0].kind in ("id", "num"):
        inner = base.children[0]
        return (
            Node("scripts", node.text, (inner, below, above)) if _is_atom(base.children) else node
        )
    return node


def _is_atom(nodes: tuple[Node, ...]) -> bool:
    return len(nodes) == 1 and nodes[0].kind in _ATOMS and nodes[0].text != "bare"


def _without_times(nodes: list[Node]) -> list[Node]:
    """Products without their sign, where the sign has a factor on either side."""
    return [
        node
        for index, node in enumerate(nodes)
        if node.kind != "op"
        or node.text not in TIMES
        or index in (0, len(nodes) - 1)
        or _is_sign(nodes[index - 1])
        or _is_sign(nodes[index + 1])
    ]


def _is_sign(node: Node) -> bool:
    return node.kind == "op" and (
        node.text in RELATIONS or node.text in "+-±∓,;" or node.text in TIMES
    )


def _join_letters(script: Node) -> Node:
    """`x_{max}` as `x_{\\mathrm{max}}`: runs of plain letters in a script are one word."""
    joined: list[Node] = []
    was_letter = False
    for node in members(script):
        is_letter = node.kind == "id" and len(node.text) == 1
        if is_letter and was_letter:
            joined[-1] = Node("word", joined[-1].text + node.text)
        else:
            joined.append(node)
        was_letter = is_letter
    return row(joined)
