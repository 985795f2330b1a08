"""Numbers and spoken parts as operands: three quarters, two and a half, a hundred."""

from collections.abc import Sequence

from agent.spoken.parsing.binding import Binding, Parse, joined
from agent.spoken.parsing.grammar import Prefix
from agent.spoken.parsing.nodes import Fraction, Node, Number, Product
from agent.spoken.parsing.parser import Parser
from agent.spoken.vocabulary.numbers import LARGE, PARTS, SpokenNumber, read_number, read_whole
from agent.spoken.vocabulary.table import Table

SCALED = Table({"twice|double": "2", "triple|thrice": "3"})


def read_quantity(words: Sequence[str], at: int) -> tuple[Node, int] | None:
    """A number, a spoken part (three quarters) or both (two and a half), and where it ends."""
    if at >= len(words):
        return None
    if words[at] in ("half", "a", "an"):
        return _one(words, at if words[at] == "half" else at + 1)
    if "/" in words[at]:
        return _written_part(words[at]), at + 1
    number = read_number(words, at)
    if number is None:
        return None
    part = _part_after(number.text, words, number.end) or _mixed(words, number)
    return part or (Number(number.text), number.end)


def _one(words: Sequence[str], at: int) -> tuple[Node, int] | None:
    """A half, a hundred and twenty."""
    if at < len(words) and words[at] in LARGE:
        number = read_whole(["one", *words[at:]], 0)
        return (Number(number.text), at + number.end - 1) if number else None
    return _part(1, words, at)


def _written_part(word: str) -> Node:
    above, _, below = word.partition("/")
    return Fraction(Number(above), Number(below), has_bar=False)


def _part(numerator: int, words: Sequence[str], at: int) -> tuple[Node, int] | None:
    if at >= len(words) or words[at] not in PARTS:
        return None
    return Fraction(Number(str(numerator)), Number(str(PARTS[words[at]])), has_bar=False), at + 1


def _part_after(text: str, words: Sequence[str], at: int) -> tuple[Node, int] | None:
    """Three quarters: a numerator up to nineteen, then what it counts."""
    if not text.isdigit() or at >= len(words) or words[at] not in PARTS:
        return None
    is_one = text == "1"
    if words[at].endswith("s") and is_one:
        return None
    return _part(int(text), words, at)


def _mixed(words: Sequence[str], number: SpokenNumber) -> tuple[Node, int] | None:
    """Two and a half, two and three quarters, two ½."""
    at = number.end
    if at < len(words) and "/" in words[at] and len(words[at]) > 1:
        return Product("", Number(number.text), _written_part(words[at])), at + 1
    if at >= len(words) or words[at] != "and":
        return None
    at += 1
    part = _part(1, words, at + 1) if words[at : at + 1] in (["a"], ["an"]) else None
    if part is None:
        above = read_number(words, at)
        part = _part_after(above.text, words, above.end) if above else None
    return (Product("", Number(number.text), part[0]), part[1]) if part else None


def read_scaled(parser: Parser, at: int, factor: str) -> list[Parse]:
    """Twice x, double a."""
    return [
        joined(
            Parse(at, Number(factor)),
            part,
            Product("\\times" * isinstance(part.node, Number), Number(factor), part.node),
            Binding.ARGUMENT,
        )
        for part in parser.parse(at, Binding.ARGUMENT)
    ]


RULES = (Prefix(SCALED, read_scaled),)
