"""Terms: plus, minus, and how far what follows reaches back."""

from collections.abc import Sequence

from agent.spoken.constructs.groups import has_power, lifted
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.grammar import Infix
from agent.spoken.parsing.nodes import (
    Accented,
    Fenced,
    Fraction,
    Letter,
    Node,
    Number,
    Product,
    Root,
    Signed,
    Sum,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import (
    CLOSE_CALL,
    FAR_LIKELIER,
    MORE_UNUSUAL,
    NEARLY_USUAL,
    RARE,
    UNLIKELY,
    UNUSUAL,
    USUAL,
)
from agent.spoken.parsing.trees import first_factor
from agent.spoken.vocabulary.numbers import is_number_word
from agent.spoken.vocabulary.table import Table, by_meaning

SUMS = by_meaning(
    {
        "+": "plus|added to|and then plus",
        "-": "minus|subtract|take away|negative",
        "\\pm": "plus or minus|plus minus",
        "\\mp": "minus or plus|minus plus",
        "\\cup": "union",
        "\\cap": "intersect|intersection|intersected with|intersection with",
        "\\setminus": "set minus|backslash",
        "\\wedge": "wedge|logical and",
        "\\vee": "logical or",
        "\\oplus": "direct sum|o plus",
    }
)
_QUOTIENT_WORDS = 30
_STEPS = (Letter("h"), Letter("\\Delta"), Letter("\\delta"))


def addition(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """Another term; a fraction as the last term may reach back over all terms."""
    if parser.stops & Stop.BAR and parser.word(at) == "c" and "integral" in parser.words:
        return []  # the constant of integration is under no root
    said = parser.words[max(0, at - _QUOTIENT_WORDS) : at]
    found: list[Parse] = []
    for right in parser.parse(at, Binding.PRODUCT):
        found += _with_term(said, left, right, sign) + _whole_chosen(left, right, sign)
        found += _whole_raised(parser, left, right, sign) + _whole_halved(left, right, sign)
        found += _whole_multiplied(left, right, sign)
    return found


def counted_together(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """Two and three makes five: "and" adds numbers where their sum follows."""
    if not isinstance(left.node, Number | Sum):
        return []
    return [
        joined(left, right, Sum("+", left.node, right.node), Binding.SUM)
        for right in parser.operands(at)[:1]
        if isinstance(right.node, Number)
        and parser.word(right.end) in ("is", "are", "makes", "make", "equals")
        and is_number_word(parser.word(right.end + 1))
    ]


def _whole_raised(parser: Parser, left: Parse, right: Parse, sign: str) -> list[Parse]:
    """x plus one squared, where the power is of both."""
    is_raised = parser.word(right.end - 1) in ("squared", "cubed") and has_power(right.node)
    if not is_raised or isinstance(left.node, Sum) or has_power(left.node):
        return []
    whole = lifted(Sum(sign, left.node, right.node))
    return [dearer(joined(left, right, whole, Binding.SUM), UNUSUAL, "the power is of all terms")]


def _whole_multiplied(left: Parse, right: Parse, sign: str) -> list[Parse]:
    """x minus one times y, where both terms are multiplied."""
    product = right.node
    if not isinstance(product, Product) or product.sign != "\\times" or isinstance(left.node, Sum):
        return []
    whole = Product("\\times", Fenced(Sum(sign, left.node, product.left)), product.right)
    return [
        dearer(joined(left, right, whole, Binding.SUM), MORE_UNUSUAL, "all terms are multiplied")
    ]


def _whole_chosen(left: Parse, right: Parse, sign: str) -> list[Parse]:
    """n plus one choose k: from all terms, likelier where the last is a number."""
    choice = right.node
    if not isinstance(choice, Accented) or choice.command != "binom":
        return []
    upper, lower = choice.arguments
    whole = Accented("binom", (Sum(sign, left.node, upper), lower))
    cost = FAR_LIKELIER if isinstance(upper, Number) else NEARLY_USUAL
    return [dearer(joined(left, right, whole, Binding.SUM), cost, "chosen from all terms")]


def _whole_halved(left: Parse, right: Parse, sign: str) -> list[Parse]:
    """One half x plus one, where the half is of both."""
    part = left.node
    if not isinstance(part, Product) or not isinstance(part.left, Fraction) or part.left.has_bar:
        return []
    whole = Product("", part.left, Fenced(Sum(sign, part.right, right.node)))
    return [dearer(joined(left, right, whole, Binding.SUM), UNLIKELY, "the part is of all terms")]


def _with_term(said: Sequence[str], left: Parse, right: Parse, sign: str) -> list[Parse]:
    last = right.node
    alone = Sum(sign, left.node, last)
    if not isinstance(last, Fraction) or not last.has_bar:
        return [joined(left, right, alone, Binding.SUM)]
    whole = Fraction(Sum(sign, left.node, last.numerator), last.denominator)
    if _reaches_back(said, left.node, sign, last):
        usual, other, choice = whole, alone, "the fraction takes only the last term"
        return [
            joined(left, right, usual, Binding.SUM),
            dearer(joined(left, right, other, Binding.SUM), USUAL, choice),
        ]
    cost = UNUSUAL if isinstance(left.node, Sum) else CLOSE_CALL
    cost = RARE if isinstance(left.node, Fraction) else cost  # a over b plus c over d
    return [
        joined(left, right, alone, Binding.SUM),
        dearer(joined(left, right, whole, Binding.SUM), cost, "the fraction takes all terms"),
    ]


def _reaches_back(said: Sequence[str], left: Node, sign: str, last: Fraction) -> bool:
    """Difference quotients and the quadratic formula are fractions as a whole."""
    if sign == "\\pm" and isinstance(last.numerator, Root):
        return isinstance(left, Signed)
    return first_factor(last.denominator) in _STEPS and ("h" in said or "delta" in said)


RULES = (
    Infix(SUMS, Binding.SUM, addition),
    Infix(SUMS, Binding.WIDE, addition, after_pause=True),
    Infix(Table({"and": True}), Binding.SUM, counted_together),
)
