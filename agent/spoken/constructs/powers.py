"""Powers of what was said: squared, to the n, all cubed, inverse."""

from agent.spoken.constructs.exponents import read_exponents
from agent.spoken.parsing.binding import Binding, Parse, Stop, attached, dearer, joined, wrapped
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Fenced, Letter, Marked, Node, Number, Scripts, Signed, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import UNLIKELY, VERY_UNLIKELY
from agent.spoken.parsing.trees import unfenced
from agent.spoken.vocabulary.numbers import ORDINALS
from agent.spoken.vocabulary.table import Table

POWERS = Table({"squared|square": "2", "cubed|cube": "3"})
WIDE_POWERS = Table(
    {
        "all squared|quantity squared|whole squared|the whole squared|everything squared": "2",
        "the whole thing squared|whole thing squared|the quantity squared": "2",
        "all cubed|quantity cubed|whole cubed|the whole cubed|the whole thing cubed": "3",
        "all to the|the whole to the|whole thing to the|all raised to the": "",
        "all to the power of|all to the power|all raised to the power of": "",
        "all transpose|all transposed": "T",
        "all inverse": "-1",
        "all complement": "c",
    }
)
TO_THE = Table(
    {
        "to the power of|to the power|to power|raised to power|raised to the power of|raised to the power": True,
        "raised to|raised to the|raised to the exponent|to the exponent|to the|superscript|caret|the power of|super": True,
    }
)
RAISED = Table(
    {
        "inverse": "-1",
        "transpose|transposed": "T",
        "star": "*",
        "dagger": "\\dagger",
        "perpendicular|perp": "\\perp",
        "degrees|degree": "\\circ",
        "up arrow": "\\uparrow",
        "down arrow": "\\downarrow",
        "complement": "c",
    }
)
RAISED_OF = Table(
    {f"{name} power of": str(value) for name, value in ORDINALS.items() if value > 1}
    | {"nth power of": "n"}
    | {
        "square of": "2",
        "cube of": "3",
        "complement of": "c",
        "transpose of": "T",
        "inverse of": "-1",
    }
)
_FUNCTION_WORDS = frozenset(("sine", "cosine", "tangent", "sin", "cos", "tan", "secant"))


def power(parser: Parser, left: Parse, at: int, exponent: str) -> list[Parse]:
    """Squared, cubed."""
    if parser.stops & Stop.POWER or parser.word(at) in ("root", "route"):
        return []
    return [attached(left, at, with_power(left.node, Number(exponent)))]


def to_the(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """To the power of."""
    if parser.stops & Stop.POWER:
        return []
    is_script = parser.word(at - 1) in ("superscript", "super")
    if parser.word(at - 1) == "caret":
        found = list(parser.parse(at, Binding.OPERAND))
    else:
        found = read_exponents(parser, at, left.node, is_script=is_script)
    raised: list[Parse] = []
    for p in found:
        exponent = p.node if is_script else unfenced(p.node)
        raised.append(joined(left, p, with_power(left.node, exponent), Binding.TIGHT))
        if is_script and isinstance(exponent, Letter | Number):
            label = joined(left, p, with_power(left.node, Fenced(exponent)), Binding.TIGHT)
            raised.append(dearer(label, VERY_UNLIKELY, "a label in brackets, not a power"))
        if isinstance(exponent, Scripts) and exponent.sup and not exponent.sub:
            inner = Fenced(with_power(left.node, exponent.base))
            tower = joined(left, p, Scripts(inner, sup=exponent.sup), Binding.TIGHT)
            raised.append(dearer(tower, UNLIKELY, "a power of a power"))
    return raised


def wide_power(parser: Parser, left: Parse, at: int, exponent: str) -> list[Parse]:
    """All squared: the power belongs to everything since the relation."""
    if isinstance(left.node, Signed) and isinstance(left.node.operand, Fenced) and exponent:
        squared = Scripts(left.node.operand, sup=Number(exponent))
        return [wrapped(left, Signed(left.node.sign, squared), end=at)]
    is_closed = isinstance(left.node, Fenced | Letter)
    base = left.node if is_closed else Fenced(left.node)
    if exponent:
        node = Scripts(base, sup=Letter(exponent) if exponent.isalpha() else Number(exponent))
        return [wrapped(left, node, end=at)._replace(level=Binding.TIGHT)]
    found = read_exponents(parser, at, base, is_script=False)
    return [joined(left, p, Scripts(base, sup=p.node), Binding.TIGHT) for p in found]


def with_power(base: Node, exponent: Node) -> Node:
    """The base with an exponent, after a subscript in the same place."""
    if isinstance(base, Scripts) and base.sup is None:
        return Scripts(base.base, base.sub, exponent)
    if isinstance(base, Scripts):
        return Scripts(Fenced(base), sup=exponent)
    if isinstance(base, Marked):
        return Marked(with_power(base.base, exponent), base.mark)
    return Scripts(base, sup=exponent)


def raised(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """A inverse, A transpose, 35 degrees."""
    if parser.stops & Stop.POWER or (isinstance(left.node, Number) and sign != "\\circ"):
        return []
    if sign == "-1" and parser.word(at) in _FUNCTION_WORDS:
        return []
    return [attached(left, at, with_power(left.node, Symbol(sign)))]


def read_raised_of(parser: Parser, at: int, power: str) -> list[Parse]:
    """The inverse of a, the square of x, the transpose of a."""
    exponent: Node = Letter(power) if power.isalpha() else Number(power)
    return [
        wrapped(inner, with_power(inner.node, exponent))
        for inner in parser.parse(at, Binding.TIGHT)
        if not (isinstance(inner.node, Number) and power == "-1")
    ]


def baseline(_parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """Back from a script; nothing is added."""
    return [left._replace(end=at)]


RULES = (
    Prefix(RAISED_OF, read_raised_of),
    Infix(POWERS, Binding.TIGHT, power),
    Infix(WIDE_POWERS, Binding.WIDE, wide_power),
    Infix(TO_THE, Binding.TIGHT, to_the),
    Infix(RAISED, Binding.TIGHT, raised),
    Infix(Table({"baseline": True}), Binding.TIGHT, baseline),
    Infix(POWERS, Binding.WIDE, wide_power, after_pause=True),
    Infix(WIDE_POWERS, Binding.WIDE, wide_power, after_pause=True),
    Infix(TO_THE, Binding.TIGHT, to_the, after_pause=True),
)
