"""What a formula may be before any parser sees it."""

import unicodedata

MAX_CHARACTERS = 4000
MAX_NESTING = 200

_ALLOWED_CONTROLS = frozenset("\t\n\r")
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def refusal(latex: str) -> str | None:
    """Why this formula is refused unread, or None; a sentence for a person."""
    if not latex.strip():
        return "expected a formula, got nothing"
    if len(latex) > MAX_CHARACTERS:
        return f"expected at most {MAX_CHARACTERS} characters, got {len(latex)}"
    if _nesting(latex) > MAX_NESTING:
        return f"expected at most {MAX_NESTING} nested groups"
    if not latex.isprintable() and any(map(_is_forbidden, latex)):
        return "expected printable text, got control or reordering characters"
    return None


def _nesting(latex: str) -> int:
    deepest = depth = 0
    for character in latex:
        if character == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif character == "}":
            depth -= 1
    return deepest


def _is_forbidden(character: str) -> bool:
    if character in _ALLOWED_CONTROLS:
        return False
    return character in _REORDERING or unicodedata.category(character) in ("Cc", "Cs", "Co", "Cn")
