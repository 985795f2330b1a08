"""A function's name with its power, its base or what it ranges over."""

from agent.spoken.constructs.exponents import read_exponents
from agent.spoken.constructs.powers import POWERS, TO_THE
from agent.spoken.parsing.binding import Binding, Parse, Stop, joined, wrapped
from agent.spoken.parsing.nodes import Node, Number, Scripts, Symbol
from agent.spoken.parsing.parser import Parser

_EXTREMES = tuple(
    Symbol(name)
    for name in (
        "\\max",
        "\\min",
        "\\sup",
        "\\inf",
        "\\operatorname{argmax}",
        "\\operatorname{argmin}",
    )
)


def scripted(parser: Parser, head: Parse) -> list[Parse]:
    """A function's name with what stands above and below it: squared, inverse, base two."""
    at, node = head.end, head.node
    power = POWERS.match(parser.words, at)
    if power:
        return scripted(
            parser, wrapped(head, _with_scripts(node, sup=Number(power[0])), end=power[1])
        )
    if parser.word(at) == "inverse":
        return scripted(parser, wrapped(head, _with_scripts(node, sup=Number("-1")), end=at + 1))
    to_the = TO_THE.match(parser.words, at)
    if to_the and parser.word(at) != "raised" and not _names_base(parser, at):
        if parser.word(at) == "caret":
            exponents = list(parser.parse(to_the[1], Binding.OPERAND))
        else:
            exponents = read_exponents(parser, to_the[1], node, is_script=False)
        return [
            joined(head, p, _with_scripts(node, sup=p.node), Binding.OPERAND) for p in exponents
        ]
    if node in _EXTREMES and parser.word(at) == "over":
        with parser.until(Stop.OF | Stop.BAR):
            ranges = parser.parse(at + 1, Binding.RELATION)
        return [joined(head, p, _with_scripts(node, sub=p.node), Binding.OPERAND) for p in ranges]
    base_at = _base_at(parser, at)
    if base_at is None:
        return [head]
    bases = parser.operands(base_at)
    return [joined(head, p, _with_scripts(node, sub=p.node), Binding.OPERAND) for p in bases]


def _names_base(parser: Parser, at: int) -> bool:
    return parser.word(at) == "to" and parser.word(at + 2) == "base"


def _base_at(parser: Parser, at: int) -> int | None:
    """Where the base of a logarithm stands: base two, to the base two, sub two."""
    for words in (("base",), ("to", "the", "base"), ("to", "base"), ("sub",), ("subscript",)):
        if tuple(parser.words[at : at + len(words)]) == words:
            end = at + len(words)
            return end + (parser.word(end) == "of")
    return None


def base_after(parser: Parser, head: Parse, argument: Parse) -> Parse:
    """log of x base two: the base comes last."""
    base_at = _base_at(parser, argument.end)
    is_log = head.node in (Symbol("\\log"), Symbol("\\ln"))
    bases = parser.operands(base_at) if is_log and base_at is not None else ()
    if not bases:
        return head
    return wrapped(head, Scripts(head.node, sub=bases[0].node), end=bases[0].end)


def _with_scripts(node: Node, *, sub: Node | None = None, sup: Node | None = None) -> Node:
    if isinstance(node, Scripts):
        return Scripts(node.base, sub or node.sub, sup or node.sup)
    return Scripts(node, sub, sup)
