"""Absolute values, norms, floors; and how far what follows "of" goes."""

from dataclasses import replace

from agent.spoken.constructs.groups import ending
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, wrapped
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Fenced, Fraction, Scripts
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import FAIR_CALL, SLIGHTLY_LIKELIER, UNUSUAL
from agent.spoken.parsing.trees import unfenced
from agent.spoken.vocabulary.table import Table

MAGNITUDES = Table(
    {
        "absolute value of|modulus of|magnitude of|absolute value|cardinality of": ("|", "|"),
        "start absolute value|begin absolute value": ("|", "|"),
        "norm of": ("\\|", "\\|"),
        "floor of": ("\\lfloor ", "\\rfloor"),
        "ceiling of": ("\\lceil ", "\\rceil"),
    }
)
VERTICAL_BARS = Table({"vbar": "|", "vbars": "\\|"})  # how symbols.py spells | and ‖
_ROUNDING = ("\\lfloor ", "\\lceil ")


def read_bars(parser: Parser, at: int, bar: str) -> list[Parse]:
    """|x - 3| as recognisers write it."""
    with parser.until(Stop.NOTHING):
        inners = parser.parse(at, Binding.SUM)
    return [
        wrapped(inner, Fenced(inner.node, bar, bar), end=inner.end + 1)
        for inner in inners
        if parser.word(inner.end) == parser.word(at - 1)
    ]


def read_magnitude(parser: Parser, at: int, fence: tuple[str, str]) -> list[Parse]:
    """The absolute value of a sum, or of its first term; the floor of a quotient."""
    found: list[Parse] = []
    quotients = _quotients(parser, at) if fence[0] in _ROUNDING else []
    for inner in (*quotients, *read_scope(parser, at, "the bars close early")):
        end = ending(parser, inner.end)
        whole = wrapped(inner, Fenced(inner.node, *fence), end=end)
        core = inner.node
        is_squared = parser.word(inner.end - 1) in ("squared", "cubed")
        if end == inner.end and is_squared and isinstance(core, Scripts) and core.sup:
            bars = Fenced(replace(core, sup=None) if core.sub else unfenced(core.base), *fence)
            found.append(wrapped(inner, Scripts(bars, sup=core.sup)))
            whole = dearer(whole, FAIR_CALL, "the power is inside")
        found.append(whole)
    return found


def _quotients(parser: Parser, at: int) -> list[Parse]:
    """n over two, which one rounds; whole numbers one does not."""
    found = parser.parse(at, Binding.FRACTION)[:1]
    return [
        dearer(p, SLIGHTLY_LIKELIER)
        for p in found
        if isinstance(p.node, Fraction) and p.node.has_bar
    ]


def read_scope(parser: Parser, at: int, choice: str) -> list[Parse]:
    """All the terms that follow, or, less likely, the first one; bars and commas end them."""
    with parser.until(parser.stops | Stop.BAR | Stop.PAUSE):
        wide = parser.parse(at, Binding.SUM)
        short = parser.parse(at, Binding.ARGUMENT)
    if not short or not wide or wide[0].end <= short[0].end:
        return list(wide)
    if any(_repeats(parser, at, parse) for parse in wide[:1]):
        return [*short, *(dearer(parse, UNUSUAL, "it goes on") for parse in wide)]
    return [*wide, *(dearer(parse, UNUSUAL, choice) for parse in short)]


def _repeats(parser: Parser, at: int, wide: Parse) -> bool:
    """The root of x plus the root of y: the next one of its kind closes the first."""
    opener_at = next(
        (i for i in (at - 1, at - 2) if parser.word(i) not in ("of", "the", ",")), at - 1
    )
    opener = parser.word(opener_at)
    is_second = opener in parser.words[:opener_at] and "times" in (
        parser.word(opener_at - 1),
        parser.word(opener_at - 2),
    )
    return is_second or opener in parser.words[at : wide.end]


RULES = (
    Prefix(MAGNITUDES, read_magnitude),
    Prefix(VERTICAL_BARS, read_bars, is_factor=False),
)
