"""What stands over what, and how much of it."""

from agent.spoken.constructs.groups import ending, past_comma
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Fraction, Letter, Node, Number, Product, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import (
    CLOSE_CALL,
    FAR_LIKELIER,
    MOST_UNUSUAL,
    RARE,
    UNLIKELY,
    USUAL,
)
from agent.spoken.parsing.trees import first_factor, is_factorial, last_term, unfenced
from agent.spoken.vocabulary.letters import COUNTING, LATIN
from agent.spoken.vocabulary.relation_words import RELATIONS
from agent.spoken.vocabulary.table import Table

BARS = Table({"over|divided by|upon|slash|by|per": True})
WIDE_BARS = Table(
    {
        "all over|over all|the whole over|whole thing over|the whole thing over": True,
        "all divided by|everything over|the whole thing divided by|whole divided by": True,
        "quantity over|end quantity over|everything divided by|all that over|all of that over": True,
    }
)
FRACTIONS = Table(
    {"fraction|fraction with numerator|numerator|start fraction|begin fraction|open fraction": True}
)
_POWER_WORDS = frozenset(("squared", "cubed"))


def fraction(parser: Parser, left: Parse, at: int, _bar: bool) -> list[Parse]:
    """What stands over what; after one over one plus, all the terms."""
    if parser.stops & Stop.BAR:
        return []
    if parser.word(at - 1) == "by" and parser.word(at - 2) != "divided":
        return _by(parser, left, at)
    tightness = Binding.PRODUCT if is_factorial(left.node) else Binding.FACTOR
    found = [
        joined(left, right, Fraction(unfenced(left.node), unfenced(right.node)), Binding.FRACTION)
        for right in parser.parse(at, tightness)
    ]
    if found and BARS.match(parser.words, found[0].end):
        nested = [p for p in parser.parse(at, Binding.FRACTION) if isinstance(p.node, Fraction)]
        found += [
            dearer(
                joined(left, right, Fraction(unfenced(left.node), right.node), Binding.FRACTION),
                FAR_LIKELIER
                if found[0].node == Fraction(Number("1"), Number("1"))
                else MOST_UNUSUAL,
                "the second quotient is below",
            )
            for right in nested[:1]
        ]
    if found and parser.word(found[0].end) in ("plus", "minus"):
        found += _longer_denominators(parser, left, at)
        if _is_whole_denominator(parser, left, at):
            found[0] = dearer(found[0], UNLIKELY, "the denominator ends early")
    return found


def _by(parser: Parser, left: Parse, at: int) -> list[Parse]:
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


def wide_fraction(parser: Parser, left: Parse, at: int, _bar: bool) -> list[Parse]:
    """All over: everything since the relation is the numerator."""
    short = parser.parse(at, Binding.PRODUCT)
    found = [
        joined(left, right, Fraction(left.node, right.node), Binding.FRACTION) for right in short
    ]
    if not short or parser.word(short[0].end) not in ("plus", "minus"):
        return found
    is_number = isinstance(short[0].node, Number)  # all over two minus three: two is enough
    longer = [
        joined(left, right, Fraction(left.node, right.node), Binding.WIDE)
        for right in parser.parse(at, Binding.SUM)
    ]
    if is_number:
        return found + [dearer(parse, USUAL, "a longer denominator") for parse in longer]
    return longer + [dearer(parse, CLOSE_CALL, "the denominator ends early") for parse in found]


def read_fraction(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The fraction with numerator a and denominator b; the fraction a over b."""
    with parser.until(Stop.NOTHING):
        numerators = parser.parse(at, Binding.WIDE)
    found: list[Parse] = []
    if "numerator" in parser.words[max(0, at - 3) : at]:
        found = [parse for above in numerators for parse in _over_denominator(parser, above)]
    if found or "numerator" in parser.words[max(0, at - 2) : at]:
        return found
    with parser.until(Stop.PAUSE):
        short = parser.parse(at, Binding.WIDE)
    return [
        wrapped(inner, inner.node, end=ending(parser, inner.end))
        for inner in (*short, *numerators)
        if isinstance(inner.node, Fraction)
    ]


def _over_denominator(parser: Parser, above: Parse) -> list[Parse]:
    """A numerator over what follows "and denominator"."""
    at = past_comma(parser, above.end)
    at += parser.word(at) == "and"
    at = past_comma(parser, at)
    if parser.word(at) != "denominator":
        return []
    with parser.until(Stop.PAUSE):
        belows = parser.parse(at + 1, Binding.WIDE)
    return [
        wrapped(
            joined(above, below, Fraction(above.node, below.node), Binding.OPERAND),
            Fraction(above.node, below.node),
            end=ending(parser, below.end),
        )
        for below in belows
    ]


def _longer_denominators(parser: Parser, left: Parse, at: int) -> list[Parse]:
    with parser.until(parser.stops | (Stop.TIMES if _is_timed(parser, at) else Stop.NOTHING)):
        rights = parser.parse(at, Binding.SUM)
    longer = [
        joined(left, right, Fraction(left.node, right.node), Binding.FRACTION)
        for right in rights
        if isinstance(right.node, Sum)
    ]
    if _is_whole_denominator(parser, left, at):
        return longer
    return [dearer(p, RARE if _has_bar(p.node) else USUAL, "a longer denominator") for p in longer]


def _has_bar(quotient: Node) -> bool:
    """Whether the denominator's last term is a quotient of its own."""
    return isinstance(quotient, Fraction) and isinstance(last_term(quotient.denominator), Fraction)


def _is_whole_denominator(parser: Parser, left: Parse, at: int) -> bool:
    """One over one plus x; one over n plus one."""
    word = parser.word(at)
    is_count = word in COUNTING and parser.word(at + 2) in ("one", "1")
    if isinstance(left.node, Product) and left.node.left == Letter("d"):
        return True  # d x over x squared plus one
    if word in ("1", "one") or (left.node == Number("1") and is_count):
        return True  # nobody divides by one
    return _is_polynomial(parser, at) or (left.node == Number("1") and _is_timed(parser, at))


def _is_timed(parser: Parser, at: int) -> bool:
    """One over b minus a times: only a closed denominator is multiplied."""
    with parser.until(parser.stops | Stop.TIMES):
        terms = parser.parse(at, Binding.SUM)[:1]
    return bool(terms) and parser.word(terms[0].end) == "times"


def _is_polynomial(parser: Parser, at: int) -> bool:
    """x squared minus one, four minus x squared: to the end, in one letter, with a power."""
    with parser.until(parser.stops | Stop.BAR):
        terms = parser.parse(at, Binding.SUM)[:1]
    if not terms or not isinstance(terms[0].node, Sum) or not ends_side(parser, terms[0].end):
        return False
    words = parser.words[at : terms[0].end]
    first = first_factor(terms[0].node)
    is_raised = words[0] in LATIN and words[1] in _POWER_WORDS
    is_raised = is_raised or (words[-1] in _POWER_WORDS and isinstance(first, Number))
    return is_raised and len({word for word in words if word in LATIN}) == 1


def ends_side(parser: Parser, at: int) -> bool:
    """Whether a side of a relation, or all that was said, ends at `at`."""
    return parser.word(at) in ("", ".") or RELATIONS.match(parser.words, at) is not None


RULES = (
    Prefix(FRACTIONS, read_fraction),
    Infix(BARS, Binding.FRACTION, fraction),
    Infix(WIDE_BARS, Binding.WIDE, wide_fraction),
    Infix(BARS, Binding.WIDE, wide_fraction, after_pause=True),
    Infix(WIDE_BARS, Binding.WIDE, wide_fraction, after_pause=True),
)
