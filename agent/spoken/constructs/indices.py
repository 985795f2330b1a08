"""What makes a letter another letter: sub i, naught, initial."""

from agent.spoken.constructs.exponents import read_indices
from agent.spoken.constructs.powers import POWERS
from agent.spoken.parsing.binding import Binding, Parse, attached, dearer, joined
from agent.spoken.parsing.grammar import Infix, Rule
from agent.spoken.parsing.nodes import Letter, Node, Number, Scripts, Words
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import STILL_MORE_UNLIKELY
from agent.spoken.parsing.trees import unfenced
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


def subscript(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """x sub i, a sub n plus one."""
    found: list[Parse] = []
    for index in read_indices(parser, at):
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


RULES: tuple[Rule[Parser], ...] = (
    Infix(SUBS, Binding.TIGHT, subscript),
    Infix(SUBS, Binding.TIGHT, subscript, after_pause=True),
    Infix(NAUGHT, Binding.TIGHT, naught),
    Infix(QUALIFIERS, Binding.TIGHT, qualifier),
)
