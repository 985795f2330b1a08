"""A Pratt parser: an operand, then whatever binds to it at least as tightly as asked."""

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from agent.spoken import lexicon, operands
from agent.spoken.binding import Binding, NotMath
from agent.spoken.choices import Chooser
from agent.spoken.nodes import Atom, Binary, Command, Fraction, Group, Node, Product, Script
from agent.spoken.numbers import PARTS
from agent.spoken.postfix import extend_tightly
from agent.spoken.words import Word

MAX_STEPS = 20_000
MAX_DEPTH = 40
MAX_PHRASE_WORDS = 6
Phrase = tuple[str, ...]
Value = TypeVar("Value")


class Parser:
    """One attempt to read a formula from `words`, beginning at `at`."""

    def __init__(self, words: Sequence[Word], at: int, chooser: Chooser) -> None:
        self.words = [word.text for word in words]
        self.said = [word.said for word in words]
        self.at = self.began_at = at
        self.chooser = chooser
        self.n_strong = 0
        self.n_integrals = 0
        self._n_steps = 0
        self._depth = 0

    def parse(self, binding: Binding) -> Node:
        """The longest formula from here whose parts hold together at least that tightly."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotMath
        left = operands.read_operand(self)
        while (longer := self._extend(left, binding)) is not None:
            left = longer
        self._depth -= 1
        return left

    def peek(self, offset: int = 0) -> str:
        """A word ahead; empty beyond the end."""
        at = self.at + offset
        return self.words[at] if at < len(self.words) else ""

    def take(self, *phrase: str) -> bool:
        """Consume `phrase` if it comes next."""
        if tuple(self.words[self.at : self.at + len(phrase)]) != phrase:
            return False
        self.at += len(phrase)
        return True

    def take_any(self, phrases: Collection[Phrase]) -> Phrase | None:
        """Consume the longest of `phrases` that comes next."""
        for length in range(MAX_PHRASE_WORDS, 0, -1):
            phrase = tuple(self.words[self.at : self.at + length])
            if len(phrase) == length and phrase in phrases:
                self.at += length
                return phrase
        return None

    def look_up(self, table: Mapping[Phrase, Value]) -> Value | None:
        """Consume the longest phrase of `table` that comes next; gives its value."""
        phrase = self.take_any(table)
        return None if phrase is None else table[phrase]

    def attempt(self, binding: Binding) -> Node | None:
        """Like `parse`, but None and nothing consumed where no operand follows."""
        at, depth, n_strong = self.at, self._depth, self.n_strong
        n_choices = len(self.chooser.made)
        try:
            return self.parse(binding)
        except NotMath:
            self.at, self._depth, self.n_strong = at, depth, n_strong
            self.chooser.undo(n_choices)
            return None

    def _extend(self, left: Node, binding: Binding) -> Node | None:
        self._n_steps += 1
        if self._n_steps > MAX_STEPS:
            raise NotMath
        at = self.at
        for level, extend in (
            (Binding.TIGHT, extend_tightly),
            (Binding.RELATION, _relation),
            (Binding.WIDE, _wide),
            (Binding.SUM, _sum),
            (Binding.PRODUCT, _product),
            (Binding.FRACTION, _fraction),
            (Binding.SIDE_BY_SIDE, _side_by_side),
        ):
            if level < binding:
                continue
            longer = extend(self, left)
            if longer is not None:
                return longer
            self.at = at
        return None


def _relation(parser: Parser, left: Node) -> Node | None:
    relation = parser.look_up(lexicon.RELATIONS)
    right = parser.attempt(Binding.WIDE) if relation else None
    if relation is None or right is None:
        return None
    parser.n_strong += 1
    return Binary(relation, left, right)


def _wide(parser: Parser, left: Node) -> Node | None:
    """All that was said since the relation, over or to the power of something."""
    power = parser.look_up(lexicon.WIDE_POWERS)
    if power:
        parser.n_strong += 1
        return Script(left if isinstance(left, Group) else Group(left), sup=Atom(power))
    parser.take(",")
    if parser.take_any(lexicon.WIDE_FRACTION_BARS) or parser.take("over"):
        denominator = parser.attempt(Binding.SUM)
        if denominator is not None:
            parser.n_strong += 1
            return Fraction(left, denominator)
    return None


def _sum(parser: Parser, left: Node) -> Node | None:
    sign = parser.look_up(lexicon.SUMS)
    right = parser.attempt(Binding.PRODUCT) if sign else None
    if sign is None or right is None:
        return None
    parser.n_strong += 1
    if isinstance(right, Fraction) and parser.words[parser.at - 1] not in PARTS:
        way = parser.chooser.choose("how far the numerator goes back", (0.0, 0.5))
        if way == 1:
            return Fraction(Binary(sign, left, right.numerator), right.denominator)
    return Binary(sign, left, right)


def _product(parser: Parser, left: Node) -> Node | None:
    sign = parser.look_up(lexicon.PRODUCTS)
    right = parser.attempt(Binding.FRACTION) if sign else None
    if sign is None or right is None:
        return None
    parser.n_strong += 1
    return Binary(sign, left, right)


def _fraction(parser: Parser, left: Node) -> Node | None:
    if not parser.take_any(lexicon.FRACTION_BARS):
        return None
    right = parser.attempt(Binding.SIDE_BY_SIDE)
    if right is None:
        return None
    parser.n_strong += 1
    if (parser.peek(),) not in lexicon.SUMS:
        return Fraction(left, right)
    is_one_over_one = left == right == Atom("1")
    costs = (1.5, 0.0) if is_one_over_one else (0.0, 1.0)
    if parser.chooser.choose("how far the denominator goes", costs) == 0:
        return Fraction(left, right)
    while (longer := _sum(parser, right)) is not None:
        right = longer
    return Fraction(left, right)


def _side_by_side(parser: Parser, left: Node) -> Node | None:
    """Factors without a word between them; a number after a letter is its index."""
    if not operands.begins_factor(parser, left):
        return None
    right = parser.attempt(Binding.TIGHT)
    if right is None:
        return None
    is_number = isinstance(right, Atom) and right.text[:1].isdigit()
    may_be_index = is_number and isinstance(left, Atom) and left.text[-1:].isalpha()
    if may_be_index and parser.chooser.choose("an index or a factor", (0.0, 1.5)) == 0:
        return Script(left, sub=right)
    if isinstance(left, Command) and is_number:
        return None
    if isinstance(right, Atom) and right.text.startswith("\\"):
        parser.n_strong += 1  # two pi r
    return Product(left, right)
