"""Whether words that can be read as a formula are one, or prose."""

from collections.abc import Sequence

from agent.spoken.parsing.nodes import (
    Fenced,
    Fraction,
    Letter,
    Marked,
    Node,
    Number,
    Product,
    Relation,
    Root,
    Rows,
    Scripts,
    Signed,
    Sum,
    Symbol,
)
from agent.spoken.vocabulary.numbers import is_number_word
from agent.spoken.vocabulary.weights import weight

ENOUGH = 2.0
_BEFORE_A_NEGATIVE = frozenset(
    ["", "is", "be", "equals", "get", "got", "by", "to", "of", "with", "with", "at", ",", "and"]
)
_NUMBERED = frozenset(
    """
    question number part section page chapter exercise problem grade room flat gate platform
    level class year figure table case cases
    """.split()  # noqa: SIM905 (a list of words is read as words)
)
_VAGUE = frozenset(("a", "about", "hundred"))
_AFTER_DEGREES = frozenset(("of", "outside", "hotter", "colder", "warmer", "below", "above"))
_COUNTED_THINGS = frozenset(("of", "an", "hour", "hours", "way", "time", "times", "as"))


def is_formula(words: Sequence[str], at: int, end: int, node: Node) -> bool:
    """Whether words `at` to `end`, read as `node`, are worth showing as a formula."""
    core = node.inner if isinstance(node, Fenced) else node
    core = core.base if isinstance(core, Marked) and core.mark == "\\%" else core
    if isinstance(core, Number | Letter | Symbol) or _is_doubtful(words, at, end, node):
        return False
    return sum(map(weight, words[at:end])) + _shape(node) >= ENOUGH


def _shape(node: Node) -> float:
    """What the construct says beyond its words."""
    if isinstance(node, Fraction) and not node.has_bar:
        return 1.0 if isinstance(node.numerator, Number) else 0.0
    if isinstance(node, Rows):
        return ENOUGH
    if isinstance(node, Product) and isinstance(node.left, Number):
        return 0.5
    if isinstance(node, Product) and not node.sign and _is_letters(node):
        return -0.5
    if isinstance(node, Sum):
        return 0.3
    return 0.5 if isinstance(node, Relation | Root | Scripts | Signed) else 0.0


def _is_letters(node: Node) -> bool:
    if isinstance(node, Product):
        return _is_letters(node.left) and _is_letters(node.right)
    return isinstance(node, Letter)


def _is_doubtful(words: Sequence[str], at: int, end: int, node: Node) -> bool:
    """What prose says as well: three quarters of an hour, question four b, plus two more."""
    before = words[at - 1] if at else ""
    following = words[end] if end < len(words) else ""
    if isinstance(node, Fraction):
        return _is_doubtful_part(words, at, end, node) or before == "slash"
    if before == "slash" or (isinstance(node, Product) and before in _NUMBERED):
        return True
    if isinstance(node, Product) and node.sign == "\\,":
        return True  # ten kilograms
    if isinstance(node, Scripts) and node.sup == Symbol("\\circ"):
        return before in _VAGUE or following in _AFTER_DEGREES
    return isinstance(node, Signed) and _is_doubtful_sign(words, at, end, node)


def _is_doubtful_part(words: Sequence[str], at: int, end: int, node: Fraction) -> bool:
    """Three quarters of an hour, half a dozen, 3/4/2024."""
    following = words[end] if end < len(words) else ""
    if not node.has_bar:
        is_counted = following in _COUNTED_THINGS or words[at] in ("a", "an", "half")
        return is_counted or words[max(0, at - 1) : at] == ["for"]
    is_date = isinstance(node.numerator, Fraction)
    return is_date and all(word == "slash" or is_number_word(word) for word in words[at:end])


def _is_doubtful_sign(words: Sequence[str], at: int, end: int, node: Signed) -> bool:
    """Plus two more; minus three where no value is asked for; at least two."""
    if node.sign.endswith(" "):
        return "equal" not in words[at:end]
    before = words[at - 1] if at else ""
    return node.sign == "+" or before not in _BEFORE_A_NEGATIVE
