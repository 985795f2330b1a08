"""What follows an operand: powers, indices, primes, accents, arguments."""

from agent.spoken.constructs.exponents import read_exponents, read_indices
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer, joined, wrapped
from agent.spoken.parsing.nodes import (
    Accented,
    Fenced,
    Letter,
    Marked,
    Node,
    Number,
    Primed,
    Product,
    Relation,
    Scripts,
    Signed,
    Sum,
    Symbol,
    Words,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MODERATE, STILL_MORE_UNLIKELY, UNLIKELY, VERY_UNLIKELY
from agent.spoken.parsing.trees import unfenced
from agent.spoken.vocabulary.letters import GREEK, LATIN
from agent.spoken.vocabulary.operators import POWERS


def power(parser: Parser, left: Parse, at: int, exponent: str) -> list[Parse]:
    """Squared, cubed."""
    if parser.stops & Stop.POWER or parser.word(at) in ("root", "route"):
        return []
    return [_tight(left, at, with_power(left.node, Number(exponent)))]


def to_the(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """To the power of."""
    if parser.stops & Stop.POWER:
        return []
    is_script = parser.word(at - 1) in ("superscript", "super")
    if parser.word(at - 1) == "caret":
        found = list(parser.parse(at, Binding.OPERAND))
    else:
        found = read_exponents(parser, at, left.node, is_script=is_script)
    raised: list[Parse] = []
    for p in found:
        exponent = p.node if is_script else unfenced(p.node)
        raised.append(joined(left, p, with_power(left.node, exponent), Binding.TIGHT))
        if is_script and isinstance(exponent, Letter | Number):
            label = joined(left, p, with_power(left.node, Fenced(exponent)), Binding.TIGHT)
            raised.append(dearer(label, VERY_UNLIKELY, "a label in brackets, not a power"))
        if isinstance(exponent, Scripts) and exponent.sup and not exponent.sub:
            inner = Fenced(with_power(left.node, exponent.base))
            tower = joined(left, p, Scripts(inner, sup=exponent.sup), Binding.TIGHT)
            raised.append(dearer(tower, UNLIKELY, "a power of a power"))
    return raised


def wide_power(parser: Parser, left: Parse, at: int, exponent: str) -> list[Parse]:
    """All squared: the power belongs to everything since the relation."""
    if isinstance(left.node, Signed) and isinstance(left.node.operand, Fenced) and exponent:
        squared = Scripts(left.node.operand, sup=Number(exponent))
        return [wrapped(left, Signed(left.node.sign, squared), end=at)]
    is_closed = isinstance(left.node, Fenced | Letter)
    base = left.node if is_closed else Fenced(left.node)
    if exponent:
        node = Scripts(base, sup=Letter(exponent) if exponent.isalpha() else Number(exponent))
        return [wrapped(left, node, end=at)._replace(level=Binding.TIGHT)]
    found = read_exponents(parser, at, base, is_script=False)
    return [joined(left, p, Scripts(base, sup=p.node), Binding.TIGHT) for p in found]


def in_brackets(_parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """x plus one in brackets."""
    return [wrapped(left, Fenced(left.node), end=at)]


def with_power(base: Node, exponent: Node) -> Node:
    """The base with an exponent, after a subscript in the same place."""
    if isinstance(base, Scripts) and base.sup is None:
        return Scripts(base.base, base.sub, exponent)
    if isinstance(base, Scripts):
        return Scripts(Fenced(base), sup=exponent)
    if isinstance(base, Marked):
        return Marked(with_power(base.base, exponent), base.mark)
    return Scripts(base, sup=exponent)


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
    return [_tight(left, at, Scripts(left.node, sub=Number(digit)))]


def qualifier(_parser: Parser, left: Parse, at: int, name: str) -> list[Parse]:
    """Omega new, v initial."""
    if not isinstance(left.node, Letter):
        return []
    return [_tight(left, at, Scripts(left.node, sub=Words(name)))]


def verdict(_parser: Parser, left: Parse, at: int, words: str) -> list[Parse]:
    """f of c exists."""
    return [wrapped(left, Product("", left.node, Words(f" {words}")), end=at)]


def compared_with_zero(_parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """x is positive."""
    node = Relation(sign, left.node, Number("0"))
    return [wrapped(left, node, end=at)._replace(level=Binding.RELATION)]


def baseline(_parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """Back from a script; nothing is added."""
    return [left._replace(end=at)]


def prime(parser: Parser, left: Parse, at: int, n_primes: int) -> list[Parse]:
    """f prime; but a prime number is prose."""
    is_letter = isinstance(left.node, Letter | Scripts)
    if not is_letter or parser.word(at) in ("number", "numbers", "factor", "factors"):
        return []
    return [_tight(left, at, Primed(left.node, n_primes))]


def accent(parser: Parser, left: Parse, at: int, command: str) -> list[Parse]:
    """x bar, v hat; x dot where no factor follows."""
    node = left.node
    if command == "dot" and parser.word(at) == "dot":
        return []  # dot dot dot
    is_last = parser.word(at) not in _LETTERS
    if isinstance(node, Scripts) and isinstance(node.base, Letter) and not node.sup and is_last:
        return [_tight(left, at, Scripts(Accented(command, (node.base,)), node.sub))]
    if not isinstance(node, Letter):
        return []
    if command == "vec" and parser.word(at) in _LETTERS and parser.word(at - 1) == "vector":
        return []  # "b vector v": the word belongs to what follows
    return [_tight(left, at, Accented(command, (left.node,)))]


def late_font(_parser: Parser, left: Parse, at: int, command: str) -> list[Parse]:
    """C calligraphic."""
    if not isinstance(left.node, Letter):
        return []
    return [_tight(left, at, Accented(command, (left.node,)))]


def mark(_parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """Five factorial, ten percent."""
    return [_tight(left, at, Marked(left.node, sign))]


def raised(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    """A inverse, A transpose, 35 degrees."""
    if parser.stops & Stop.POWER or (isinstance(left.node, Number) and sign != "\\circ"):
        return []
    if sign == "-1" and parser.word(at) in _FUNCTION_WORDS:
        return []
    return [_tight(left, at, with_power(left.node, Symbol(sign)))]


_LETTERS = LATIN | GREEK.keys()
_AFTER_NOT = frozenset(("equal", "in", "an", "a", "less", "greater", "including", "zero", "the"))
_FUNCTION_WORDS = frozenset(("sine", "cosine", "tangent", "sin", "cos", "tan", "secant"))


def choose(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    """n choose k."""
    if parser.stops & Stop.CHOICE:
        return []
    return [
        joined(left, lower, Accented("binom", (left.node, lower.node)), Binding.ARGUMENT)
        for lower in _lowers(parser, at)
    ]


def _lowers(parser: Parser, at: int) -> list[Parse]:
    """k; n minus k, where a difference is likelier than not."""
    found = list(parser.parse(at, Binding.TIGHT))
    if not found or parser.word(found[0].end) != "minus":
        return found
    longer = [
        joined(found[0], term, Sum("-", found[0].node, term.node), Binding.SUM)
        for term in parser.parse(found[0].end + 1, Binding.TIGHT)[:1]
        if isinstance(term.node, Letter | Number)
    ]
    return [*longer, *(dearer(parse, MODERATE, "the choice ends early") for parse in found)]


def _tight(left: Parse, at: int, node: Node) -> Parse:
    return wrapped(left, node, end=at)._replace(level=Binding.TIGHT)
