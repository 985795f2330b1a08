"""The strict tier: KaTeX's MathML without what only formats it."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from evals.notation.numbers import join_numbers
from evals.notation.scripts import attach_scripts
from evals.notation.symbols import FONTS, INVISIBLE, PRIMES, STRICT_SYMBOLS
from evals.notation.tables import build_row, build_table
from evals.notation.tree import Node, fold, row

Nodes = tuple[Node, ...]
Parts = list[Nodes]

_NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
_SEMANTICS = f"{_NAMESPACE}semantics"


def strict_tree(markup: str) -> Node:
    """The canonical tree of one `<math>` element written by KaTeX.

    Spaces, sizes, colours, phantoms and stretchiness are gone; letters keep their font.
    """
    math = ElementTree.fromstring(markup)  # noqa: S314 (KaTeX wrote it: no document type)
    nodes = fold(math, _children_of, _build)
    while nodes and nodes[-1] == NEWLINE:
        nodes = nodes[:-1]
    return row(nodes)


NEWLINE = Node("op", "\n")
_STOP = Node("op", ".")


_NUMBER, _SIGN = f"{_NAMESPACE}mn", f"{_NAMESPACE}mo"
_LEAVES = frozenset((f"{_NAMESPACE}mi", _NUMBER, _SIGN))
_ARITIES = {
    f"{_NAMESPACE}{name}": arity
    for arity, names in {
        2: ("mfrac", "mroot", "msub", "msup", "munder", "mover"),
        3: ("msubsup", "munderover"),
    }.items()
    for name in names
}


def _children_of(element: Element) -> Iterable[Element]:
    if not len(element):
        return ()
    if element.tag == _SEMANTICS:
        return element[:1]  # the rest annotates
    arity = _ARITIES.get(element.tag, len(element))
    if len(element) == arity:
        return element
    # KaTeX writes `\frac{\sin}{x}` with the invisible "apply" as a third child of the fraction
    visible = [child for child in element if (child.text or "") not in INVISIBLE]
    return visible if len(visible) == arity else element[:arity]


def _build(element: Element, parts: Parts) -> Nodes:
    if not parts and element.tag in _LEAVES:
        return _leaf(element.tag, element.text or "", element.get("mathvariant", "italic"))
    return _BUILDERS.get(element.tag, _siblings)(element, parts)


def _siblings(element: Element, parts: Parts) -> Nodes:
    """Rows, styles and paddings: their children in place, upright runs and numbers joined."""
    nodes = [node for part in parts for node in part]
    return tuple(_postfix_marks(_ellipses(join_numbers(_upright_words(element, nodes)))))


@lru_cache(maxsize=4096)
def _leaf(tag: str, text: str, variant: str) -> Nodes:
    """A letter, number or sign; most of a corpus are a few hundred of them."""
    if tag == _NUMBER:
        return (Node("num", text.strip()),)
    if tag == _SIGN or (len(text) <= 1 and not text.isalpha()):
        return _sign(text)
    font = FONTS.get(variant, "")
    if len(text) > 1:
        return (Node("word", text),)
    return (Node("id", f"{font}:{text}" if font else text),)


def _sign(text: str) -> Nodes:
    text = "".join(mark for mark in text if mark not in INVISIBLE)
    text = unicodedata.normalize("NFC", text)  # `\\not=` is two code points, `\\neq` one
    return (Node("op", STRICT_SYMBOLS.get(text, text)),) if text.strip() else ()


def _operator(_element: Element, parts: Parts) -> Nodes:
    """An operator made of parts: `\\mathop{max}`."""
    letters = [node for part in parts for node in part]
    if len(letters) > 1 and all(node.kind == "id" for node in letters):
        return (Node("word", "".join(node.text for node in letters)),)
    return tuple(letters)


def _text(element: Element, _parts: Parts) -> Nodes:
    visible = "".join(mark for mark in element.text or "" if mark not in INVISIBLE).strip()
    if len(visible) == 1 and visible.isalpha():
        return (Node("id", visible),)  # `\\text{d}x`
    return tuple(
        Node("word" if any(map(str.isalnum, word)) else "op", word) for word in visible.split()
    )


def _space(element: Element, _parts: Parts) -> Nodes:
    return (NEWLINE,) if element.get("linebreak") == "newline" else ()


def _nothing(_element: Element, _parts: Parts) -> Nodes:
    return ()


def _fraction(element: Element, parts: Parts) -> Nodes:
    above, below = (row(part) for part in parts)
    bare = element.get("linethickness") == "0px"  # a binomial's inside
    return (Node("frac", "bare" if bare else "", (above, below)),)


def _square_root(element: Element, parts: Parts) -> Nodes:
    return (Node("sqrt", "", (row(_siblings(element, parts)),)),)


def _root(_element: Element, parts: Parts) -> Nodes:
    return (Node("root", "", (row(parts[0]), row(parts[1]))),)


def _subscript(_element: Element, parts: Parts) -> Nodes:
    return attach_scripts(parts[0], parts[1], ())


def _superscript(_element: Element, parts: Parts) -> Nodes:
    return attach_scripts(parts[0], (), parts[1])


def _both_scripts(_element: Element, parts: Parts) -> Nodes:
    return attach_scripts(parts[0], parts[1], parts[2])


def _under(element: Element, parts: Parts) -> Nodes:
    if _is_mark(element, 1):
        return (Node("accent", f"under {_mark(parts[1])}", (row(parts[0]),)),)
    return attach_scripts(parts[0], parts[1], ())


def _over(element: Element, parts: Parts) -> Nodes:
    if _is_mark(element, 1):
        return (Node("accent", _mark(parts[1]), (row(parts[0]),)),)
    return attach_scripts(parts[0], (), parts[1])


def _is_mark(element: Element, place: int) -> bool:
    """Whether that child is a mark drawn over or under the base, not a script."""
    if element.get("accent") == "true" or element.get("accentunder") == "true":
        return True
    return element[place].tag == f"{_NAMESPACE}mo" and element[place].get("stretchy") == "true"


def _mark(part: Nodes) -> str:
    return "".join(node.text for node in part)


def _enclosed(element: Element, parts: Parts) -> Nodes:
    nodes = _siblings(element, parts)
    notation = element.get("notation", "")
    return nodes if notation == "box" else (Node("enclose", notation, (row(nodes),)),)


def _table(element: Element, parts: Parts) -> Nodes:
    return build_table(element, [part[0] for part in parts], NEWLINE)


def _table_row(_element: Element, parts: Parts) -> Nodes:
    return (build_row(parts),)


def _upright_words(element: Element, nodes: list[Node]) -> list[Node]:
    """Runs of upright letters in this row as one word: `\\mathrm{max}`."""
    upright = [_is_upright_letter(child) for child in element]
    if len(upright) != len(nodes) or sum(upright) < 2:
        return nodes
    joined: list[Node] = []
    for index, node in enumerate(nodes):
        if index and upright[index] and upright[index - 1]:
            joined[-1] = Node("word", joined[-1].text + node.text)
        else:
            joined.append(node)
    return joined


def _is_upright_letter(element: Element) -> bool:
    text = element.text or ""
    return (
        element.tag == f"{_NAMESPACE}mi"
        and element.get("mathvariant") == "normal"
        and text.isascii()
        and text.isalpha()
    )


def _ellipses(nodes: list[Node]) -> list[Node]:
    """Three typed full stops as one mark."""
    if nodes.count(_STOP) < 3:
        return nodes
    joined: list[Node] = []
    for node in nodes:
        joined.append(node)
        if joined[-3:] == [_STOP] * 3:
            joined[-3:] = [Node("op", "…")]
    return joined


def _postfix_marks(nodes: list[Node]) -> list[Node]:
    """`90°` written as `90^\\circ`, and a typed prime as a prime; primes alone stay a row."""
    joined: list[Node] = []
    for node in nodes:
        is_mark = node.kind == "op" and (node.text == "°" or node.text in PRIMES)
        if is_mark and joined and joined[-1].text not in PRIMES:
            mark = Node("op", "∘") if node.text == "°" else node
            joined[-1:] = attach_scripts((joined[-1],), (), (mark,))
        else:
            joined.append(node)
    return joined


_BUILDERS_BY_NAME: dict[str, Callable[[Element, Parts], Nodes]] = {
    "mo": _operator,
    "mtext": _text,
    "mspace": _space,
    "mphantom": _nothing,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "msub": _subscript,
    "msup": _superscript,
    "msubsup": _both_scripts,
    "munder": _under,
    "mover": _over,
    "munderover": _both_scripts,
    "menclose": _enclosed,
    "mtable": _table,
    "mtr": _table_row,
}
_BUILDERS = {f"{_NAMESPACE}{name}": builder for name, builder in _BUILDERS_BY_NAME.items()}
