"""What stands between two operands: relations, sums, products and fraction bars."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from agent.spoken.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.exponents import COUNTING
from agent.spoken.groups import has_power, lifted, read_group
from agent.spoken.nodes import (
    Accented,
    Fenced,
    Fraction,
    Letter,
    Listed,
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
from agent.spoken.quotients import equated_quotients, is_polynomial
from agent.spoken.trees import first_factor, last_term, unfenced

if TYPE_CHECKING:
    from agent.spoken.parser import Parser

_OPENED = frozenset(("(", "{", "open", "paren", "parenthesis", "bracket", "brace"))
_QUOTIENT_WORDS = 30
_STEPS = (Letter("h"), Letter("\\Delta"), Letter("\\delta"))


def listed(parser: "Parser", left: Parse, at: int, _sign: str) -> list[Parse]:
    """Another item after a comma; after a colon, the ends of a map."""
    items = left.node.items if isinstance(left.node, Listed) else (left.node,)
    found: list[Parse] = []
    for right in parser.parse(at, Binding.RELATION):
        is_map = isinstance(right.node, Relation) and right.node.sign in ("\\to", "\\mapsto")
        if is_map and parser.said[at - 1] == ":":
            node: Node = Relation(":", left.node, right.node)
        else:
            node = Listed((*items, right.node))
        found.append(joined(left, right, node, Binding.LIST))
    return found


def conditioned(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """A | B, as recognisers write it between brackets."""
    if not _OPENED & set(parser.words[:at]):
        return []
    return relation(parser, left, at, sign)


def relation(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """Equals, less than, approaches, and what follows."""
    whole = equated_quotients(parser, at) if sign == "=" else []
    return [
        joined(left, right, Relation(sign, left.node, right.node), Binding.RELATION)
        for right in (*whole, *parser.parse(at, Binding.WIDE))
    ]


def arrow(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """x to y: of a whole phrase only, for in a sentence "to" is everywhere."""
    if parser.stops & Stop.OF or not at < len(parser.words):
        return []
    return relation(parser, left, at, sign)


def bracket_after_pause(
    parser: "Parser", left: Parse, at: int, fence: tuple[str, str]
) -> list[Parse]:
    """x squared, open paren x plus one, close paren: a factor, or an argument."""
    is_called = isinstance(left.node, Letter | Scripts) and left.node != Letter("e")
    return [
        joined(left, right, Product("", left.node, right.node), Binding.ARGUMENT)
        for right in read_group(parser, at, fence)
        if not (is_called and isinstance(right.node, Number))
    ]


def factor_after_pause(parser: "Parser", left: Parse, at: int, _name: str) -> list[Parse]:
    """One over n, the sum of ...: a factor."""
    start = at
    while parser.word(start - 1) != ",":
        start -= 1
    return [
        joined(left, right, Product("", left.node, right.node), Binding.PRODUCT)
        for right in parser.parse(start, Binding.FACTOR)
    ]


def loose_equals(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """x is five: an equation where a formula follows, prose where it doesn't."""
    is_set = isinstance(left.node, Symbol)
    if is_set or parser.word(at) in ("a", "an", "i", "in", "to", "for", "why", "see", "be"):
        return []
    return [
        dearer(parse, 0.3, "is means equals")
        for parse in relation(parser, left, at, sign)
        if parser.word(parse.end) not in ("of", "more", "less")
    ]


def addition(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """Another term; a fraction as the last term may reach back over all terms."""
    if parser.stops & Stop.BAR and parser.word(at) == "c" and "integral" in parser.words:
        return []  # the constant of integration is under no root
    said = parser.words[max(0, at - _QUOTIENT_WORDS) : at]
    found: list[Parse] = []
    for right in parser.parse(at, Binding.PRODUCT):
        found += _with_term(said, left, right, sign)
        found += _whole_raised(parser, left, right, sign) + _whole_halved(left, right, sign)
        found += _whole_multiplied(left, right, sign)
    return found


def _whole_raised(parser: "Parser", left: Parse, right: Parse, sign: str) -> list[Parse]:
    """x plus one squared, where the power is of both."""
    is_raised = parser.word(right.end - 1) in ("squared", "cubed") and has_power(right.node)
    if not is_raised or isinstance(left.node, Sum):
        return []
    whole = lifted(Sum(sign, left.node, right.node))
    return [dearer(joined(left, right, whole, Binding.SUM), 1.2, "the power is of all terms")]


def _whole_multiplied(left: Parse, right: Parse, sign: str) -> list[Parse]:
    """x minus one times y, where both terms are multiplied."""
    product = right.node
    if not isinstance(product, Product) or product.sign != "\\times" or isinstance(left.node, Sum):
        return []
    whole = Product("\\times", Fenced(Sum(sign, left.node, product.left)), product.right)
    return [dearer(joined(left, right, whole, Binding.SUM), 1.3, "all terms are multiplied")]


def _whole_halved(left: Parse, right: Parse, sign: str) -> list[Parse]:
    """One half x plus one, where the half is of both."""
    part = left.node
    if not isinstance(part, Product) or not isinstance(part.left, Fraction) or part.left.has_bar:
        return []
    whole = Product("", part.left, Fenced(Sum(sign, part.right, right.node)))
    return [dearer(joined(left, right, whole, Binding.SUM), 1.5, "the part is of all terms")]


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
            dearer(joined(left, right, other, Binding.SUM), 1.0, choice),
        ]
    cost = 1.2 if isinstance(left.node, Fraction | Sum) else 0.6
    return [
        joined(left, right, alone, Binding.SUM),
        dearer(joined(left, right, whole, Binding.SUM), cost, "the fraction takes all terms"),
    ]


