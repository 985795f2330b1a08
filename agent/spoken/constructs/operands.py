"""The operands without a construct of their own: numbers, letters, signs."""

from collections.abc import Callable, Container

from agent.spoken.constructs import articles
from agent.spoken.constructs.chemistry import read_compound
from agent.spoken.constructs.derivatives import glued
from agent.spoken.constructs.heard import read_homophone, read_quantity_name, read_run_of_letters
from agent.spoken.constructs.quantities import read_quantity
from agent.spoken.constructs.sums import SUMS
from agent.spoken.parsing.binding import Binding, Parse, dearer
from agent.spoken.parsing.nodes import (
    Fenced,
    Fraction,
    Letter,
    Node,
    Number,
    Product,
    Scripts,
    Signed,
)
from agent.spoken.parsing.parser import Parser
from agent.spoken.parsing.prices import MORE_UNUSUAL, SLIGHT, UNLIKELY, UNUSUAL, USUAL
from agent.spoken.vocabulary.letters import (
    CAPITAL_GREEK,
    CAPITAL_WORDS,
    GLUED,
    GREEK,
    HOMOPHONES,
    LATIN,
    SMALL_WORDS,
)

_ELEMENT_LETTERS = frozenset("hcnoskpfmz")  # with which a compound begins
_SIGNS = {"minus": "-", "negative": "-", "plus": "+", "positive": "+"}


def read_signed(parser: Parser, at: int, binding: Binding) -> list[Parse]:
    """Minus x, plus or minus two: a sign holds a whole product."""
    at += parser.word(at) == ","
    at += parser.word(at) == "the" and parser.word(at + 1) in ("negative", "positive")
    two_signs = SUMS.match(parser.words, at)
    if two_signs and two_signs[0] in ("\\pm", "\\mp"):
        sign, at = two_signs
    elif parser.word(at) in _SIGNS and parser.words[at : at + 2] != ["positive", "square"]:
        sign, at = _SIGNS[parser.word(at)], at + 1
    else:
        return []
    inner = max(binding, Binding.FRACTION)
    found: list[Parse] = []
    for part in parser.parse(at, inner):
        found.append(Parse(part.end, Signed(sign, part.node), part.cost, part.choices, inner))
        node = part.node
        if isinstance(node, Scripts) and isinstance(node.base, Number) and node.sup:
            whole = Scripts(Fenced(Signed(sign, node.base)), sup=node.sup)
            found.append(
                dearer(part._replace(node=whole), MORE_UNUSUAL, "the power is of the sign too")
            )
    return found


def read_plain(parser: Parser, at: int) -> list[Parse]:
    """A number or a letter at `at`."""
    quantity = read_quantity(parser.words, at)
    if quantity:
        return _quantities(parser, at, *quantity)
    word = parser.word(at)
    compound = read_compound(parser, at) if word in _ELEMENT_LETTERS else []
    if compound:
        return compound
    for words, read in _READERS:
        if word in words:
            return read(parser, at)
    if not parser.is_all_maths:
        return []
    return read_run_of_letters(parser, at) or read_quantity_name(parser, at)


def _quantities(parser: Parser, at: int, node: Node, end: int) -> list[Parse]:
    is_half = isinstance(node, Fraction) and parser.word(at) in ("half", "a", "an")
    return [Parse(end, node, SLIGHT if is_half else 0.0, ("half",) if is_half else ())]


def _latin(parser: Parser, at: int) -> list[Parse]:
    word, said = parser.word(at), parser.said[at]
    if word in "ai" and not articles.is_letter(parser, at):
        return []
    if parser.known.is_capital(said):
        small = Parse(at + 1, Letter(said), USUAL, ("the small letter",))
        return [Parse(at + 1, Letter(said.upper())), small]
    return [Parse(at + 1, Letter(said))]


def _greek(parser: Parser, at: int) -> list[Parse]:
    word = parser.word(at)
    said = parser.said[at]
    small, capital = GREEK[word], CAPITAL_GREEK.get(word)
    if capital and said[:1].isupper():
        return _capital_greek(parser, at, small, capital)
    if (
        word == "delta"
        and small not in parser.known.letters
        and len(parser.word(at + 1)) == 1
        and parser.word(at + 1).isalpha()
    ):
        other = Parse(at + 1, Letter(small), USUAL, ("a small delta",))
        return [Parse(at + 1, Letter("\\Delta")), other]
    if word == "delta" and small not in parser.known.letters:
        other = Parse(at + 1, Letter("\\Delta"), UNLIKELY, ("a capital delta",))
        return [Parse(at + 1, Letter(small)), other]
    return [Parse(at + 1, Letter(small))]


def _capital_greek(parser: Parser, at: int, small: str, capital: str) -> list[Parse]:
    """A Greek name with a capital: at the start every name has one."""
    upper, lower = Parse(at + 1, Letter(capital)), Parse(at + 1, Letter(small))
    if at > 0:
        return [upper]
    later = [i for i in range(1, len(parser.words)) if parser.word(i) == parser.word(at)]
    is_small_too = any(parser.said[i].islower() and parser.word(i - 1) != "capital" for i in later)
    is_told = any(parser.word(i - 1) == "capital" for i in later)
    is_again = bool(later) and not is_small_too and not is_told
    is_again = is_again or (parser.word(at) == "delta" and not later)
    choice = "the capital" if not is_again else "the small letter"
    return (
        [upper, dearer(lower, USUAL, choice)]
        if is_again
        else [lower, dearer(upper, UNUSUAL, choice)]
    )


def _cased(parser: Parser, at: int) -> list[Parse]:
    is_capital = parser.word(at) in CAPITAL_WORDS
    at += parser.word(at + 1) in ("case", "letter")
    following = parser.word(at + 1)
    if following in LATIN:
        text = following.upper() if is_capital else following
    elif following in GREEK:
        capital = CAPITAL_GREEK.get(following, following[0].upper())
        text = capital if is_capital else GREEK[following]
    else:
        return []
    return [Parse(at + 2, Letter(text))]


def _glued(parser: Parser, at: int) -> list[Parse]:
    """dy dx, or dx alone, written as one word."""
    return glued(parser, at) or [
        Parse(at + 1, Product("", Letter("d"), Letter(parser.said[at][1:])))
    ]


_READERS: tuple[tuple[Container[str], Callable[[Parser, int], list[Parse]]], ...] = (
    (LATIN, _latin),
    (GREEK, _greek),
    (CAPITAL_WORDS | SMALL_WORDS, _cased),
    (HOMOPHONES, read_homophone),
    (GLUED, _glued),
)
