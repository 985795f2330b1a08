"""The spoken tier: formulas that sound alike are one."""

from functools import lru_cache, partial
from itertools import product
from operator import attrgetter

from evals.notation.brackets import group_brackets
from evals.notation.needless import (
    bracket_arguments,
    is_function,
    unbracket_atoms,
    unbracket_whole,
)
from evals.notation.numbers import without_grouping
from evals.notation.products import name_vector_products, without_times
from evals.notation.slashes import slashes_to_fractions
from evals.notation.symbols import (
    SPOKEN_ACCENTS,
    SPOKEN_BOLD_FONTS,
    SPOKEN_DROPPED_FONTS,
    SPOKEN_LETTERS,
    SPOKEN_OPERATORS,
)
from evals.notation.tree import Node, fold, members, row, walk

_TRAILING = frozenset((",", ".", ";"))
_TRANSPOSE = "⊤"
_UNHEARD_FONTS = SPOKEN_DROPPED_FONTS | SPOKEN_BOLD_FONTS
_COLON, _EQUALS = Node("op", ":"), Node("op", "=")
_CHILDREN = attrgetter("children")


def spoken_trees(strict: Node) -> tuple[Node, ...]:
    """The trees this formula may sound like, from its strict tree.

    One; twice as many where a bold letter may be a plain letter or a vector, and where a
    function's argument may or may not have been bracketed.
    """
    nodes = walk(strict)
    vectors = (False, True) if any(map(_is_bold, nodes)) else (False,)
    arguments = (False, True) if any(map(is_function, nodes)) else (False,)
    return tuple(_spoken_tree(strict, *form) for form in product(vectors, arguments))


def _spoken_tree(strict: Node, bold_is_vector: bool, arguments_whole: bool) -> Node:
    rebuild = partial(_rebuild, bold_is_vector=bold_is_vector, arguments_whole=arguments_whole)
    nodes = list(members(fold(strict, _CHILDREN, rebuild)))
    while nodes and nodes[-1].kind == "op" and nodes[-1].text in _TRAILING:
        nodes.pop()
    return row(nodes)


def _is_bold(node: Node) -> bool:
    return node.kind == "id" and node.text.partition(":")[0] in SPOKEN_BOLD_FONTS


def _rebuild(
    node: Node, children: list[Node], *, bold_is_vector: bool, arguments_whole: bool
) -> Node:
    kind, text = node.kind, node.text
    if not children:
        return _leaf(node, bold_is_vector)
    if kind == "row":
        named = name_vector_products(node.children, children)
        return row(_arrange(named, arguments_whole=arguments_whole))
    if kind == "accent":
        text = SPOKEN_ACCENTS.get(text, text)
    elif kind in ("frac", "sqrt", "root"):
        children = list(map(unbracket_whole, children))
    elif kind == "scripts":
        children = [children[0], *map(_join_letters, children[1:])]
    return Node(kind, text, tuple(children))


@lru_cache(maxsize=4096)
def _leaf(leaf: Node, bold_is_vector: bool) -> Node:
    kind, text = leaf.kind, leaf.text
    if kind == "id" and bold_is_vector and _is_bold(leaf):
        return Node("accent", SPOKEN_ACCENTS["→"], (_letter(text),))
    if kind == "id" or text == _TRANSPOSE:
        return _letter(text.replace(_TRANSPOSE, "T"))
    if kind == "num":
        return Node("num", without_grouping(text).rstrip("."))
    return Node("op", SPOKEN_OPERATORS.get(text, text)) if kind == "op" else leaf


def _letter(text: str) -> Node:
    font, _, letter = text.rpartition(":")
    plain = SPOKEN_LETTERS.get(letter, letter)
    if not font or font in _UNHEARD_FONTS:
        return Node("id", plain)
    return Node("id", f"{font}:{plain}")


def _arrange(nodes: list[Node], *, arguments_whole: bool) -> list[Node]:
    """One row of siblings: brackets found, slashes made fractions, times left out."""
    inside = partial(_arrange_inside, arguments_whole=arguments_whole)
    return inside(group_brackets(_defining_equals(nodes), inside))


def _arrange_inside(nodes: list[Node], *, arguments_whole: bool) -> list[Node]:
    divided = slashes_to_fractions(nodes)
    bracketed = bracket_arguments(divided) if arguments_whole else divided
    return without_times(unbracket_atoms(bracketed))


def _defining_equals(nodes: list[Node]) -> list[Node]:
    if _COLON not in nodes:
        return nodes
    joined: list[Node] = []
    for node in nodes:
        if node == _EQUALS and joined[-1:] == [_COLON]:
            joined[-1] = Node("op", ":=")
        else:
            joined.append(node)
    return joined


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
