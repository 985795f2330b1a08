"""Items with commas between them, or from one up to another."""

from agent.spoken.parsing.binding import Binding, Parse, joined
from agent.spoken.parsing.grammar import Infix
from agent.spoken.parsing.nodes import Listed, Node, Product, Relation, Scripts, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.table import Table

_UP_TO = Table({"up to|and so on up to|all the way to|all the way up to": True})


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


RULES = (
    Infix(Table({"comma": ","}), Binding.LIST, listed),
    Infix(Table({"comma": ","}), Binding.LIST, listed, after_pause=True),
    Infix(Table({"through|up to": True}), Binding.LIST, ranging),
)
