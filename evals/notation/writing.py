"""A canonical tree written as tokens: LaTeX in which every formula has one spelling."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import attrgetter

from evals.notation.symbols import ACCENT_NAMES, BRACKET_PAIRS
from evals.notation.tree import EMPTY, Node, fold

Tokens = list[str]
_OPERATORS = {"\n": "\\\\", "{": "\\{", "}": "\\}", "%": "\\%"}
_CHILDREN = attrgetter("children")


def write(tree: Node) -> Tokens:
    """The tokens of a strict or spoken tree; `as_text` joins them."""
    return fold(tree, _CHILDREN, _write)


def as_text(tokens: Sequence[str]) -> str:
    """Tokens as LaTeX, with a space only where a command's name would run on."""
    text = ""
    for before, token in pairwise(["", *tokens]):
        is_command = before.startswith("\\") and before[-1].isalpha()
        text += f" {token}" if is_command and token[:1].isalpha() else token
    return text


def _write(node: Node, parts: list[Tokens]) -> Tokens:
    if not parts:
        return _leaf(node)
    return _WRITERS.get(node.kind, _row)(node, parts)


def _fraction(node: Node, parts: list[Tokens]) -> Tokens:
    return ["\\binom" if node.text else "\\frac", *_braced(parts[0]), *_braced(parts[1])]


def _square_root(_: Node, parts: list[Tokens]) -> Tokens:
    return ["\\sqrt", *_braced(parts[0])]


def _root(_: Node, parts: list[Tokens]) -> Tokens:
    return ["\\sqrt", "[", *parts[1], "]", *_braced(parts[0])]


def _accent(node: Node, parts: list[Tokens]) -> Tokens:
    return [ACCENT_NAMES.get(node.text, node.text), *_braced(parts[0])]


def _group(node: Node, parts: list[Tokens]) -> Tokens:
    opening, closing = BRACKET_PAIRS.get(node.text, node.text)
    return [opening, *_joined(parts), closing]


def _table(_: Node, parts: list[Tokens]) -> Tokens:
    return _joined(parts, "\\\\")


def _table_row(_: Node, parts: list[Tokens]) -> Tokens:
    return _joined(parts, "&")


def _row(_: Node, parts: list[Tokens]) -> Tokens:
    return _joined(parts)


def _leaf(node: Node) -> Tokens:
    if node.kind == "group":
        return list(BRACKET_PAIRS.get(node.text, node.text))
    font, _, letter = node.text.rpartition(":")
    if node.kind == "id" and font:
        return [f"\\math{font}{{{letter}}}"]
    if node.kind == "word" and node.text.isascii() and node.text.isalpha():
        return [f"\\{node.text}"]
    if node.kind == "op" and node.text in _OPERATORS:
        return [_OPERATORS[node.text]]
    return [node.text] if node.text else []


def _scripts(node: Node, parts: list[Tokens]) -> Tokens:
    written = [*parts[0], *["'"] * int(node.text)]
    for mark, part, child in zip("_^", parts[1:], node.children[1:], strict=True):
        if child != EMPTY:
            written += [mark, *_braced(part)]
    return written


def _braced(tokens: Tokens) -> Tokens:
    return ["{", *tokens, "}"]


def _joined(parts: list[Tokens], between: str = "") -> Tokens:
    written: Tokens = []
    for index, part in enumerate(parts):
        if index and between:
            written.append(between)
        written += part
    return written


_WRITERS: dict[str, Callable[[Node, list[Tokens]], Tokens]] = {
    "frac": _fraction,
    "sqrt": _square_root,
    "root": _root,
    "scripts": _scripts,
    "accent": _accent,
    "enclose": _accent,
    "group": _group,
    "table": _table,
    "tr": _table_row,
}
