"""Primes, accents, fonts and marks: f prime, x bar, bold v, n factorial."""

from agent.spoken.parsing.binding import Binding, Parse, attached, dearer, wrapped
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import Accented, Letter, Marked, Primed, Scripts, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import USUAL
from agent.spoken.vocabulary.letters import GREEK, LATIN
from agent.spoken.vocabulary.table import Table, by_meaning

PRIMES = Table(
    {
        "prime|dash": 1,
        "double prime|prime prime|double dash|dash dash": 2,
        "triple prime|triple dash": 3,
    }
)
ACCENTS = by_meaning(
    {
        "bar": "bar|overbar|overline|overlined|conjugate|horizontal bar",
        "hat": "hat|unit vector",
        "tilde": "tilde|twiddle",
        "vec": "vector|arrow on top|with an arrow",
        "dot": "dot",
        "ddot": "double dot",
    }
)
MARKS = Table({"factorial": "!", "percent|per cent": "\\%", "double factorial": "!!"})
CONJUGATES = Table({"conjugate of|complex conjugate of": "bar"})
FONTS = Table(
    {
        "bold": "mathbf",
        "boldface": "mathbf",
        "script": "mathcal",
        "calligraphic": "mathcal",
        "cal": "mathcal",
        "mathcal": "mathcal",
        "fraktur": "mathfrak",
        "blackboard bold|double struck|double struck capital": "mathbb",
        "script capital|script uppercase|script letter|calligraphic capital": "mathcal",
        "gothic letter|gothic|fraktur letter|fraktur capital|mathfrak": "mathfrak",
        "bold capital|bold face": "mathbf",
    }
)
LATE_FONTS = Table({"calligraphic": "mathcal", "double struck": "mathbb", "bold face": "mathbf"})
_LETTERS = LATIN | GREEK.keys()


def prime(parser: Parser, left: Parse, at: int, n_primes: int) -> list[Parse]:
    """f prime; but a prime number is prose."""
    is_letter = isinstance(left.node, Letter | Scripts)
    if not is_letter or parser.word(at) in ("number", "numbers", "factor", "factors"):
        return []
    return [attached(left, at, Primed(left.node, n_primes))]


def accent(parser: Parser, left: Parse, at: int, command: str) -> list[Parse]:
    """x bar, v hat; x dot where no factor follows."""
    node = left.node
    if command == "dot" and parser.word(at) == "dot":
        return []  # dot dot dot
    is_last = parser.word(at) not in _LETTERS
    if isinstance(node, Scripts) and isinstance(node.base, Letter) and not node.sup and is_last:
        return [attached(left, at, Scripts(Accented(command, (node.base,)), node.sub))]
    if not isinstance(node, Letter):
        return []
    if command == "vec" and parser.word(at) in _LETTERS and parser.word(at - 1) == "vector":
        return []  # "b vector v": the word belongs to what follows
    return [attached(left, at, Accented(command, (left.node,)))]


def mark(_parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """Five factorial, ten percent."""
    return [attached(left, at, Marked(left.node, sign))]


def late_font(_parser: Parser, left: Parse, at: int, command: str) -> list[Parse]:
    """C calligraphic."""
    if not isinstance(left.node, Letter):
        return []
    return [attached(left, at, Accented(command, (left.node,)))]


def read_accent(parser: Parser, at: int, command: str) -> list[Parse]:
    """Vector v, bar omega."""
    return [
        wrapped(letter, Accented(command, (letter.node,)))
        for letter in parser.operands(at)
        if isinstance(letter.node, Letter | Accented) and not letter.cost
    ]


def read_font(parser: Parser, at: int, command: str) -> list[Parse]:
    """Bold x, script L."""
    return [
        wrapped(letter, Accented(command, (letter.node,)))
        for letter in parser.operands(at)
        if isinstance(letter.node, Letter)
    ]


def read_conjugate(parser: Parser, at: int, command: str) -> list[Parse]:
    """The conjugate of z, of a plus b i."""
    whole = [p for p in parser.parse(at, Binding.SUM)[:1] if isinstance(p.node, Sum)]
    found = [wrapped(part, Accented("overline", (part.node,))) for part in whole]
    cost = USUAL if found else 0.0
    return found + [dearer(p, cost) for p in read_accent(parser, at, command)]


RULES = (
    Prefix(ACCENTS, read_accent, is_doubtful=True),
    Prefix(CONJUGATES, read_conjugate),
    Prefix(FONTS, read_font),
    Infix(PRIMES, Binding.TIGHT, prime),
    Infix(ACCENTS, Binding.TIGHT, accent),
    Infix(MARKS, Binding.TIGHT, mark),
    Infix(LATE_FONTS, Binding.TIGHT, late_font),
)
