"""What is named by its corners, and maps named by their ends."""

from collections.abc import Sequence

from agent.spoken.parsing.binding import Binding, Parse, Stop, joined
from agent.spoken.parsing.grammar import Infix, Prefix
from agent.spoken.parsing.nodes import (
    Accented,
    Applied,
    Letter,
    Node,
    Product,
    Relation,
    Sum,
    Symbol,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.letters import LATIN
from agent.spoken.vocabulary.table import Table, by_meaning

FIGURES = by_meaning({"\\triangle": "triangle", "\\angle": "angle"})
LINES = Table({"line|side": "", "line segment|segment": "overline", "ray": "overrightarrow"})
_MAX_CORNERS = 6
_NO_CORNERS = frozenset(
    (
        "is",
        "of",
        "in",
        "the",
        "and",
        "or",
        "to",
        "are",
        "with",
        "has",
        "was",
        "at",
        "on",
        "by",
        "that",
    )
)


def read_figure(parser: Parser, at: int, sign: str) -> list[Parse]:
    """Triangle a b c, angle a b c."""
    at += parser.word(at) == "of"
    corners = _corners(parser, at)
    if corners is None:
        return [] if sign != "\\angle" else _named_angle(parser, at, sign)
    node, end = corners
    return [Parse(end, Applied(Symbol(sign), node), level=Binding.TIGHT, height=4)]


def read_line(parser: Parser, at: int, command: str) -> list[Parse]:
    """Line a b, segment c d: their two ends."""
    corners = _corners(parser, at)
    if corners is None:
        return []
    node, end = corners
    shown: Node = Accented(command, (node,)) if command else node
    return [Parse(end, shown, level=Binding.TIGHT, height=4)]


def read_vector_between(parser: Parser, at: int, command: str) -> list[Parse]:
    """The vector from a to b."""
    for first in parser.operands(at)[:1]:
        if parser.word(first.end) != "to":
            return []
        return [
            joined(first, second, Accented(command, (_beside(first, second),)), Binding.TIGHT)
            for second in parser.operands(first.end + 1)[:1]
        ]
    return []


def read_map(parser: Parser, left: Parse, at: int, arrow: str) -> list[Parse]:
    """f from a to b; f maps x to x squared."""
    if not isinstance(left.node, Letter):
        return []
    found: list[Parse] = []
    with parser.until(parser.stops | (Stop.POWER if arrow == "\\to" else Stop.NOTHING)):
        sources = parser.parse(at, Binding.SUM)  # to the reals: no power
    for source in sources:
        if parser.word(source.end) != "to" or (arrow == "\\to" and not _is_set(source.node)):
            continue
        for target in parser.parse(source.end + 1, Binding.SUM):
            if arrow == "\\mapsto" or _is_set(target.node):
                ends = Relation(arrow, source.node, target.node)
                both = joined(source, target, ends, Binding.RELATION)
                found.append(joined(left, both, Relation(":", left.node, ends), Binding.RELATION))
    return found


def _is_set(node: Node) -> bool:
    is_joined = isinstance(node, Sum) and node.sign in ("\\cup", "\\cap", "\\setminus")
    return is_joined or isinstance(node, Letter | Symbol)


def _beside(first: Parse, second: Parse) -> Node:
    return Product("", first.node, second.node)


def _named_angle(parser: Parser, at: int, sign: str) -> list[Parse]:
    """Angle a, angle theta."""
    return [
        Parse(angle.end, Applied(Symbol(sign), angle.node), level=Binding.TIGHT, height=3)
        for angle in parser.operands(at)[:1]
        if isinstance(angle.node, Letter)
    ]


def _corners(parser: Parser, at: int) -> tuple[Node, int] | None:
    """Two letters or more, side by side."""
    word = parser.word(at)
    if 2 <= len(word) <= 4 and word.isalpha() and word not in _NO_CORNERS:
        return _side_by_side([Letter(letter) for letter in parser.said[at]]), at + 1
    end = at
    while parser.word(end) in LATIN and parser.word(end):
        end += 1
    if end - at < 2:
        return None
    end = min(end, at + _MAX_CORNERS)
    return _side_by_side([Letter(said) for said in parser.said[at:end]]), end


def _side_by_side(letters: Sequence[Node]) -> Node:
    node = letters[0]
    for letter in letters[1:]:
        node = Product("", node, letter)
    return node


RULES = (
    Prefix(FIGURES, read_figure),
    Prefix(LINES, read_line),
    Prefix(Table({"vector from": "overrightarrow"}), read_vector_between),
    Infix(Table({"from|maps from": "\\to", "maps": "\\mapsto"}), Binding.RELATION, read_map),
)
