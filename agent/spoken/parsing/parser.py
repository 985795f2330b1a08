"""A Pratt parser that keeps the likeliest few ways to read each stretch of words."""

from collections.abc import Callable, Iterable, Sequence

from agent.spoken.context import Known
from agent.spoken.parsing.binding import Binding, Parse, Stop, dearer
from agent.spoken.parsing.grammar import Grammar
from agent.spoken.parsing.prices import UNLIKELY
from agent.spoken.vocabulary.words import Word

NOTHING = Known()
MAX_PARSES = 6
MAX_DEPTH = 48
MAX_STEPS = 3_000
MAX_HEIGHT = 60  # of a tree: deeper ones are nobody's formula, and trees are walked recursively


class Parser:
    """Readings of the formulas in `words`; what was read once is remembered."""

    def __init__(
        self,
        words: Sequence[Word],
        grammar: "Grammar[Parser]",
        known: Known = NOTHING,
        *,
        is_all_maths: bool = False,
    ) -> None:
        """`is_all_maths`: any word that sounds like a letter may be one."""
        self.grammar = grammar
        self.known = known
        self.is_all_maths = is_all_maths
        self.words = [word.text for word in words]
        self.said = [word.said for word in words]
        self._starts = [word.start for word in words]
        self._ends = [word.end for word in words]
        self.stops: int = Stop.NOTHING
        self._parsed: dict[tuple[int, int, int], tuple[Parse, ...]] = {}
        self._operands: dict[tuple[int, int], tuple[Parse, ...]] = {}
        self._depth = 0
        self.n_steps_left = MAX_STEPS

    def parse(self, at: int, binding: Binding) -> tuple[Parse, ...]:
        """What begins at `at` and holds together at least as tightly as `binding`.

        Cheapest first, each as long as its choices allow.
        """
        key = (at, binding, self.stops)
        found = self._parsed.get(key)
        if found is None:
            found = self._parsed[key] = self._within_depth(self._longest, at, binding)
        return found

    def until(self, stops: int) -> "_Until":
        """A context in which operands end at `stops`, and at nothing else.

        `parser.stops | more` keeps those in force.
        """
        return _Until(self, stops)

    def word(self, at: int) -> str:
        """The word there; empty beyond the end."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def is_glued(self, at: int) -> bool:
        """Whether the word there was written without a space before it: the b of 3b."""
        is_word = 0 < at < len(self.words) and self.words[at].isalnum()
        return is_word and self._starts[at] == self._ends[at - 1]

    def operands(self, at: int) -> tuple[Parse, ...]:
        """What may stand at `at` before anything binds to it."""
        key = (at, self.stops)
        found = self._operands.get(key)
        if found is None:
            found = self._operands[key] = self._within_depth(self._read_operands, at)
        return found

    def _within_depth(self, read: Callable[..., Iterable[Parse]], *where: int) -> tuple[Parse, ...]:
        if self._depth >= MAX_DEPTH or where[0] >= len(self.words):
            return ()
        self._depth += 1
        found = tuple(cheapest(read(*where)))
        self._depth -= 1
        self.n_steps_left -= len(found)
        return found

    def _longest(self, at: int, binding: Binding) -> list[Parse]:
        frontier: Sequence[Parse] = self.grammar.read_signed(self, at, binding) or self.operands(at)
        done: list[Parse] = []
        while frontier:
            longer: list[Parse] = []
            for left in frontier:
                more = self._extend(left, binding)
                if more:
                    longer += more
                else:
                    done.append(left)
            frontier = cheapest(longer)
        return done

    def _extend(self, left: Parse, binding: Binding) -> list[Parse]:
        self.n_steps_left -= 1
        is_over = self.n_steps_left < 0 or left.height >= MAX_HEIGHT
        if is_over or left.end >= len(self.words):
            return []
        is_pause = self.words[left.end] == ","
        if is_pause and self.stops & Stop.PAUSE:
            return []
        grammar, at = self.grammar, left.end + is_pause
        table = grammar.after_pause if is_pause else grammar.infixes
        for (infix, value), end in table.matches(self.words, at):
            if binding <= infix.level <= left.level:
                more = infix.read(self, left, end, value)
                if more:
                    return more
        if is_pause:
            return grammar.read_item(self, left, at) if binding <= Binding.LIST else []
        return grammar.read_beside(self, left, binding)

    def _read_operands(self, at: int) -> list[Parse]:
        grammar = self.grammar
        at = grammar.past_articles(self, at + (self.word(at) == ","))
        for (prefix, value), end in grammar.prefixes.matches(self.words, at):
            found = prefix.read(self, end, value)
            if found:
                plain = grammar.read_plain(self, at) if prefix.is_doubtful else []
                return [*found, *(dearer(p, UNLIKELY, "letters side by side") for p in plain)]
        return grammar.read_plain(self, at)


class _Until:
    """Other stops for a while."""

    __slots__ = ("_outer", "_parser", "_stops")

    def __init__(self, parser: Parser, stops: int) -> None:
        self._parser = parser
        self._stops = stops
        self._outer = parser.stops

    def __enter__(self) -> None:
        self._parser.stops = self._stops

    def __exit__(self, *_error: object) -> None:
        self._parser.stops = self._outer


def cheapest(parses: Iterable[Parse]) -> list[Parse]:
    """The likeliest few, each once, cheapest first."""
    best = sorted(parses, key=lambda parse: (parse.cost, -parse.end))
    kept: list[Parse] = []
    for parse in best:
        if len(kept) == MAX_PARSES:
            break
        if not any(parse.end == other.end and parse.node == other.node for other in kept):
            kept.append(parse)
    return kept
