"""n choose k."""

from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Accented, Letter, Number, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MODERATE
from agent.spoken.vocabulary.table import Table


def read_binomial(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """The binomial coefficient n over k; n plus one choose k."""
    found: list[Parse] = []
    at += parser.word(at) == "of"
    with parser.until(Stop.BAR | Stop.CHOICE):
        uppers = parser.parse(at, Binding.SUM)
    for above in uppers:
        if parser.word(above.end) in ("over", "choose", "and"):
            found += [
                joined(above, below, Accented("binom", (above.node, below.node)), Binding.OPERAND)
                for below in parser.parse(above.end + 1, Binding.TIGHT)
            ]
    return found


def choose(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """n choose k."""
    if parser.stops & Stop.CHOICE:
        return []
    return [
        joined(left, lower, Accented("binom", (left.node, lower.node)), Binding.ARGUMENT)
        for lower in _lowers(parser, at)
    ]


def _lowers(parser: Parser, at: int) -> list[Parse]:
    """k; n minus k, where a difference is likelier than not."""
    found = list(parser.parse(at, Binding.TIGHT))
    if not found or parser.word(found[0].end) != "minus":
        return found
    longer = [
        joined(found[0], term, Sum("-", found[0].node, term.node), Binding.SUM)
        for term in parser.parse(found[0].end + 1, Binding.TIGHT)[:1]
        if isinstance(term.node, Letter | Number)
    ]
    return [*longer, *(dearer(parse, MODERATE, "the choice ends early") for parse in found)]


RULES = (
    Prefix(
        Table({"binomial coefficient|start binomial|begin binomial|binomial": True}), read_binomial
    ),
    Infix(Table({"choose": True}), Binding.ARGUMENT, choose),
)