def product(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
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
    if _is_factorial(left.node) and sums and _is_factorial(last_term(_factor_of(sums[0].node))):
        return [_times_factorial(left, sums[0])]
    if rights[0].node == left.node or _has_bracketed(left.node):  # n times n plus one
        return sums + [dearer(parse, 1.0, "times one term") for parse in found]
    return found + [dearer(parse, 1.5, "times all that follows") for parse in sums]


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
    return [dearer(joined(left, right, node, Binding.PRODUCT), 0.8, "all factors over")]


def _has_bracketed(node: Node) -> bool:
    """Whether brackets were put around a factor before: n times n plus one times two n plus one."""
    return isinstance(node, Product) and isinstance(node.right, Fenced)


def _times_sum(parser: "Parser", left: Parse, at: int) -> list[Parse]:
    return [
        joined(left, right, Product("\\times", left.node, Fenced(right.node)), Binding.FACTOR)
        for right in parser.parse(at, Binding.SUM, parser.stops | Stop.BAR | Stop.TIMES)
    ]


def _is_factorial(node: Node) -> bool:
    return isinstance(node, Marked) and node.mark == "!"


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


def fraction(parser: "Parser", left: Parse, at: int, _bar: bool) -> list[Parse]:
    """What stands over what; after one over one plus, all the terms."""
    if parser.stops & Stop.BAR:
        return []
    if parser.word(at - 1) == "by" and parser.word(at - 2) != "divided":
        return _by(parser, left, at)
    tightness = Binding.PRODUCT if _is_factorial(left.node) else Binding.FACTOR
    found = [
        joined(left, right, Fraction(unfenced(left.node), unfenced(right.node)), Binding.FRACTION)
        for right in parser.parse(at, tightness)
    ]
    if found and parser.word(found[0].end) in ("plus", "minus"):
        found += _longer_denominators(parser, left, at)
        if _is_whole_denominator(parser, left, at):
            found[0] = dearer(found[0], 1.5, "the denominator ends early")
    return found


def _by(parser: "Parser", left: Parse, at: int) -> list[Parse]:
    """Two by three is a size, x by two a quotient."""
    found: list[Parse] = []
    for right in parser.parse(at, Binding.FACTOR):
        is_size = isinstance(left.node, Number) and isinstance(right.node, Number)
        if is_size or (left.node, right.node) == (Letter("m"), Letter("n")):
            node: Node = Product("\\times", left.node, right.node)
        else:
            node = Fraction(unfenced(left.node), unfenced(right.node))
        found.append(joined(left, right, node, Binding.FRACTION))
    return found


def wide_fraction(parser: "Parser", left: Parse, at: int, _bar: bool) -> list[Parse]:
    """All over: everything since the relation is the numerator."""
    short = parser.parse(at, Binding.PRODUCT)
    found = [joined(left, right, Fraction(left.node, right.node), Binding.WIDE) for right in short]
    if short and parser.word(short[0].end) in ("plus", "minus"):
        for right in parser.parse(at, Binding.SUM):
            node = Fraction(left.node, right.node)
            longer = joined(left, right, node, Binding.WIDE)
            found.append(dearer(longer, 0.3, "a longer denominator"))
    return found


def _longer_denominators(parser: "Parser", left: Parse, at: int) -> list[Parse]:
    stops = parser.stops | (Stop.TIMES if _is_timed(parser, at) else Stop.NOTHING)
    longer = [
        joined(left, right, Fraction(left.node, right.node), Binding.FRACTION)
        for right in parser.parse(at, Binding.SUM, stops)
        if isinstance(right.node, Sum)
    ]
    if _is_whole_denominator(parser, left, at):
        return longer
    return [dearer(parse, 1.0, "a longer denominator") for parse in longer]


def _is_whole_denominator(parser: "Parser", left: Parse, at: int) -> bool:
    """One over one plus x; one over n plus one."""
    word = parser.word(at)
    is_count = word in COUNTING and parser.word(at + 2) in ("one", "1")
    if isinstance(left.node, Product) and left.node.left == Letter("d"):
        return True  # d x over x squared plus one
    if left.node == Number("1") and (word in ("1", "one") or is_count):
        return True
    return is_polynomial(parser, at) or (left.node == Number("1") and _is_timed(parser, at))


def _is_timed(parser: "Parser", at: int) -> bool:
    """One over b minus a times: only a closed denominator is multiplied."""
    terms = parser.parse(at, Binding.SUM, parser.stops | Stop.TIMES)[:1]
    return bool(terms) and parser.word(terms[0].end) == "times"


def _reaches_back(said: Sequence[str], left: Node, sign: str, last: Fraction) -> bool:
    """Difference quotients and the quadratic formula are fractions as a whole."""
    if sign == "\\pm" and isinstance(last.numerator, Root):
        return isinstance(left, Signed)
    return first_factor(last.denominator) in _STEPS and ("h" in said or "delta" in said)
