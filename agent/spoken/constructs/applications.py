"""Functions with and without "of", with powers and bases."""

from agent.spoken.constructs.function_heads import base_after, scripted
from agent.spoken.constructs.groups import ending
from agent.spoken.constructs.quotients import with_ratios
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import (
    Applied,
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
from agent.spoken.vocabulary.table import Table, by_meaning

FUNCTIONS = by_meaning(
    {
        "\\sin": "sine|sin|sign|signed",
        "\\cos": "cosine|cos|co sine|cosign|co sign",
        "\\tan": "tangent|tan",
        "\\sec": "secant|sec",
        "\\csc": "cosecant|csc|cosec",
        "\\cot": "cotangent|cot",
        "\\arcsin": "arc sine|arcsine|arcsin|arc sin",
        "\\arccos": "arc cosine|arccosine|arccos|arc cos",
        "\\arctan": "arc tangent|arctangent|arctan|arc tan",
        "\\sinh": "hyperbolic sine|sinh|cinch",
        "\\cosh": "hyperbolic cosine|cosh",
        "\\tanh": "hyperbolic tangent|tanh",
        "\\coth": "hyperbolic cotangent|coth",
        "\\operatorname{sech}": "hyperbolic secant|sech",
        "\\operatorname{csch}": "hyperbolic cosecant|csch",
        "\\log": "log|logarithm",
        "\\ln": "natural log|natural logarithm|l n|ln|log natural",
        "\\exp": "exp|exponential",
        "\\max": "max|maximum",
        "\\min": "min|minimum",
        "\\gcd": "gcd|greatest common divisor",
        "\\operatorname{lcm}": "lcm",
        "\\sup": "supremum|sup",
        "\\inf": "infimum|inf",
        "\\det": "determinant|det",
        "\\dim": "dimension|dim",
        "\\ker": "kernel|ker",
        "\\deg": "deg|degree",
        "\\operatorname{argmax}": "arg max|argmax",
        "\\operatorname{argmin}": "arg min|argmin",
        "\\arg": "arg",
        "\\operatorname{erf}": "erf",
        "\\operatorname{Re}": "real part",
        "\\operatorname{Im}": "imaginary part",
        "\\operatorname{tr}": "trace",
        "\\operatorname{rank}": "rank",
        "\\operatorname{sgn}": "signum|sgn",
        "\\operatorname{Var}": "variance|var",
        "\\operatorname{Cov}": "covariance|cov",
        "\\nabla\\cdot": "divergence|div|nabla dot|del dot",
        "\\nabla\\times": "curl|nabla cross|del cross",
        "\\nabla": "gradient|grad|del",
        "\\nabla^2": "laplacian",
    }
)
# These are words of prose too: without "of" they are no functions.
NEED_OF = frozenset(
    [
        "\\max",
        "\\min",
        "\\sup",
        "\\inf",
        "\\dim",
        "\\ker",
        "\\det",
        "\\deg",
        "\\gcd",
        "\\nabla",
        "\\nabla^2",
        "\\nabla\\cdot",
        "\\nabla\\times",
        "\\operatorname{Re}",
        "\\operatorname{Im}",
        "\\operatorname{tr}",
        "\\operatorname{rank}",
        "\\operatorname{Var}",
        "\\operatorname{Cov}",
    ]
)
# Of these, a letter right behind them is enough: det a, curl f.
NEED_OF_OR_LETTER = frozenset(
    ["\\det", "\\operatorname{tr}", "\\nabla", "\\nabla\\cdot", "\\nabla\\times"]
)


def read_inverse(parser: Parser, at: int, _said: bool) -> list[Parse]:
    """Inverse tangent of x."""
    name = FUNCTIONS.match(parser.words, at)
    if name is None:
        return []
    return _applied(parser, Parse(name[1], Scripts(Symbol(name[0]), sup=Number("-1"))), name[0])


def read_function(parser: Parser, at: int, name: str) -> list[Parse]:
    """sine x, sine squared of x, log base two of eight."""
    return _applied(parser, Parse(at, Symbol(name)), name)


def _applied(parser: Parser, bare: Parse, name: str) -> list[Parse]:
    found: list[Parse] = []
    for head in scripted(parser, bare):
        has_of = parser.word(head.end) == "of"
        if not has_of and not _may_lack_of(parser, head.end, name):
            continue
        arguments_at = head.end + has_of + (parser.words[head.end : head.end + 2] == ["of", ","])
        arguments = (_arguments_of if has_of else _arguments)(parser, arguments_at)
        for argument in arguments:
            based = base_after(parser, head, argument)
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
    if name not in NEED_OF or parser.word(at) == "(":
        return True
    is_letter = len(parser.word(at)) == 1 and bool(parser.operands(at))
    is_more = FUNCTIONS.match(parser.words, at) is not None
    return name in NEED_OF_OR_LETTER and (is_letter or is_more)


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
        with parser.until(parser.stops | Stop.BAR):
            wide = parser.parse(at, Binding.SUM)
        found += [dearer(parse, MOST_UNUSUAL, "the argument is the sum") for parse in wide[:1]]
    return found


def _is_shifted_angle(first: Node) -> bool:
    """Pi over two, which a function adds to its variable: sine of pi over two minus x."""
    is_degrees = isinstance(first, Scripts) and first.sup == Symbol("\\circ")
    is_pi = isinstance(first, Fraction) and first_factor(first.numerator) == Letter("\\pi")
    return is_degrees or is_pi or first == Letter("\\pi")


RULES = (
    Prefix(FUNCTIONS, read_function, is_doubtful=True),
    Prefix(Table({"inverse": True}), read_inverse),
)
