"""How far an exponent goes."""

from agent.spoken.constructs.fractions import BARS
from agent.spoken.constructs.scripts import SCRIPT_SIGNS, ended, letters_together, with_term
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.nodes import Fraction, Letter, Node, Number, Product, Signed, Symbol
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import (
    MORE_UNUSUAL,
    MOST_UNUSUAL,
    SLIGHTLY_LIKELIER,
    UNUSUAL,
    USUAL,
)
from agent.spoken.parsing.trees import is_factorial
from agent.spoken.vocabulary.letters import COUNTING, GREEK, LATIN
from agent.spoken.vocabulary.numbers import read_ordinal


def read_exponents(parser: Parser, at: int, base: Node, *, is_script: bool) -> list[Parse]:
    """The exponents that may follow "to the": the nth, two n, n minus one; all of it after e."""
    sign = SCRIPT_SIGNS.match(parser.words, at)
    if sign and is_script and not parser.operands(sign[1]):
        return [ended(parser, Parse(sign[1], Symbol(sign[0])))]
    ordinal = read_ordinal(parser.words, at)
    if ordinal:
        node: Node = Letter(ordinal.text) if ordinal.text.isalpha() else Number(ordinal.text)
        return [ended(parser, Parse(ordinal.end, node))]
    is_e = base == Letter("e")
    stops = parser.stops | Stop.PAUSE | (Stop.POWER if is_script else Stop.NOTHING)
    if not is_e and parser.word(at) in COUNTING:
        stops |= Stop.OF  # f to the n of x: the argument is not the exponent's
    with parser.until(stops):
        is_long = is_e or base == Letter("\\exp")
        parts = _ratios(parser, at) if is_long else _short_products(parser, at)
    found: list[Parse] = []
    for part in (letters_together(parser, part) if is_script else part for part in parts):
        found += with_term(parser, part, is_script=is_script)
    return [ended(parser, parse) for parse in found]


def _ratios(parser: Parser, at: int) -> list[Parse]:
    """A product and what it stands over: minus x squared over two."""
    found: list[Parse] = []
    for part in parser.parse(at, Binding.ARGUMENT):
        bar = BARS.match(parser.words, part.end)
        below = parser.parse(bar[1], Binding.ARGUMENT) if bar else ()
        is_outside = any(is_factorial(down.node) for down in below)  # x to the n over n factorial
        for down in below:
            ratio = joined(part, down, _over(part.node, down.node), Binding.FRACTION)
            found.append(dearer(ratio, USUAL, "over, in the exponent") if is_outside else ratio)
        is_early = bool(below) and not is_outside
        ends = dearer(part, USUAL, "the exponent ends before over") if is_early else part
        found.append(ends)
        if isinstance(part.node, Product) and not below:
            short = parser.parse(at, Binding.TIGHT)[:1]
            found += [
                dearer(p, MOST_UNUSUAL, "the exponent ends early")
                for p in short
                if p.end < part.end
            ]
    return found + _times_in_exponent(parser, at)


def _times_in_exponent(parser: Parser, at: int) -> list[Parse]:
    """e to the minus gamma times t: a factor of the exponent, or of the whole."""
    found = parser.parse(at, Binding.PRODUCT)[:1]
    if not found or "times" not in parser.words[at : found[0].end]:
        return []
    is_likely = parser.word(at) in ("minus", "negative") and parser.word(at - 1) == "of"
    return [
        dearer(
            found[0],
            SLIGHTLY_LIKELIER if is_likely else UNUSUAL,
            "the exponent goes on after times",
        )
    ]


def _over(above: Node, below: Node) -> Node:
    if isinstance(above, Signed):
        return Signed(above.sign, Fraction(above.operand, below))
    return Fraction(above, below)


def _short_products(parser: Parser, at: int) -> list[Parse]:
    """One factor, with the number before it: two n; a half; n over two."""
    found: list[Parse] = []
    for part in parser.parse(at, Binding.TIGHT):
        core = part.node.operand if isinstance(part.node, Signed) else part.node
        following = parser.word(part.end)
        is_bracket = following == "," and parser.word(part.end + 1) == "open"
        is_factor = following in LATIN or following in GREEK or is_bracket
        if isinstance(core, Number) and is_factor:
            found += [
                joined(part, factor, Product("", part.node, factor.node), Binding.ARGUMENT)
                for factor in parser.parse(part.end, Binding.TIGHT)
            ]
        if isinstance(core, Number) and parser.word(part.end) in ("over", "slash"):
            found += [
                joined(part, below, _over(part.node, below.node), Binding.ARGUMENT)
                for below in parser.parse(part.end + 1, Binding.TIGHT)
                if isinstance(below.node, Number)
            ]
        found.append(dearer(part, USUAL, "the exponent ends early") if found else part)
        if isinstance(core, Letter) and following == "over":
            found += [
                dearer(
                    joined(part, p, _over(part.node, p.node), Binding.ARGUMENT),
                    MOST_UNUSUAL,
                    "over",
                )
                for p in parser.parse(part.end + 1, Binding.TIGHT)[:1]
            ]
        if isinstance(core, Letter) and following in LATIN and len(found) == 1:
            found += [
                dearer(
                    joined(part, factor, Product("", part.node, factor.node), Binding.ARGUMENT),
                    MORE_UNUSUAL,
                    "a longer exponent",
                )
                for factor in parser.parse(part.end, Binding.TIGHT)[:1]
            ]
    return found
