"""Quotients of sums: how much of what was said stands over and under a bar."""

from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.nodes import Fraction, Letter, Number, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import SLIGHTLY_LIKELIER
from agent.spoken.parsing.trees import first_factor
from agent.spoken.vocabulary.letters import LATIN
from agent.spoken.vocabulary.operators import BARS, RELATIONS

_POWER_WORDS = frozenset(("squared", "cubed"))


def whole_quotients(parser: Parser, at: int) -> list[Parse]:
    """x minus two over x squared minus four, where one quotient is expected."""
    found: list[Parse] = []
    for above in parser.parse(at, Binding.SUM, parser.stops | Stop.BAR):
        bar = BARS.match(parser.words, above.end)
        belows = parser.parse(bar[1], Binding.SUM, parser.stops | Stop.BAR) if bar else ()
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
        and _ends(parser, parse.end)
        and _are_alike(parser, at, parse)
    ]


def is_polynomial(parser: Parser, at: int) -> bool:
    """x squared minus one, four minus x squared: to the end, in one letter, with a power."""
    terms = parser.parse(at, Binding.SUM, parser.stops | Stop.BAR)[:1]
    if not terms or not isinstance(terms[0].node, Sum) or not _ends(parser, terms[0].end):
        return False
    words = parser.words[at : terms[0].end]
    is_raised = words[0] in LATIN and words[1] in _POWER_WORDS
    is_raised = is_raised or (words[-1] in _POWER_WORDS and isinstance(_first(terms[0]), Number))
    return is_raised and len({word for word in words if word in LATIN}) == 1


def _first(parse: Parse) -> object:
    return first_factor(parse.node)


def _are_alike(parser: Parser, at: int, quotient: Parse) -> bool:
    """Whether both sides have a letter in common, or are differences."""
    words = parser.words[at : quotient.end]
    bar = next(i for i in range(len(words)) if BARS.match(words, i))
    above, below = words[:bar], words[bar + 1 :]
    shared = {word for word in above if word in LATIN} & set(below)
    return bool(shared) or ("minus" in above and "minus" in below)


def _ends(parser: Parser, at: int) -> bool:
    """Whether a side of a relation, or all that was said, ends at `at`."""
    return parser.word(at) in ("", ".") or RELATIONS.match(parser.words, at) is not None
