"""Sets: of all, containing, from one to n."""

from agent.spoken.constructs.named_calls import read_items
from agent.spoken.parsing.binding import Binding, Parse, joined, wrapped
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import (
    Accented,
    Called,
    Fenced,
    Letter,
    Listed,
    Node,
    Number,
    Relation,
    Scripts,
    Symbol,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.numbers import read_number
from agent.spoken.vocabulary.table import Table

SETS = Table({"set of all|set of|set containing|set consisting of|set": ("\\{", "\\}")})
_NAMES = Letter | Scripts | Accented | Called


def read_set(parser: Parser, at: int, fence: tuple[str, str]) -> list[Parse]:
    """The set of all x such that x is positive; the set of one comma two."""
    found: list[Parse] = []
    for inner in parser.parse(at, Binding.LIST):
        if tuple(parser.words[inner.end : inner.end + 2]) == ("such", "that"):
            found += [
                wrapped(
                    joined(inner, rest, rest.node, Binding.LIST), _such_that(inner, rest, fence)
                )
                for rest in parser.parse(inner.end + 2, Binding.RELATION)
            ]
        elif isinstance(inner.node, Listed) and not _goes_on(parser, inner.end):
            found.append(wrapped(inner, Fenced(inner.node, *fence)))
    return found or _listed_set(parser, at, fence)


def _goes_on(parser: Parser, at: int) -> bool:
    """Whether an "and" comes next, perhaps after a comma."""
    return "and" in parser.words[at : at + 1 + (parser.word(at) == ",")]


def _listed_set(parser: Parser, at: int, fence: tuple[str, str]) -> list[Parse]:
    """The set containing u, v and w; the set one to n; the set S."""
    items = read_items(parser, at, Binding.SUM)
    if items:
        return [items._replace(node=Fenced(items.node, *fence))]
    numbers = _numbers(parser, at)
    if numbers:
        return [numbers._replace(node=Fenced(numbers.node, *fence))]
    first = parser.parse(at, Binding.SUM)[:1]
    for low in first:
        if parser.word(low.end) == "to":
            return [
                joined(low, high, Fenced(_run(low.node, high.node), *fence), Binding.OPERAND)
                for high in parser.parse(low.end + 1, Binding.SUM)[:1]
            ]
    is_name = parser.word(at - 1) == "set" and bool(first) and isinstance(first[0].node, _NAMES)
    return list(first) if is_name else []


def _numbers(parser: Parser, at: int) -> Parse | None:
    """One two three, with nothing between."""
    found: list[Node] = []
    while number := read_number(parser.words, at):
        found.append(Number(number.text))
        at = number.end
    return Parse(at, Listed(tuple(found)), height=2) if len(found) > 1 else None


def _run(low: Node, high: Node) -> Node:
    return Listed((low, Symbol("\\dots"), high))


def _such_that(inner: Parse, rest: Parse, fence: tuple[str, str]) -> Node:
    return Fenced(Relation("\\mid", inner.node, rest.node), *fence)


RULES = (Prefix(SETS, read_set),)
