"""What a sum or an integral ranges over."""

from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.nodes import Listed, Node, Product, Relation, Scripts
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import USUAL
from agent.spoken.parsing.trees import unfenced
from agent.spoken.vocabulary.table import Table

_RUNS = Table({"goes from|runs from|ranges from|from|going from|running from|varies from": True})
_LOWER = Table({"underscript|under script|with lower limit|with lower bound": True})
_UPPER = Table({"overscript|over script|upper limit|upper bound|with upper limit": True})


def read_bounds(parser: Parser, at: int, operator: Node, lower: Binding) -> list[Parse]:
    """From a to b, or over a set, as scripts of `operator`."""
    word = parser.word(at)
    if word in ("over", "on"):
        return [
            joined(Parse(at, operator), low, Scripts(operator, sub=low.node), Binding.OPERAND)
            for low in _ranged_over(parser, past(parser, at + 1, ("all",)))
        ]
    if word in ("sub", "subscript"):
        return _written_bounds(parser, at + 1, operator)
    if word not in ("from", "between", "as", "for", "where", "when"):
        return []
    found: list[Parse] = []
    with parser.until(Stop.OF | parser.stops):
        lows = parser.parse(at + 1, lower)
    for low in lows:
        found += with_upper(parser, low, operator)
    return found or _running_bounds(parser, at + 1, operator)


def _ranged_over(parser: Parser, at: int) -> list[Parse]:
    """What a sum runs over: i; z in A; i, j and k up to "of"."""
    found: list[Parse] = []
    with parser.until(Stop.OF | Stop.PAUSE):
        lows = parser.parse(at, Binding.LIST)
    for low in lows[:2]:
        items, end = [low.node], low.end
        while parser.word(end) in (",", "and") and parser.word(end + 2) in ("of", ",", "and"):
            with parser.until(Stop.OF):
                more = parser.parse(end + 1, Binding.TIGHT)[:1]
            if not more or more[0].end != end + 2:
                break
            items, end = [*items, more[0].node], more[0].end
        node = Listed(tuple(items)) if len(items) > 1 else low.node
        found.append(low._replace(node=node, end=end))
    return found


def _running_bounds(parser: Parser, at: int, operator: Node) -> list[Parse]:
    """As n goes from one to infinity."""
    found: list[Parse] = []
    for variable in parser.operands(at)[:1]:
        runs = _RUNS.match(parser.words, variable.end)
        with parser.until(Stop.OF):
            lows = parser.parse(runs[1], Binding.SUM) if runs else ()
        for low in lows:
            start = Relation("=", variable.node, low.node)
            found += with_upper(parser, joined(variable, low, start, Binding.OPERAND), operator)
    return found


def _written_bounds(parser: Parser, at: int, operator: Node) -> list[Parse]:
    """Bounds as small digits, or after an underscore and a caret."""
    found: list[Parse] = []
    for low in parser.parse(at, Binding.OPERAND)[:1]:
        if parser.word(low.end) not in ("caret", "superscript"):
            return [wrapped(low, Scripts(operator, sub=unfenced(low.node)))]
        for high in parser.parse(low.end + 1, Binding.OPERAND)[:1]:
            node = Scripts(operator, unfenced(low.node), unfenced(high.node))
            end = past(parser, high.end, ("baseline",))
            found.append(joined(low, high, node, Binding.OPERAND)._replace(end=end))
    return found


def read_scripted(parser: Parser, at: int, operator: Node) -> list[Parse]:
    """Underscript i equals one overscript n endscripts; with lower limit zero and upper limit one."""
    lower = _LOWER.match(parser.words, at)
    found: list[Parse] = []
    for low in parser.parse(lower[1], Binding.RELATION) if lower else ():
        upper = _UPPER.match(parser.words, past(parser, low.end, (",",), ("and",)))
        for high in parser.parse(upper[1], Binding.SUM) if upper else ():
            node = Scripts(operator, low.node, high.node)
            end = past(parser, high.end, ("endscripts",), ("end", "scripts"))
            found.append(joined(low, high, node, Binding.OPERAND)._replace(end=end))
    return found


def with_upper(parser: Parser, low: Parse, operator: Node) -> list[Parse]:
    """The lower bound and the upper one after "to", as scripts of `operator`."""
    at = past(parser, low.end, (",",))
    if parser.word(at) not in ("to", "and", "through"):
        return []
    at += 1
    at += 2 if tuple(parser.words[at : at + 2]) == ("up", "to") else 0
    found: list[Parse] = []
    for binding in (Binding.SUM, Binding.TIGHT):
        with parser.until(Stop.OF | Stop.DIFFERENTIAL):
            highs = parser.parse(at, binding)
        for high in highs:
            is_closed = parser.word(high.end) in ("of", "", ",")
            node = Scripts(operator, low.node, high.node)
            is_called = isinstance(high.node, Product) and parser.word(high.end) == "of"
            cost = 0.0 if (is_closed and not is_called) or binding is Binding.TIGHT else USUAL
            parse = joined(low, high, node, Binding.OPERAND)
            found.append(dearer(parse, cost, "a longer bound") if cost else parse)
    return found


def past(parser: Parser, at: int, *phrases: tuple[str, ...]) -> int:
    """The index after each of `phrases` that comes next."""
    for phrase in phrases:
        if tuple(parser.words[at : at + len(phrase)]) == phrase:
            at += len(phrase)
    return at
