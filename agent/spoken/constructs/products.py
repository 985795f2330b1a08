"""Factors with a word between them: times, dot, cross."""

from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.grammar import Infix
from agent.spoken.parsing.nodes import (
    Accented,
    Fenced,
    Fraction,
    Listed,
    Marked,
    Node,
    Number,
    Product,
    Rows,
    Scripts,
    Signed,
    Sum,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MODERATE, UNLIKELY, USUAL
from agent.spoken.parsing.trees import is_factorial, last_term, unfenced
from agent.spoken.vocabulary.table import Table, by_meaning

PRODUCTS = by_meaning(
    {
        "\\times": "times|multiplied by|cross|times by|lots of|into|cartesian product",
        "\\cdot": "dot",
        "\\bmod": "mod|modulo",
        "\\circ": "composed with|composition|circle",
        "\\otimes": "tensor|o times",
        "\\ast": "convolved with|asterisk",
    }
)


def product(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """Another factor; brackets that nobody spoke may hold a sum after "times"."""
    is_dots = sign == "\\cdot" and parser.word(at) == "dot"
    if parser.stops & Stop.TIMES or is_dots:
        return []
    if parser.word(at) == ",":
        return [_times_pause(left, right, sign) for right in parser.parse(at + 1, Binding.SUM)]
    rights = parser.parse(at, Binding.FRACTION)
    if parser.word(at - 1) == "times" and any(_is_vector(p.node) for p in (left, *rights)):
        sign = ""  # a cross between vectors would be another product
    found = [
        joined(left, right, Product(sign, left.node, _column(left, right)), Binding.PRODUCT)
        for right in rights
    ]
    found += [whole for right in rights for whole in _all_over(left, right, sign)]
    if sign != "\\times" or not rights or parser.word(rights[0].end) not in ("plus", "minus"):
        return found
    sums = _times_sum(parser, left, at)
    is_countdown = is_factorial(left.node) or rights[0].node == left.node
    if is_countdown and sums and is_factorial(last_term(_factor_of(sums[0].node))):
        return [_times_factorial(left, sums[0])]
    is_one = rights[0].node == Number("1")  # nobody multiplies by one
    if is_one or rights[0].node == left.node or _has_bracketed(left.node):  # n times n plus one
        return sums + [dearer(parse, USUAL, "times one term") for parse in found]
    return found + [dearer(parse, UNLIKELY, "times all that follows") for parse in sums]


def factor_after_pause(parser: Parser, left: Parse, at: int, _name: str) -> list[Parse]:
    """One over n, the sum of ...: a factor."""
    start = at
    while parser.word(start - 1) != ",":
        start -= 1
    return [
        joined(left, right, Product("", left.node, right.node), Binding.PRODUCT)
        for right in parser.parse(start, Binding.FACTOR)
    ]


def with_article(words: Table[str]) -> Table[str]:
    """The same words, each with and without "the" before it."""
    return Table((f"{said}|the {said}", value) for said, value in words.rows())


def _is_vector(node: Node) -> bool:
    """Whether a product ends or begins with an accented letter."""
    core = node.right if isinstance(node, Product) else node
    core = core.operand if isinstance(core, Signed) else core
    core = core.base if isinstance(core, Scripts) else core
    return isinstance(core, Accented)


def _column(left: Parse, right: Parse) -> Node:
    """A vector by its components is a column behind a matrix."""
    components = unfenced(right.node)
    if not isinstance(left.node, Rows) or not isinstance(components, Listed):
        return right.node
    return Rows("pmatrix", tuple((item,) for item in components.items))


def _times_pause(left: Parse, right: Parse, sign: str) -> Parse:
    """Two times, x plus one: a pause opens brackets."""
    factor = Fenced(right.node) if isinstance(right.node, Sum) else right.node
    return joined(left, right, Product(sign, left.node, factor), Binding.PRODUCT)


def _all_over(left: Parse, right: Parse, sign: str) -> list[Parse]:
    """Factors, the last of them a fraction, as one fraction."""
    last = right.node
    if not isinstance(last, Fraction) or not last.has_bar:
        return []
    node = Fraction(Product(sign, left.node, last.numerator), last.denominator)
    return [dearer(joined(left, right, node, Binding.PRODUCT), MODERATE, "all factors over")]


def _has_bracketed(node: Node) -> bool:
    """Whether brackets were put around a factor before: n times n plus one times two n plus one."""
    return isinstance(node, Product) and isinstance(node.right, Fenced)


def _times_sum(parser: Parser, left: Parse, at: int) -> list[Parse]:
    with parser.until(parser.stops | Stop.BAR | Stop.TIMES):
        rights = parser.parse(at, Binding.SUM)
    return [
        joined(left, right, Product("\\times", left.node, Fenced(right.node)), Binding.FACTOR)
        for right in rights
    ]


def _factor_of(product: Node) -> Node:
    right = product.right if isinstance(product, Product) else product
    return unfenced(right)


def _times_factorial(left: Parse, with_sum: Parse) -> Parse:
    """k factorial times n minus k factorial: the factorial is of the difference."""
    terms = _factor_of(with_sum.node)
    if isinstance(terms, Sum) and isinstance(terms.right, Marked):
        whole = Fenced(Sum(terms.sign, terms.left, terms.right.base))
        return with_sum._replace(node=Product("", left.node, Marked(whole, "!")))
    return with_sum


RULES = (
    Infix(PRODUCTS, Binding.PRODUCT, product),
    Infix(PRODUCTS, Binding.WIDE, product, after_pause=True),
)
