"""What follows an operand: powers, indices, primes, accents, arguments."""

from typing import TYPE_CHECKING

from agent.spoken.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.differentials import read_differential
from agent.spoken.exponents import read_exponents, read_indices
from agent.spoken.nodes import (
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
    Sum,
    Symbol,
)
from agent.spoken.trees import unfenced

if TYPE_CHECKING:
    from agent.spoken.parser import Parser

_NEVER_CALLED = frozenset("aei")


def power(parser: "Parser", left: Parse, at: int, exponent: str) -> list[Parse]:
    """Squared, cubed."""
    if parser.stops & Stop.POWER or parser.word(at) in ("root", "route"):
        return []
    return [_tight(left, at, with_power(left.node, Number(exponent)))]


def to_the(parser: "Parser", left: Parse, at: int, _said: bool) -> list[Parse]:
    """To the power of."""
    if parser.stops & Stop.POWER:
        return []
    is_script = parser.word(at - 1) in ("superscript", "super")
    if parser.word(at - 1) == "caret":
        found = list(parser.parse(at, Binding.OPERAND))
    else:
        found = read_exponents(parser, at, left.node, is_script=is_script)
    return [joined(left, p, with_power(left.node, unfenced(p.node)), Binding.TIGHT) for p in found]


def wide_power(parser: "Parser", left: Parse, at: int, exponent: str) -> list[Parse]:
    """All squared: the power belongs to everything since the relation."""
    base = left.node if isinstance(left.node, Fenced) else Fenced(left.node)
    if exponent:
        node = Scripts(base, sup=Number(exponent))
        return [Parse(at, node, left.cost, left.choices, Binding.WIDE)]
    found = read_exponents(parser, at, base, is_script=False)
    return [joined(left, p, Scripts(base, sup=p.node), Binding.WIDE) for p in found]


def with_power(base: Node, exponent: Node) -> Node:
    """The base with an exponent, after a subscript in the same place."""
    if isinstance(base, Scripts) and base.sup is None:
        return Scripts(base.base, base.sub, exponent)
    if isinstance(base, Marked):
        return Marked(with_power(base.base, exponent), base.mark)
    return Scripts(base, sup=exponent)


def subscript(parser: "Parser", left: Parse, at: int, _said: bool) -> list[Parse]:
    """x sub i, a sub n plus one."""
    return [
        joined(left, index, _with_index(left.node, unfenced(index.node)), Binding.TIGHT)
        for index in read_indices(parser, at)
    ]


def _with_index(base: Node, index: Node) -> Node:
    if isinstance(base, Scripts) and base.sub is None:
        return Scripts(base.base, index, base.sup)
    return Scripts(base, sub=index)


def naught(_parser: "Parser", left: Parse, at: int, digit: str) -> list[Parse]:
    """x naught."""
    if not isinstance(left.node, Letter):
        return []
    return [_tight(left, at, Scripts(left.node, sub=Number(digit)))]


def prime(parser: "Parser", left: Parse, at: int, n_primes: int) -> list[Parse]:
    """f prime; but a prime number is prose."""
    is_letter = isinstance(left.node, Letter | Scripts)
    if not is_letter or parser.word(at) in ("number", "numbers", "factor", "factors"):
        return []
    return [_tight(left, at, Primed(left.node, n_primes))]


def accent(parser: "Parser", left: Parse, at: int, command: str) -> list[Parse]:
    """x bar, v hat; x dot where no factor follows."""
    if not isinstance(left.node, Letter):
        return []
    if command == "vec" and parser.word(at - 1) == "vector":
        return []  # "b vector v": the word belongs to what follows
    return [_tight(left, at, Accented(command, (left.node,)))]


def mark(_parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """Five factorial, ten percent."""
    return [_tight(left, at, Marked(left.node, sign))]


def raised(parser: "Parser", left: Parse, at: int, sign: str) -> list[Parse]:
    """A inverse, A transpose, 35 degrees."""
    if parser.stops & Stop.POWER or (isinstance(left.node, Number) and sign != "\\circ"):
        return []
    if sign == "-1" and parser.word(at) in _FUNCTION_WORDS:
        return []
    return [_tight(left, at, with_power(left.node, Symbol(sign)))]


_FUNCTION_WORDS = frozenset(("sine", "cosine", "tangent", "sin", "cos", "tan", "secant"))


def choose(parser: "Parser", left: Parse, at: int, _said: bool) -> list[Parse]:
    """n choose k."""
    return [
        joined(left, lower, Accented("binom", (left.node, lower.node)), Binding.TIGHT)
        for lower in parser.parse(at, Binding.TIGHT)
    ]


def call(parser: "Parser", left: Parse, at: int, _of: bool) -> list[Parse]:
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
    if not _is_callable(left.node):
        return []
    found: list[Parse] = []
    for first in parser.parse(at, Binding.ARGUMENT):
        found += _called(parser, left, first)
    if found and parser.word(found[0].end) in ("plus", "minus"):
        found = _with_longer_argument(parser, left, at, found)
    return found


def _called(parser: "Parser", left: Parse, first: Parse) -> list[Parse]:
    """The arguments after the first, by comma or, for a probability, by given and and."""
    word, at = parser.word(first.end), first.end + 1
    is_event = isinstance(left.node, Letter) and left.node.text in ("P", "p")
    if is_event and word in ("given", "and", "or"):
        return [
            _call_node(left, joined(first, p, _events(word, first.node, p.node), Binding.TIGHT))
            for p in parser.parse(at, Binding.ARGUMENT)
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
    if word == "given":
        return Relation("\\mid", left, right)
    return Sum("\\cap" if word == "and" else "\\cup", left, right)


def _listed(items: Node, item: Node) -> Node:
    return Listed((*items.items, item) if isinstance(items, Listed) else (items, item))


def _call_node(left: Parse, argument: Parse) -> Parse:
    inner = unfenced(argument.node)
    arguments = inner.items if isinstance(inner, Listed) else (inner,)
    return joined(left, argument, Called(left.node, arguments), Binding.TIGHT)


def _with_longer_argument(
    parser: "Parser", left: Parse, at: int, found: list[Parse]
) -> list[Parse]:
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
        return longer + [dearer(p, 1.0, "the argument ends early") for p in found]
    return found + [dearer(p, 1.2, "a longer argument") for p in longer]


def _is_callable(node: Node) -> bool:
    if isinstance(node, Scripts | Primed):
        return _is_callable(node.base)
    if isinstance(node, Accented):
        return True
    return isinstance(node, Letter) and node.text not in _NEVER_CALLED


def _tight(left: Parse, at: int, node: Node) -> Parse:
    return wrapped(left, node, end=at)._replace(level=Binding.TIGHT)
