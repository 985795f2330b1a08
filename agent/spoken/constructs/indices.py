"""Indices: sub i, sub i comma j, naught, initial."""

from agent.spoken.constructs.powers import POWERS
from agent.spoken.constructs.scripts import SCRIPT_SIGNS, ended, letters_together, with_term
from agent.spoken.parsing.binding import Binding, Parse, Stop, attached, dearer, joined
from agent.spoken.parsing.grammar import Infix
from agent.spoken.parsing.nodes import Letter, Listed, Node, Number, Scripts, Symbol, Words
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import STILL_MORE_UNLIKELY, USUAL
from agent.spoken.parsing.trees import unfenced
from agent.spoken.vocabulary.letters import COUNTING, GREEK, LATIN
from agent.spoken.vocabulary.table import Table

SUBS = Table({"sub|subscript|sub script|with subscript": True})
NAUGHT = Table({"naught|nought|not": "0"})
# Behind a letter these are its index: v initial, omega new.
QUALIFIERS = Table(
    {
        name: name
        for name in (
            "new",
            "old",
            "max",
            "min",
            "minimum",
            "maximum",
            "initial",
            "final",
            "total",
            "eff",
            "avg",
        )
    }
)
_AFTER_NOT = frozenset(("equal", "in", "an", "a", "less", "greater", "including", "zero", "the"))
_INDEX_WORDS = frozenset(
    ("max", "min", "eff", "avg", "total", "tot", "in", "out", "net", "ext", "int", "ref", "crit")
)
_NO_INDEX_BEFORE = frozenset(
    ("sub", "subscript", "of", "prime", "bar", "hat", "over", "times", "to")
)
_IN_INDEX = Stop.POWER | Stop.OF


def subscript(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """x sub i, a sub n plus one."""
    found: list[Parse] = []
    for index in _read_indices(parser, at):
        node = _with_index(left.node, unfenced(index.node))
        found.append(joined(left, index, node, Binding.TIGHT))
        raised = POWERS.match(parser.words, index.end)
        if raised and isinstance(index.node, Letter):
            inner = Scripts(index.node, sup=Number(raised[0]))
            whole = joined(left, index, _with_index(left.node, inner), Binding.TIGHT)
            found.append(
                dearer(
                    whole._replace(end=raised[1]), STILL_MORE_UNLIKELY, "the power is in the index"
                )
            )
    return found


def _with_index(base: Node, index: Node) -> Node:
    if isinstance(base, Scripts) and base.sub is None:
        return Scripts(base.base, index, base.sup)
    return Scripts(base, sub=index)


def _read_indices(parser: Parser, at: int) -> list[Parse]:
    """The indices that may follow "sub": i, i j, i comma j, n plus one."""
    sign = SCRIPT_SIGNS.match(parser.words, at)
    if sign and not parser.operands(sign[1]):
        return [ended(parser, Parse(sign[1], Symbol(sign[0])))]
    if parser.word(at) in _INDEX_WORDS or _is_name(parser, at):
        return [ended(parser, Parse(at + 1, Words(parser.said[at])))]
    found: list[Parse] = []
    with parser.until(parser.stops | _IN_INDEX):
        firsts = parser.parse(at, Binding.TIGHT)
    for first in firsts:
        together = letters_together(parser, first)
        listed = _listed(parser, together)
        found += with_term(parser, listed, is_script=True)
        if listed.end > together.end and parser.word(together.end) == ",":
            found.append(dearer(together, USUAL, "the index ends at the pause"))
    return [ended(parser, parse) for parse in found]


def _is_name(parser: Parser, at: int) -> bool:
    """M sub bulge, rho sub ER: no word of mathematics."""
    word = parser.word(at)
    is_long = len(word) > 1 and word.isalpha() and word not in GREEK
    return is_long and not parser.parse(at, Binding.TIGHT)


def _listed(parser: Parser, first: Parse) -> Parse:
    at = first.end
    if parser.words[at : at + 2] == [",", "comma"] and parser.word(at + 3) in ("", "."):
        first = first._replace(end=at + 1)  # W sub n, comma i
    elif parser.word(at) != "comma" and not _is_tight_comma(parser, at):
        return first
    if parser.word(first.end + 1) == "dot":
        return first  # a sub two comma dot dot dot
    if parser.word(first.end + 2) in ("sub", "subscript"):
        return first  # x sub one comma y sub one
    with parser.until(parser.stops | _IN_INDEX):
        seconds = parser.parse(first.end + 1, Binding.TIGHT)
    for second in seconds[:1]:
        items = first.node.items if isinstance(first.node, Listed) else (first.node,)
        node = Listed((*items, second.node))
        return _listed(parser, joined(first, second, node, Binding.LIST))
    return first


def _is_tight_comma(parser: Parser, at: int) -> bool:
    """A comma inside an index, as "sub i, j" is written; "x sub i, x" goes on with a list."""
    following, after = parser.word(at + 1), parser.word(at + 2)
    is_index = following in LATIN or following in GREEK or following in COUNTING
    return parser.word(at) == "," and is_index and after not in _NO_INDEX_BEFORE


def naught(parser: Parser, left: Parse, at: int, digit: str) -> list[Parse]:
    """x naught, heard as "not" too; but "x not equal to" is no index."""
    is_not = parser.word(at - 1) == "not"
    if not isinstance(left.node, Letter) or (is_not and parser.word(at) in _AFTER_NOT):
        return []
    return [attached(left, at, Scripts(left.node, sub=Number(digit)))]


def qualifier(_parser: Parser, left: Parse, at: int, name: str) -> list[Parse]:
    """Omega new, v initial."""
    if not isinstance(left.node, Letter):
        return []
    return [attached(left, at, Scripts(left.node, sub=Words(name)))]


RULES = (
    Infix(SUBS, Binding.TIGHT, subscript),
    Infix(SUBS, Binding.TIGHT, subscript, after_pause=True),
    Infix(NAUGHT, Binding.TIGHT, naught),
    Infix(QUALIFIERS, Binding.TIGHT, qualifier),
)
