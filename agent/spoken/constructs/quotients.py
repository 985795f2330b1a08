"""Quotients of sums: how much of what was said stands over and under a bar."""

from agent.spoken.constructs.fractions import BARS, ends_side
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.nodes import Applied, Called, Fraction, Letter, Number, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MODERATE, SLIGHTLY_LIKELIER, UNLIKELY
from agent.spoken.parsing.trees import first_factor
from agent.spoken.vocabulary.letters import LATIN


def whole_quotients(parser: Parser, at: int) -> list[Parse]:
    """x minus two over x squared minus four, where one quotient is expected."""
    found: list[Parse] = []
    with parser.until(parser.stops | Stop.BAR):
        numerators = parser.parse(at, Binding.SUM)
        bars = [BARS.match(parser.words, above.end) for above in numerators]
        denominators = [parser.parse(bar[1], Binding.SUM) if bar else () for bar in bars]
    for above, belows in zip(numerators, denominators, strict=True):
        for below in belows:
            is_sum = isinstance(above.node, Sum)
            is_constant = is_sum and isinstance(first_factor(above.node), Number)
            is_sum = isinstance(below.node, Sum) or (is_sum and isinstance(below.node, Letter))
            is_last = BARS.match(parser.words, below.end) is None
            if is_sum and is_last and not is_constant:
                node = Fraction(above.node, below.node)
                found.append(dearer(joined(above, below, node, Binding.WIDE), SLIGHTLY_LIKELIER))
    return found


def equated_quotients(parser: Parser, at: int) -> list[Parse]:
    """The same behind an equals sign, where sums of one kind stand on both sides of the bar."""
    return [
        parse
        for parse in whole_quotients(parser, at)
        if isinstance(parse.node, Fraction)
        and isinstance(parse.node.numerator, Sum)
        and isinstance(parse.node.denominator, Sum)
        and ends_side(parser, parse.end)
        and _are_alike(parser, at, parse)
    ]


def _are_alike(parser: Parser, at: int, quotient: Parse) -> bool:
    """Whether both sides have a letter in common, or are differences."""
    words = parser.words[at : quotient.end]
    bar = next(i for i in range(len(words)) if BARS.match(words, i))
    above, below = words[:bar], words[bar + 1 :]
    shared = {word for word in above if word in LATIN} & set(below)
    return bool(shared) or ("minus" in above and "minus" in below)


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
