"""f of x: what a function is called with."""

from agent.spoken.constructs.differentials import read_differential
from agent.spoken.constructs.quotients import with_ratios
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.grammar import Infix
from agent.spoken.parsing.nodes import (
    Accented,
    Called,
    Fenced,
    Fraction,
    Letter,
    Listed,
    Marked,
    Node,
    Number,
    Primed,
    Product,
    Relation,
    Scripts,
    Signed,
    Sum,
    Words,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import UNUSUAL, USUAL
from agent.spoken.parsing.trees import unfenced
from agent.spoken.vocabulary.relation_words import RELATIONS
from agent.spoken.vocabulary.table import Table
from agent.spoken.vocabulary.weights import is_prose_word

_ORDERS = (Letter("O"), Letter("o"))
_EVENT_SIGNS = ("\\cup", "\\cap", "\\land", "\\lor")
_VARIABLES = tuple(Letter(name) for name in "xyztnXYZTN")
_FUNCTION_LETTERS = frozenset(("f", "g", "h", "u", "v", "y", "prime"))
_NEVER_CALLED = frozenset("aei")


def call(parser: Parser, left: Parse, at: int, _of: bool) -> list[Parse]:
    """f of x; three quarters of x."""
    if parser.stops & Stop.OF:
        return []
    if isinstance(left.node, Fraction) or (
        isinstance(left.node, Marked) and left.node.mark == "\\%"
    ):
        return [
            joined(left, right, Product("\\cdot", left.node, right.node), Binding.ARGUMENT)
            for right in parser.parse(at, Binding.ARGUMENT)
        ]
    if left.node == Letter("e"):
        left = left._replace(node=Letter("E"))  # an expectation: e itself is no function
    is_nested = parser.word(left.end - 2) == "of" and isinstance(left.node, Letter)
    if not (_is_callable(left.node) or is_nested) and not _is_known(parser, left.node):
        return []
    return _with_arguments(parser, left, at)


def _with_arguments(parser: Parser, left: Parse, at: int) -> list[Parse]:
    """A function with what follows "of": an order of growth, an event, terms."""
    if left.node in _ORDERS:
        return [_call_node(left, first) for first in parser.parse(at, Binding.PRODUCT)]
    if _is_event(left.node):
        events = read_events(parser, left, at)
        if events:
            return events
    found: list[Parse] = []
    for first in parser.parse(at, Binding.ARGUMENT):
        arguments = with_ratios(parser, first) if isinstance(first.node, Number) else [first]
        found += [parse for argument in arguments for parse in _called(parser, left, argument)]
        found += _whole_raised(parser, left, first)
    if not found and _is_event(left.node):
        return named_event(parser, left, at)
    if found and parser.word(found[0].end) in ("plus", "minus"):
        found = _with_longer_argument(parser, left, at, found)
    return found


def named_event(parser: Parser, head: Parse, at: int) -> list[Parse]:
    """The probability of heads equals one half: an event by its name."""
    is_told = parser.word(at + 1) in ("equals", "is", "given")
    if not is_told or not is_prose_word(parser.word(at)):
        return []
    event = Parse(at + 1, Words(parser.said[at]))
    return [joined(head, event, Called(head.node, (event.node,)), Binding.TIGHT)]


def _whole_raised(parser: Parser, left: Parse, argument: Parse) -> list[Parse]:
    """f of x squared, where the value is squared."""
    node = argument.node
    is_raised = parser.word(argument.end - 1) in ("squared", "cubed")
    if not is_raised or not isinstance(node, Scripts) or node.sub or not node.sup:
        return []
    whole = Scripts(Called(left.node, (node.base,)), sup=node.sup)
    return [
        dearer(joined(left, argument, whole, Binding.TIGHT), UNUSUAL, "the power is of the value")
    ]


def read_events(parser: Parser, left: Parse, at: int) -> list[Parse]:
    """P of a union b, P of x equals three: what holds, or what happens."""
    found = [
        _call_node(left, first)
        for first in parser.parse(at, Binding.SUM)
        if isinstance(first.node, Sum) and first.node.sign in _EVENT_SIGNS
    ]
    return found or _random_variables(parser, left, at)


def _random_variables(parser: Parser, left: Parse, at: int) -> list[Parse]:
    """x is at most two: of a variable's value, where p of a equals one half is of an event."""
    found: list[Parse] = []
    for variable in parser.operands(at)[:1]:
        relation = RELATIONS.match(parser.words, variable.end)
        if relation is None or variable.node not in _VARIABLES:
            continue
        for value in parser.parse(relation[1], Binding.FRACTION):
            is_value = relation[0] != "=" or _is_count(value.node)
            node = Relation(relation[0], variable.node, value.node)
            inside = _call_node(left, joined(variable, value, node, Binding.RELATION))
            found += [inside] if is_value else []
    outside = [_call_node(left, variable) for variable in parser.operands(at)[:1]]
    return found + [dearer(parse, USUAL, "the relation is outside") for parse in outside if found]


def value_at(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """f at four."""
    if not isinstance(left.node, Letter | Primed) or parser.word(at - 2) not in _FUNCTION_LETTERS:
        return []
    return [
        _call_node(left, value)
        for value in parser.parse(at, Binding.TIGHT)
        if isinstance(value.node, Number | Letter | Signed)
    ]


def _is_count(node: Node) -> bool:
    if isinstance(node, Number):
        return "." not in node.text and node.text != "0"
    return isinstance(node, Letter) and node.text in "ijkmnxy"


def _is_event(node: Node) -> bool:
    return isinstance(node, Letter) and node.text in ("P", "p")


def _called(parser: Parser, left: Parse, first: Parse) -> list[Parse]:
    """The arguments after the first, by comma or, for a probability, by given and and."""
    word, at = parser.word(first.end), first.end + 1
    is_given = word in ("given", "vbar")
    if is_given or (_is_event(left.node) and word in ("and", "or")):
        both = [
            joined(first, p, _events(word, first.node, p.node), Binding.TIGHT)
            for p in parser.parse(at, Binding.ARGUMENT)
        ]
        goes_on = is_given and not _is_event(left.node)
        return [
            parse
            for events in both
            for parse in (_called(parser, left, events) if goes_on else [_call_node(left, events)])
        ]
    if word == "comma" or (word == "," and read_differential(parser, at) is None):
        more = [
            joined(first, second, _listed(first.node, second.node), Binding.TIGHT)
            for second in parser.parse(at, Binding.ARGUMENT)
        ]
        if more:
            return [parse for longer in more for parse in _called(parser, left, longer)]
    return [_call_node(left, first)]


def _events(word: str, left: Node, right: Node) -> Node:
    """A given B, A and B, A or B."""
    if word in ("given", "vbar"):
        return Relation("\\mid", left, right)
    return Sum("\\cap" if word == "and" else "\\cup", left, right)


def _listed(items: Node, item: Node) -> Node:
    return Listed((*items.items, item) if isinstance(items, Listed) else (items, item))


def _call_node(left: Parse, argument: Parse) -> Parse:
    inner = unfenced(argument.node)
    arguments = inner.items if isinstance(inner, Listed) else (inner,)
    return joined(left, argument, Called(left.node, arguments), Binding.TIGHT)


def _with_longer_argument(parser: Parser, left: Parse, at: int, found: list[Parse]) -> list[Parse]:
    """f of x plus h is f(x+h), f of x plus one is f(x)+1; the other way stays possible."""
    sign_at = found[0].end
    is_step = parser.word(sign_at + 1) in ("h", "delta")
    longer: list[Parse] = []
    for first in parser.parse(at, Binding.ARGUMENT)[:1]:
        for second in parser.parse(sign_at + 1, Binding.ARGUMENT)[:1]:
            sign = "+" if parser.word(sign_at) == "plus" else "-"
            both = joined(first, second, Sum(sign, first.node, second.node), Binding.SUM)
            longer.append(_call_node(left, both))
    if is_step:
        return longer + [dearer(p, USUAL, "the argument ends early") for p in found]
    return found + [dearer(p, UNUSUAL, "a longer argument") for p in longer]


def _is_known(parser: Parser, node: Node) -> bool:
    return isinstance(node, Letter) and node.text in parser.known.functions


def _is_callable(node: Node) -> bool:
    if isinstance(node, Scripts) and node.sub and isinstance(node.base, Letter):
        return True
    if isinstance(node, Scripts | Primed):
        return _is_callable(node.base)
    if isinstance(node, Accented):
        return True
    if isinstance(node, Fenced):
        inner = node.inner
        return isinstance(inner, Sum) or (isinstance(inner, Product) and inner.sign == "\\circ")
    return isinstance(node, Letter) and node.text not in _NEVER_CALLED


RULES = (
    Infix(Table({"of": True}), Binding.TIGHT, call),
    Infix(Table({"of": True}), Binding.TIGHT, call, after_pause=True),
    Infix(Table({"at": True}), Binding.TIGHT, value_at),
)
