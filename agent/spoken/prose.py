"""The formulas inside a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.spoken.binding import Binding, Parse
from agent.spoken.evidence import is_formula
from agent.spoken.parser import Parser
from agent.spoken.reading import DEFAULT_READINGS, Reading, rank
from agent.spoken.speech import cleaned
from agent.spoken.words import Word, split_words

_LENGTH_GAIN = 0.6  # cost that one more word may have before the shorter formula is believed
_NEVER_FIRST = frozenset((",", ".", "?", "!", ";", ":", ")", "is", "to", "of"))


@dataclass(frozen=True, slots=True)
class Span:
    """A formula inside a text: characters `start` to `end`, its LaTeX, all its readings."""

    start: int
    end: int
    latex: str
    readings: tuple[Reading, ...]


def annotate(text: str) -> tuple[Span, ...]:
    """The formulas in `text`, in order; words that are no mathematics are left alone.

    Characters beyond the 4,000th are not read.
    """
    words = cleaned(split_words(text))
    parser = Parser(words)
    spans: list[Span] = []
    at = 0
    while at < len(words):
        span, at = _span_at(parser, words, at)
        spans += [span] if span else []
    return tuple(spans)


def _span_at(parser: Parser, words: Sequence[Word], at: int) -> tuple[Span | None, int]:
    """The formula that begins at a word, and the word to go on from."""
    if words[at].text in _NEVER_FIRST:
        return None, at + 1
    parses = parser.parse(at, Binding.RELATION)
    if not parses:
        return None, at + 1
    best = min(parses, key=_worth)
    if not is_formula(parser.words, at, best.end, best.node):
        return None, at + 1
    found = rank([parse for parse in parses if parse.end == best.end], DEFAULT_READINGS)
    return Span(words[at].start, words[best.end - 1].end, found[0].latex, found), best.end


def _worth(parse: Parse) -> float:
    return parse.cost - _LENGTH_GAIN * parse.end
