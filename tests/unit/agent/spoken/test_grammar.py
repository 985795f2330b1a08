"""The grammar is an argument of the parser: another language, or a few rules for a test."""

import importlib
import pkgutil

import pytest

from agent.spoken import constructs, readings
from agent.spoken.english import ENGLISH
from agent.spoken.parsing.binding import Binding, Parse, Stop, attached, joined
from agent.spoken.parsing.grammar import Grammar, Infix, Prefix
from agent.spoken.parsing.latex import to_latex
from agent.spoken.parsing.nodes import Fraction, Letter, Number, Root, Scripts, Sum
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.table import Table
from agent.spoken.vocabulary.words import split_words

_NUMBERS = {"eins": "1", "zwei": "2", "drei": "3"}


def _read_plain(parser: Parser, at: int) -> list[Parse]:
    """A German number or a letter."""
    word = parser.word(at)
    if word in _NUMBERS:
        return [Parse(at + 1, Number(_NUMBERS[word]))]
    return [Parse(at + 1, Letter(word))] if len(word) == 1 and word.isalpha() else []


def _term(parser: Parser, left: Parse, at: int, sign: str) -> list[Parse]:
    return [
        joined(left, right, Sum(sign, left.node, right.node), Binding.SUM)
        for right in parser.parse(at, Binding.PRODUCT)
    ]


def _over(parser: Parser, left: Parse, at: int, _said: bool) -> list[Parse]:
    if parser.stops & Stop.BAR:
        return []
    return [
        joined(left, right, Fraction(left.node, right.node), Binding.FRACTION)
        for right in parser.parse(at, Binding.FACTOR)
    ]


def _squared(_parser: Parser, left: Parse, at: int, power: str) -> list[Parse]:
    return [attached(left, at, Scripts(left.node, sup=Number(power)))]


def _root(parser: Parser, at: int, _said: bool) -> list[Parse]:
    with parser.until(Stop.BAR):
        inners = parser.parse(at, Binding.SUM)
    return [inner._replace(node=Root(inner.node), level=Binding.OPERAND) for inner in inners]


_OVER = Table({"durch|geteilt durch": True})
GERMAN = Grammar(
    rules=(
        Prefix(Table({"wurzel aus|die wurzel aus": True}), _root),
        Infix(Table({"plus": "+", "minus": "-"}), Binding.SUM, _term),
        Infix(_OVER, Binding.FRACTION, _over),
        Infix(_OVER, Binding.WIDE, _over, after_pause=True),
        Infix(Table({"quadrat|zum quadrat": "2", "hoch drei": "3"}), Binding.TIGHT, _squared),
    ),
    read_plain=_read_plain,
)


def _read(text: str, grammar: Grammar[Parser] = GERMAN) -> list[str]:
    words = split_words(text)
    parses = Parser(words, grammar).parse(0, Binding.LIST)
    return [to_latex(parse.node) for parse in parses if parse.end == len(words)]


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("a plus b quadrat", ["a+b^2"]),
        ("x hoch drei minus zwei", ["x^3-2"]),  # two words, one rule
        ("a plus b geteilt durch zwei", [r"a+\frac{b}{2}"]),
        ("a plus b, durch zwei", [r"\frac{a+b}{2}"]),  # a pause takes the whole side
        ("die wurzel aus x plus eins durch zwei", [r"\frac{\sqrt{x+1}}{2}"]),
        ("a plus b squared", []),  # English words have no rule here
        ("a und b", []),
        ("zwei a", []),  # nothing is read beside an operand
        ("a, b", []),  # and there are no lists
        ("plus a", []),  # and no signs
        ("quadrat", []),
    ],
)
def test_a_second_language_is_an_argument(words: str, latex: list[str]) -> None:
    """The parser knows how to parse and no word of any language."""
    assert _read(words) == latex


def test_english_words_are_not_read_by_another_grammar_and_the_other_way_round() -> None:
    """A table shared by two grammars would show here."""
    assert readings("a plus b squared")[0].latex == "a+b^2"
    assert readings("x hoch drei") == ()


def test_of_two_rules_with_the_same_words_the_first_that_reads_something_wins() -> None:
    """English says "square" of a unit and of a power."""

    def refuse(_parser: Parser, _left: Parse, _at: int, _value: str) -> list[Parse]:
        return []

    square = Table({"quadrat": "2"})
    fourth = Table({"quadrat": "4"})
    rules = tuple(
        Infix(table, Binding.TIGHT, read)
        for table, read in ((square, refuse), (square, _squared), (fourth, _squared))
    )
    assert _read("x quadrat", Grammar(rules=rules, read_plain=_read_plain)) == ["x^2"]


def test_of_two_phrases_the_longest_wins_in_whatever_order_the_rules_stand() -> None:
    """A short phrase would hide each longer one that begins with it."""
    short = Infix(Table({"hoch": "1"}), Binding.TIGHT, _squared)
    long = Infix(Table({"hoch drei": "3"}), Binding.TIGHT, _squared)
    for rules in ((short, long), (long, short)):
        assert _read("x hoch drei", Grammar(rules=rules, read_plain=_read_plain)) == ["x^3"]


def test_stops_hold_inside_their_context_and_not_after_it() -> None:
    """A stop that stayed would cut off all that follows, and one that leaked in too."""
    parser = Parser(split_words("a durch zwei"), GERMAN)
    with parser.until(Stop.BAR):
        assert [parse.end for parse in parser.parse(0, Binding.SUM)] == [1]
        with parser.until(Stop.NOTHING):
            assert [parse.end for parse in parser.parse(0, Binding.SUM)] == [3]
        with parser.until(parser.stops | Stop.OF):
            assert [parse.end for parse in parser.parse(0, Binding.SUM)] == [1]
    assert [parse.end for parse in parser.parse(0, Binding.SUM)] == [3]


def test_stops_end_with_an_error_too() -> None:
    """The parser may be asked again."""
    parser = Parser(split_words("a durch zwei"), GERMAN)
    with pytest.raises(KeyError), parser.until(Stop.BAR):
        raise KeyError
    assert parser.stops == Stop.NOTHING


def test_english_holds_the_rules_of_every_construct() -> None:
    """A construct that english.py does not name would never be read."""
    names = [module.name for module in pkgutil.iter_modules(constructs.__path__)]
    modules = [importlib.import_module(f"{constructs.__name__}.{name}") for name in names]
    rules = [rule for module in modules for rule in getattr(module, "RULES", ())]
    assert len(rules) > 80
    assert [rule for rule in rules if rule not in ENGLISH.rules] == []
    assert len(rules) == len(ENGLISH.rules)
