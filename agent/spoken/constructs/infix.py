"""Relations, lists, and what a pause lets stand beside an operand."""

from agent.spoken.constructs.groups import read_group
from agent.spoken.constructs.quotients import equated_quotients
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.nodes import (
    Letter,
    Listed,
    Node,
    Number,
    Product,
    Relation,
    Scripts,
    Symbol,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import SLIGHT
from agent.spoken.vocabulary.table import Table

_UP_TO = Table({"up to|and so on up to|all the way to|all the way up to": True})
_OPENED = frozenset(("(", "{", "open", "paren", "parenthesis", "bracket", "brace"))


def listed(parser: Parser, left: Parse, at: int, _sign: str) -> list[Parse]:
    """Another item after the word comma."""
    return read_item(parser, left, at)


def read_item(parser: Parser, left: Parse, at: int) -> list[Parse]:
    """Another item after a pause; after a colon, the ends of a map."""
    items = left.node.items if isinstance(left.node, Listed) else (left.node,)
    up_to = _UP_TO.match(parser.words, at)
    if up_to:
        return _up_to(parser, left, up_to[1], items)
    found: list[Parse] = []
    for right in parser.parse(at, Binding.RELATION):
        is_map = isinstance(right.node, Relation) and right.node.sign in ("\\to", "\\mapsto")
        if is_map and parser.said[at - 1] == ":":
            node: Node = Relation(":", left.node, right.node)
        else:
            node = Listed((*items, right.node))
        found.append(joined(left, right, node, Binding.LIST))
    return found


def ranging(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """x sub one through x sub n."""
    items = left.node.items if isinstance(left.node, Listed) else (left.node,)
    return _up_to(parser, left, at, items)


def _up_to(parser: Parser, left: Parse, at: int, items: tuple[Node, ...]) -> list[Parse]:
    """x one, x two, up to x n: the last item has an index as the others have."""
    found: list[Parse] = []
    bases = [item.base for item in items if isinstance(item, Scripts) and item.sub]
    for right in parser.parse(at, Binding.SUM):
        last = right.node
        if isinstance(last, Product) and last.left in bases:
            last = Scripts(last.left, sub=last.right)
        node = Listed((*items, Symbol("\\dots"), last))
        found.append(joined(left, right, node, Binding.LIST))
    return found


def conditioned(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """A | B, as recognisers write it between brackets."""
    if not _OPENED & set(parser.words[:at]):
        return []
    return relation(parser, left, at, sign)


def relation(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """Equals, less than, approaches, and what follows."""
    whole = equated_quotients(parser, at) if sign == "=" else []
    return [
        joined(left, right, Relation(sign, left.node, right.node), Binding.RELATION)
        for right in (*whole, *parser.parse(at, Binding.WIDE))
    ]


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


def bracket_after_pause(
    parser: Parser, left: Parse, at: int, fence: tuple[str, str]
) -> list[Parse]:
    """x squared, open paren x plus one, close paren: a factor, or an argument."""
    is_called = isinstance(left.node, Letter | Scripts) and left.node != Letter("e")
    return [
        joined(left, right, Product("", left.node, right.node), Binding.ARGUMENT)
        for right in read_group(parser, at, fence)
        if not (is_called and isinstance(right.node, Number))
    ]


def with_article(words: Table[str]) -> Table[str]:
    """The same words, each with and without "the" before it."""
    return Table((f"{said}|the {said}", value) for said, value in words.rows())


def factor_after_pause(parser: Parser, left: Parse, at: int, _name: str) -> list[Parse]:
    """One over n, the sum of ...: a factor."""
    start = at
    while parser.word(start - 1) != ",":
        start -= 1
    return [
        joined(left, right, Product("", left.node, right.node), Binding.PRODUCT)
        for right in parser.parse(start, Binding.FACTOR)
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
