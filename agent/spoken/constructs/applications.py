"""Functions with and without "of", with powers and bases."""

from agent.spoken.constructs.calls import call
from agent.spoken.constructs.exponents import read_exponents
from agent.spoken.constructs.groups import ending
from agent.spoken.constructs.postfix import with_power
from agent.spoken.constructs.ratios import with_ratios
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.nodes import (
    Applied,
    Called,
    Fenced,
    Fraction,
    Letter,
    Node,
    Number,
    Rows,
    Scripts,
    Symbol,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MOST_UNUSUAL, UNUSUAL, USUAL
from agent.spoken.parsing.trees import first_factor
from agent.spoken.vocabulary import functions, operators


def read_inverse(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """Inverse tangent of x."""
    name = functions.FUNCTIONS.match(parser.words, at)
    if name is None:
        return []
    return _applied(parser, Parse(name[1], Scripts(Symbol(name[0]), sup=Number("-1"))), name[0])


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


def read_raised_of(parser: Parser, at: int, power: str) -> list[Parse]:
    """The inverse of a, the square of x, the transpose of a."""
    exponent: Node = Letter(power) if power.isalpha() else Number(power)
    return [
        wrapped(inner, with_power(inner.node, exponent))
        for inner in parser.parse(at, Binding.TIGHT)
        if not (isinstance(inner.node, Number) and power == "-1")
    ]


def read_function(parser: Parser, at: int, name: str) -> list[Parse]:
    """sine x, sine squared of x, log base two of eight."""
    return _applied(parser, Parse(at, Symbol(name)), name)


def _applied(parser: Parser, bare: Parse, name: str) -> list[Parse]:
    found: list[Parse] = []
    for head in _scripted(parser, bare):
        has_of = parser.word(head.end) == "of"
        if not has_of and not _may_lack_of(parser, head.end, name):
            continue
        arguments_at = head.end + has_of + (parser.words[head.end : head.end + 2] == ["of", ","])
        arguments = (_arguments_of if has_of else _arguments)(parser, arguments_at)
        for argument in arguments:
            based = _base_after(parser, head, argument)
            is_nested = has_of and isinstance(argument.node, Applied)
            inner: Node = Fenced(argument.node) if is_nested else argument.node
            node = Applied(based.node, inner)
            found.append(
                joined(based, argument, node, Binding.FACTOR)._replace(
                    end=ending(parser, max(based.end, argument.end))
                )
            )
            found += _whole_raised(parser, based, argument)
            found += _between_bars(based, argument)
    return found


def _between_bars(head: Parse, argument: Parse) -> list[Parse]:
    """A determinant as its matrix between bars."""
    matrix = argument.node
    if head.node != Symbol("\\det") or not isinstance(matrix, Rows):
        return []
    bars = joined(head, argument, Rows("vmatrix", matrix.rows), Binding.OPERAND)
    return [dearer(bars, USUAL, "bars around the matrix")]


def _whole_raised(parser: Parser, head: Parse, argument: Parse) -> list[Parse]:
    """Sine x squared, where the sine is squared."""
    node = argument.node
    is_raised = parser.word(argument.end - 1) in ("squared", "cubed") and head.end < argument.end
    if not is_raised or not isinstance(node, Scripts) or node.sub or not node.sup:
        return []
    whole = Scripts(Fenced(Applied(head.node, node.base)), sup=node.sup)
    return [
        dearer(joined(head, argument, whole, Binding.FACTOR), UNUSUAL, "the power is of the value")
    ]


def _may_lack_of(parser: Parser, at: int, name: str) -> bool:
    """Whether the name alone, with what stands at `at`, is a function and no prose."""
    if name not in functions.NEED_OF or parser.word(at) == "(":
        return True
    is_letter = len(parser.word(at)) == 1 and bool(parser.operands(at))
    is_more = functions.FUNCTIONS.match(parser.words, at) is not None
    return name in functions.NEED_OF_OR_LETTER and (is_letter or is_more)


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


def _scripted(parser: Parser, head: Parse) -> list[Parse]:
    at, node = head.end, head.node
    power = operators.POWERS.match(parser.words, at)
    if power:
        return _scripted(parser, wrapped(head, _with(node, sup=Number(power[0])), end=power[1]))
    if parser.word(at) == "inverse":
        return _scripted(parser, wrapped(head, _with(node, sup=Number("-1")), end=at + 1))
    to_the = operators.TO_THE.match(parser.words, at)
    if to_the and parser.word(at) != "raised" and not _names_base(parser, at):
        if parser.word(at) == "caret":
            exponents = list(parser.parse(to_the[1], Binding.OPERAND))
        else:
            exponents = read_exponents(parser, to_the[1], node, is_script=False)
        return [joined(head, p, _with(node, sup=p.node), Binding.OPERAND) for p in exponents]
    if node in _EXTREMES and parser.word(at) == "over":
        ranges = parser.parse(at + 1, Binding.RELATION, Stop.OF | Stop.BAR)
        return [joined(head, p, _with(node, sub=p.node), Binding.OPERAND) for p in ranges]
    base_at = _base_at(parser, at)
    if base_at is None:
        return [head]
    bases = parser.operands(base_at)
    return [joined(head, p, _with(node, sub=p.node), Binding.OPERAND) for p in bases]


def _names_base(parser: Parser, at: int) -> bool:
    return parser.word(at) == "to" and parser.word(at + 2) == "base"


def _base_at(parser: Parser, at: int) -> int | None:
    """Where the base of a logarithm stands: base two, to the base two, sub two."""
    for words in (("base",), ("to", "the", "base"), ("to", "base"), ("sub",), ("subscript",)):
        if tuple(parser.words[at : at + len(words)]) == words:
            end = at + len(words)
            return end + (parser.word(end) == "of")
    return None


def _base_after(parser: Parser, head: Parse, argument: Parse) -> Parse:
    """log of x base two: the base comes last."""
    base_at = _base_at(parser, argument.end)
    is_log = head.node in (Symbol("\\log"), Symbol("\\ln"))
    bases = parser.operands(base_at) if is_log and base_at is not None else ()
    if not bases:
        return head
    return wrapped(head, Scripts(head.node, sub=bases[0].node), end=bases[0].end)


def _with(node: Node, *, sub: Node | None = None, sup: Node | None = None) -> Node:
    if isinstance(node, Scripts):
        return Scripts(node.base, sub or node.sub, sup or node.sup)
    return Scripts(node, sub, sup)


def _arguments_of(parser: Parser, at: int) -> list[Parse]:
    """After "of": a product and what it stands over, or a sum."""
    found: list[Parse] = []
    for first in parser.parse(at, Binding.ARGUMENT):
        found += with_ratios(parser, first)
    if found and parser.word(found[0].end) in ("plus", "minus"):
        wide = parser.parse(at, Binding.SUM)
        if _is_shifted_angle(found[0].node):
            return [*wide, *(dearer(parse, UNUSUAL, "the argument ends early") for parse in found)]
        found += [dearer(parse, UNUSUAL, "the argument is the sum") for parse in wide]
    return found


def _arguments(parser: Parser, at: int) -> list[Parse]:
    """Without "of": the factors that follow; pi over two and one over x stay together."""
    found: list[Parse] = []
    for first in parser.parse(at, Binding.ARGUMENT):
        is_whole = first.node in (Letter("\\pi"), Number("1"))
        found += with_ratios(parser, first) if is_whole else [first]
    if found and parser.word(found[0].end) in ("plus", "minus"):
        wide = parser.parse(at, Binding.SUM, parser.stops | Stop.BAR)
        found += [dearer(parse, MOST_UNUSUAL, "the argument is the sum") for parse in wide[:1]]
    return found


def _is_shifted_angle(first: Node) -> bool:
    """Pi over two, which a function adds to its variable: sine of pi over two minus x."""
    is_degrees = isinstance(first, Scripts) and first.sup == Symbol("\\circ")
    is_pi = isinstance(first, Fraction) and first_factor(first.numerator) == Letter("\\pi")
    return is_degrees or is_pi or first == Letter("\\pi")
