"""What an argument stands over, where the fraction belongs to the argument."""

from agent.spoken.parsing.binding import Binding, Parse, dearer, joined
from agent.spoken.parsing.nodes import Applied, Called, Fraction
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MODERATE, UNLIKELY
from agent.spoken.vocabulary.operators import BARS


def with_ratios(parser: Parser, first: Parse) -> list[Parse]:
    """x over two inside the argument; but sine of x over x is a quotient."""
    bar = BARS.match(parser.words, first.end)
    if bar is None or parser.word(first.end) == "per":
        return [first]
    belows = parser.parse(bar[1], Binding.ARGUMENT)
    if not belows:
        return [first]
    inside = [
        joined(first, below, Fraction(first.node, below.node), Binding.FRACTION) for below in belows
    ]
    is_function = any(isinstance(below.node, Applied | Called) for below in belows)
    if is_function or any(below.node == first.node for below in belows):
        return [first, *(dearer(parse, UNLIKELY, "the quotient is inside") for parse in inside)]
    return [*inside, dearer(first, MODERATE, "the argument ends before over")]
