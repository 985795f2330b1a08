"""Functions by their names: the probability of A, the greatest common divisor of a and b."""

from agent.spoken.constructs.calls import call
from agent.spoken.parsing.binding import Binding, Parse, joined
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Called, Fenced, Letter, Listed, Node, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.table import Table, by_meaning

CALLS = by_meaning(
    {
        "P": "probability",
        "E": "expected value|expectation",
        "\\Pr": "pr",
        "O": "big o|order",
        "\\mathcal{P}": "power set",
        "\\operatorname{SD}": "standard deviation",
        "\\Gamma": "gamma function",
    }
)
LISTED_CALLS = by_meaning(
    {
        "\\gcd": "gcd|greatest common divisor|highest common factor|greatest common factor|hcf",
        "\\operatorname{lcm}": "lcm|least common multiple|lowest common multiple",
        "\\operatorname{Cov}": "covariance",
        "\\max": "max|maximum",
        "\\min": "min|minimum",
    }
)
_BETWEEN = frozenset(("and", ",", "comma"))


def read_call_by_name(parser: Parser, at: int, name: str) -> list[Parse]:
    """The probability of A given B; the expected value of x."""
    head = Parse(at, Letter(name))
    if parser.word(at) == "that" and name == "P":
        return [
            joined(head, holds, Called(head.node, (holds.node,)), Binding.TIGHT)
            for holds in parser.parse(at + 1, Binding.RELATION)
        ]
    if parser.word(at) != "of":
        return []
    return call(parser, head, at + 1, True)


def read_listed_call(parser: Parser, at: int, name: str) -> list[Parse]:
    """The least common multiple of four and six."""
    if parser.word(at) != "of":
        return []
    items = read_items(parser, at + 1, Binding.ARGUMENT)
    return [items._replace(node=Called(Symbol(name), _items(items.node)))] if items else []


def read_bracketed_pair(parser: Parser, at: int, fence: tuple[str, str]) -> list[Parse]:
    """The inner product of u and v."""
    items = read_items(parser, at, Binding.ARGUMENT)
    return [items._replace(node=Fenced(items.node, *fence))] if items else []


def read_items(parser: Parser, at: int, binding: Binding) -> Parse | None:
    """Two items or more, with "and" or commas between; `Listed` is the node."""
    first = parser.parse(at, binding)[:1]
    if not first:
        return None
    whole, items = first[0], [first[0].node]
    while parser.word(whole.end) in _BETWEEN:
        at = whole.end + 1
        at += parser.word(at) == "and"
        more = parser.parse(at, binding)[:1]
        if not more:
            break
        items.append(more[0].node)
        whole = joined(whole, more[0], whole.node, Binding.OPERAND)
    node = Listed(tuple(items))
    return whole._replace(node=node, level=Binding.OPERAND) if len(items) > 1 else None


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Listed) else (node,)


RULES = (
    Prefix(CALLS, read_call_by_name, is_doubtful=True),
    Prefix(LISTED_CALLS, read_listed_call),
    Prefix(Table({"inner product of": ("\\langle ", "\\rangle")}), read_bracketed_pair),
)
