"""Two things joined by a named operation: the sum of x and y."""

from agent.spoken.parsing.binding import Binding, Parse, joined
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Fraction, Node, Product, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.table import by_meaning

PAIRS = by_meaning(
    {
        "+": "sum of",
        "\\times": "product of",
        "-": "difference of|difference between",
        "\\cdot": "dot product of|scalar product of",
        "cross": "cross product of|vector product of",
        "\\cup": "union of",
        "\\cap": "intersection of",
        "/": "quotient of|ratio of",
    }
)


def read_pair(parser: Parser, at: int, sign: str) -> list[Parse]:
    """The sum of x and y."""
    found: list[Parse] = []
    for first in parser.parse(at, Binding.ARGUMENT)[:1]:
        if parser.word(first.end) not in ("and", "to"):
            continue
        for second in parser.parse(first.end + 1, Binding.ARGUMENT)[:1]:
            found.append(joined(first, second, _pair(sign, first.node, second.node), Binding.SUM))
    return found


def _pair(sign: str, left: Node, right: Node) -> Node:
    if sign == "/":
        return Fraction(left, right)
    if sign == "cross":
        return Product("\\times", left, right)
    return Product(sign, left, right) if sign.startswith("\\") else Sum(sign, left, right)


RULES = (Prefix(PAIRS, read_pair),)
