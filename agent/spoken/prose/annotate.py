"""The formulas inside a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agent.spoken.context import Context, known
from agent.spoken.english import ENGLISH
from agent.spoken.evidence import is_formula
from agent.spoken.parsing.binding import Binding, Parse
from agent.spoken.parsing.parser import Parser
from agent.spoken.prose.variables import is_technical, is_variable
from agent.spoken.reading import DEFAULT_READINGS, Reading, rank
from agent.spoken.speech.cleaning import cleaned
from agent.spoken.vocabulary.words import Word, split_words

_LENGTH_GAIN = 0.6  # cost that one more word may have before the shorter formula is believed
_NEVER_FIRST = frozenset((",", ".", "?", "!", ";", ":", ")", "is", "to", "of"))


@dataclass(frozen=True, slots=True)
class Span:
    """A formula inside a text: characters `start` to `end`, its LaTeX, all its readings."""

    start: int
    end: int
    latex: str
    readings: tuple[Reading, ...]


def annotate(text: str, context: Context | None = None) -> tuple[Span, ...]:
    """The formulas in `text`, in order; words that are no mathematics are left alone.

    What `context` knows makes some readings likelier. Characters beyond the 4,000th are not read.
    """
    words = cleaned(split_words(text))
    parser = Parser(words, ENGLISH, known(context or Context()))
    found: list[_Found] = []
    at = 0
    while at < len(words):
        one = _found_at(parser, words, at)
        found += [one] if one else []
        at = one.end if one else at + 1
    has_formula = any(one.is_sure for one in found)
    shown = found if is_technical(words, has_formula) else [one for one in found if one.is_sure]
    return tuple(_span(parser, words, one) for one in shown)


class _Found(NamedTuple):
    """Words that are a formula for sure, or a variable if the text is technical."""

    at: int
    end: int
    is_sure: bool


def _found_at(parser: Parser, words: Sequence[Word], at: int) -> _Found | None:
    """What begins at a word."""
    parses = parser.parse(at, Binding.RELATION) if words[at].text not in _NEVER_FIRST else ()
    if not parses:
        return None
    best = min(parses, key=_worth)
    is_sure = is_formula(parser.words, at, best.end, best.node)
    if is_sure:
        return _Found(at, best.end, True)
    for parse in (best, *parser.operands(at)[:1]):
        if is_variable(words, at, parse.end, parse.node):
            return _Found(at, parse.end, False)
    return None


def _span(parser: Parser, words: Sequence[Word], one: _Found) -> Span:
    parses = (*parser.parse(one.at, Binding.RELATION), *parser.operands(one.at))
    found = rank([parse for parse in parses if parse.end == one.end], DEFAULT_READINGS)
    return Span(words[one.at].start, words[one.end - 1].end, found[0].latex, found)


def _worth(parse: Parse) -> float:
    return parse.cost - _LENGTH_GAIN * parse.end
