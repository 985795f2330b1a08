"""Two sides and what relates them: equals, less than, approaches."""

from agent.spoken.constructs.quotients import equated_quotients
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Number, Product, Relation, Signed, Symbol, Words
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import SLIGHT, SMALL
from agent.spoken.vocabulary.relation_words import EQUALS_WORDS, RELATIONS
from agent.spoken.vocabulary.table import Table

# Without anything on their left: less than or equal to five.
LEADING_RELATIONS = Table(
    {
        "approximately|approximately equal to|is approximately": "\\approx ",
        "less than or equal to": "\\le ",
        "greater than or equal to": "\\ge ",
        "less than": "< ",
        "greater than": "> ",
        "not equal to": "\\ne ",
    }
)
# What a side is compared with, without saying zero.
COMPARED_WITH_ZERO = Table(
    {
        "is positive": ">",
        "is negative": "<",
        "is non negative|is nonnegative": "\\ge",
        "is non positive|is nonpositive": "\\le",
        "is nonzero|is non zero": "\\ne",
    }
)
# Behind a formula these say something of it in words.
VERDICTS = Table(
    {
        verdict: verdict
        for verdict in (
            "exists", "does not exist", "converges", "diverges", "is undefined", "is even",
            "is odd", "is prime", "is finite", "is constant",
        )
    }
)  # fmt: skip
_OPENED = frozenset(("(", "{", "open", "paren", "parenthesis", "bracket", "brace"))


def relation(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """Equals, less than, approaches, and what follows."""
    whole = equated_quotients(parser, at) if sign == "=" else []
    return [
        joined(left, right, Relation(sign, left.node, right.node), Binding.RELATION)
        for right in (*whole, *parser.parse(at, Binding.WIDE))
    ]


def loose_equals(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """x is five: an equation where a formula follows, prose where it doesn't."""
    is_set = isinstance(left.node, Symbol)
    if is_set or parser.word(at) in ("a", "an", "i", "in", "to", "for", "why", "see", "be"):
        return []
    return [
        dearer(parse, SLIGHT, "is means equals")
        for parse in relation(parser, left, at, sign)
        if parser.word(parse.end) not in ("of", "more", "less")
    ]


def conditioned(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """A | B, as recognisers write it between brackets."""
    if not _OPENED & set(parser.words[:at]):
        return []
    return relation(parser, left, at, sign)


def between(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """x is between two and five."""
    found: list[Parse] = []
    for low in parser.parse(at, Binding.SUM)[:1]:
        if parser.word(low.end) != "and":
            continue
        for high in parser.parse(low.end + 1, Binding.SUM)[:1]:
            node = Relation(sign, low.node, Relation(sign, left.node, high.node))
            both = joined(low, high, node, Binding.RELATION)
            found.append(joined(left, both, node, Binding.RELATION))
    return found


def arrow(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """x to y: of a whole phrase only, for in a sentence "to" is everywhere."""
    if parser.stops & Stop.OF or not at < len(parser.words):
        return []
    return relation(parser, left, at, sign)


def read_leading_relation(parser: Parser, at: int, sign: str) -> list[Parse]:
    """Less than or equal to five: nothing on its left."""
    return [
        Parse(part.end, Signed(sign, part.node), part.cost + SMALL, part.choices, Binding.RELATION)
        for part in parser.parse(at, Binding.SUM)
    ]


def compared_with_zero(_parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """x is positive."""
    node = Relation(sign, left.node, Number("0"))
    return [wrapped(left, node, end=at)._replace(level=Binding.RELATION)]


def verdict(_parser: Parser, left: Parse, at: int, words: str) -> list[Parse]:
    """f of c exists."""
    return [wrapped(left, Product("", left.node, Words(f" {words}")), end=at)]


RULES = (
    Prefix(LEADING_RELATIONS, read_leading_relation, is_factor=False),
    Infix(RELATIONS, Binding.RELATION, relation),
    Infix(RELATIONS, Binding.RELATION, relation, after_pause=True),
    Infix(Table({"colon": ":"}), Binding.RELATION, relation),
    Infix(Table({"colon": ":"}), Binding.RELATION, relation, after_pause=True),
    Infix(EQUALS_WORDS, Binding.RELATION, loose_equals),
    Infix(Table({"vbar|given": "\\mid"}), Binding.RELATION, conditioned),
    Infix(Table({"is between|between|lies between": "<"}), Binding.RELATION, between),
    Infix(Table({"to": "\\to"}), Binding.LOGIC, arrow),
    Infix(COMPARED_WITH_ZERO, Binding.RELATION, compared_with_zero),
    Infix(VERDICTS, Binding.LOGIC, verdict),
)
