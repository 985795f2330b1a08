"""How surely a word alone is mathematics and not prose."""

from agent.spoken.vocabulary.letters import GLUED, GREEK, LATIN
from agent.spoken.vocabulary.numbers import ORDINALS, PARTS, is_number_word

# Words that prose hardly has, that it has sometimes, and that it has often.
_CLEAR = frozenset(
    """
    squared cubed equals plus sine cosine tangent secant cosecant cotangent sin cos tan arctan
    arcsin arccos arcsine arccosine sinh cosh tanh log ln logarithm integral sub subscript
    superscript caret infinity factorial numerator denominator paren parenthesis parentheses
    nabla determinant derivative approximately ( limit
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_LIKELY = frozenset(
    """
    minus times over divided root power prime hat bar choose less greater sum product union
    intersection percent degrees inverse negative absolute slash approaches tends equal mod
    modulo square quantity implies half partial bracket brackets transpose dot probability
    element subset multiplied hyperbolic sqrt infimum supremum degree tilde integrate star comma interval
    """.split()  # noqa: SIM905 (a list of words is read as words)
)


def weight(word: str) -> float:
    """How surely this word is mathematics: 2 clearly, 1 likely, 0 not at all."""
    if word in _CLEAR:
        return 2.0
    if word in GREEK:
        return 1.5
    if word in ("a", "i"):
        return 0.3
    if word in LATIN or word in _LIKELY or word in GLUED:
        return 1.0
    return 0.5 if is_number_word(word) or word in ORDINALS or word in PARTS else 0.0


def is_mathematical(word: str) -> bool:
    """Whether prose has this word sometimes, hardly or never."""
    return weight(word) >= 1.0


def is_prose_word(word: str) -> bool:
    """Whether mathematics hardly says this word; short ones are no evidence."""
    return len(word) > 3 and word.isalpha() and not weight(word)
