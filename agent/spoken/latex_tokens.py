"""LaTeX as tokens: where a part stands, and another in its place."""

import re
from collections.abc import Callable
from itertools import pairwise

TOKEN = re.compile(
    r"""
    \\(?:begin|end|text|operatorname|mathrm)\{[^{}]*\}   # a name is no formula to change
  | \\[A-Za-z]+ | \\. | \d+(?:\.\d+)? | \S
    """,
    re.VERBOSE,
)
_ORDINALS = {"first": 0, "second": 1, "third": 2, "last": -1}
_RELATIONS = frozenset(("=", "<", ">", "\\le", "\\ge", "\\ne", "\\approx", "\\equiv"))
_SCRIPTS = ("^", "_")
_OPENING, _CLOSING = frozenset("{([") | {"\\{"}, frozenset("})]") | {"\\}"}
Tokens = tuple[str, ...]


def places_of(tokens: Tokens, part: Tokens, which: str) -> list[int]:
    """Where `part` stands in `tokens`, without the places that `which` rules out."""
    size = len(part)
    places = [at for at in range(len(tokens) - size + 1) if tokens[at : at + size] == part]
    if which in _ORDINALS and places:
        index = _ORDINALS[which]
        return [places[index]] if index < len(places) else []
    return places if size else []


def put(tokens: Tokens, at: int, size: int, instead: Tokens) -> Tokens:
    """`instead` in the place of `size` tokens, held together where a script needs it."""
    is_script = at > 0 and tokens[at - 1] in _SCRIPTS
    has_script = tokens[at + size : at + size + 1] in (("^",), ("_",))
    if len(instead) > 1 and (is_script or has_script):
        instead = ("{", *instead, "}") if is_script else ("(", *instead, ")")
    return tokens[:at] + instead + tokens[at + size :]


def without(tokens: Tokens, at: int, size: int) -> Tokens | None:
    """Without `size` tokens and the script mark before them; None where something must stand."""
    end = at + size
    at -= at > 0 and tokens[at - 1] in _SCRIPTS
    is_base = tokens[end : end + 1] in (("^",), ("_",))
    is_only = at > 0 and tokens[at - 1] in _OPENING and tokens[end : end + 1] != ()
    if is_base or (is_only and tokens[end] in _CLOSING):
        return None
    return tokens[:at] + tokens[end:]


def each_side(tokens: Tokens, change: Callable[[Tokens], Tokens]) -> Tokens:
    """Both sides of a relation changed; without one, the whole formula."""
    at = relation_at(tokens)
    if at is None:
        return change(tokens)
    return (*change(tokens[:at]), tokens[at], *change(tokens[at + 1 :]))


def relation_at(tokens: Tokens) -> int | None:
    """The relation outside all brackets; None where there is none."""
    depth = 0
    for index, token in enumerate(tokens):
        depth += token in _OPENING or token.startswith("\\begin")
        depth -= token in _CLOSING or token.startswith("\\end")
        if depth == 0 and token in _RELATIONS:
            return index
    return None


def fenced(side: Tokens) -> Tokens:
    """In brackets where it is more than one token."""
    return side if len(side) == 1 else ("(", *side, ")")


def bracketed(side: Tokens) -> Tokens:
    """In brackets where it is a sum or begins with a digit."""
    is_safe = not {"+", "-"} & set(side) and not side[0][0].isdigit()
    return side if is_safe else ("(", *side, ")")


def is_whole(tokens: Tokens) -> bool:
    """Whether what is left begins and ends like a formula, with no sign beside a sign."""
    signs = {"+", "=", "^", "_", "\\times", "\\cdot"}
    if tokens[0] in signs or tokens[-1] in signs | {"-"}:
        return False
    return not any(a in signs and b in signs for a, b in pairwise(tokens))


def written(tokens: Tokens) -> str:
    """Tokens as LaTeX: a space only where a command would swallow the next letter."""
    text = ""
    for token in tokens:
        is_command = re.search(r"\\[A-Za-z]+$", text) is not None
        text += f" {token}" if is_command and token[:1].isalpha() else token
    return text
