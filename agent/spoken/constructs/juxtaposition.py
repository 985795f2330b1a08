"""Factors with no word between them."""

from collections.abc import Sequence

from agent.spoken.constructs.accents import FONTS
from agent.spoken.constructs.differentials import read_differential
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined
from agent.spoken.parsing.nodes import (
    Called,
    Fenced,
    Letter,
    Node,
    Number,
    Product,
    Relation,
    Scripts,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import LIKELIER, UNLIKELY, USUAL, VERY_RARE, VERY_UNLIKELY
from agent.spoken.parsing.trees import unfenced
from agent.spoken.vocabulary.letters import (
    CAPITAL_WORDS,
    COUNTING,
    GREEK,
    HOMOPHONES,
    LATIN,
    NEVER_LIBERAL,
)
from agent.spoken.vocabulary.numbers import is_number_word

_SETS = frozenset(
    ("integers", "reals", "naturals", "rationals", "real", "natural", "rational", "complex", "set")
)
_KRONECKER = (Letter("\\delta"), Letter("\\Delta"))
_NO_BASES = frozenset("fghjklmn")
_INDEXABLE = frozenset(LATIN) - {"e", "i", "d"}


def side_by_side(parser: Parser, left: Parse, binding: Binding) -> list[Parse]:
    """A factor right beside `left`; a number after a letter is its index."""
    level = _level(parser, left)
    if level is None or not binding <= level <= left.level:
        return []
    if level is Binding.TIGHT:
        return _indexed(parser, left)
    right_level = Binding.TIGHT if level is Binding.ARGUMENT else Binding.ARGUMENT
    rights = parser.parse(left.end, Binding.TIGHT if level is not Binding.FACTOR else right_level)
    found = [
        joined(left, right, Product("", left.node, right.node), level)
        for right in rights
        if not isinstance(right.node, Relation)
    ]
    if isinstance(left.node, Letter) and left.node.text in parser.known.functions:
        called = [joined(left, p, Called(left.node, (unfenced(p.node),)), level) for p in rights]
        return called + [dearer(parse, USUAL, "a factor, not an argument") for parse in found]
    found += _indices(parser, left, rights)
    return found + _whole_raised(parser, left, rights, level)


def _indices(parser: Parser, left: Parse, rights: Sequence[Parse]) -> list[Parse]:
    """a n, x i: an index that nobody named; surer where the letter has had one before."""
    base = left.node
    if not isinstance(base, Letter) or base.text in "eid":
        return []
    found: list[Parse] = []
    for right in rights:
        if not isinstance(right.node, Letter):
            continue
        is_step = base in _KRONECKER and right.node.text in "xyzt"  # delta x is one thing
        is_name = base.text.startswith("\\") and right.node.text not in "ijkmnd" and not is_step
        if right.node.text.startswith("\\") or is_name:
            whole = joined(left, right, Scripts(base, sub=right.node), Binding.TIGHT)
            found.append(dearer(whole, VERY_UNLIKELY, "an index"))
        if right.node.text not in "ijkmn" or base.text in _NO_BASES:
            continue
        index = _second_index(parser, right)
        is_pair = index.end > right.end
        is_usual = base.text in parser.known.indexed or (is_pair and base in _KRONECKER)
        name = _KRONECKER[0] if is_pair and base in _KRONECKER else base
        whole = joined(left, index, Scripts(name, sub=index.node), Binding.TIGHT)
        found.append(dearer(whole, LIKELIER if is_usual else USUAL, "an index"))
    return found


def _second_index(parser: Parser, first: Parse) -> Parse:
    """The j of a i j."""
    for second in parser.operands(first.end)[:1] if parser.word(first.end) in COUNTING else ():
        node = Product("", first.node, second.node)
        return joined(first, second, node, Binding.TIGHT)
    return first


def _whole_raised(
    parser: Parser, left: Parse, rights: Sequence[Parse], level: Binding
) -> list[Parse]:
    """Two x squared, where the power is of both."""
    found: list[Parse] = []
    for right in rights:
        node = right.node
        is_raised = parser.word(right.end - 1) in ("squared", "cubed")
        if isinstance(left.node, Number) and is_raised and isinstance(node, Scripts) and node.sup:
            base = Fenced(
                Product("", left.node, Scripts(node.base, node.sub) if node.sub else node.base)
            )
            whole = joined(left, right, Scripts(base, sup=node.sup), level)
            found.append(dearer(whole, VERY_RARE, "the power is of the product"))
    return found


def _level(parser: Parser, left: Parse) -> Binding | None:
    """How tightly the next word may stand beside `left`; None when it may not."""
    at = left.end
    word = parser.word(at)
    if word in _SETS or _is_boundary(parser, at):
        return None
    if is_number_word(word):
        return _level_of_number(left)
    if word in LATIN or word in GREEK:
        return Binding.FACTOR if parser.word(at + 1) == "of" else Binding.ARGUMENT
    if parser.is_all_maths and word in HOMOPHONES and word not in NEVER_LIBERAL:
        return Binding.ARGUMENT
    if word in CAPITAL_WORDS or FONTS.match(parser.words, at):
        return Binding.ARGUMENT
    if word == "the" and isinstance(left.node, Number):
        at += 1  # two the square root of three
    return Binding.FACTOR if _begins_factor(parser, at) else None


def _begins_factor(parser: Parser, at: int) -> bool:
    prefix = parser.grammar.prefixes.match(parser.words, at)
    if (prefix and prefix[0][0].is_factor) or read_differential(parser, at):
        return True
    word = parser.word(at)
    is_power = parser.word(at + 1) in ("squared", "cubed", "square")
    return word == "pie" or (is_power and word in ("are", "see", "sea"))


def _is_boundary(parser: Parser, at: int) -> bool:
    """Whether a differential that closes an integral stands here."""
    return bool(parser.stops & Stop.DIFFERENTIAL) and read_differential(parser, at) is not None


def _level_of_number(left: Parse) -> Binding | None:
    """A number beside a letter is an index, except where the letter is a constant."""
    node = left.node
    if not isinstance(node, Letter):
        return None
    is_greek = node.text.startswith("\\")
    return Binding.TIGHT if is_greek or node.text in _INDEXABLE else None


def _indexed(parser: Parser, left: Parse) -> list[Parse]:
    numbers = [right for right in parser.operands(left.end) if isinstance(right.node, Number)]
    found: list[Parse] = []
    is_plain = _is_plain(parser, left.node)
    for number in numbers:
        index = joined(left, number, Scripts(left.node, sub=number.node), Binding.TIGHT)
        factor = joined(left, number, Product("", left.node, number.node), Binding.ARGUMENT)
        if is_plain:
            found += [factor, dearer(index, UNLIKELY, "an index, not a factor")]
        else:
            found += [index, dearer(factor, UNLIKELY, "a factor, not an index")]
    return found


def _is_plain(parser: Parser, node: Node) -> bool:
    """Whether this letter is known to be in use, and without any index."""
    known = parser.known
    is_used = isinstance(node, Letter) and node.text in known.letters
    return is_used and isinstance(node, Letter) and node.text not in known.indexed
