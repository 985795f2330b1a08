"""Readings of a phrase, and the formulas inside prose."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from agent.spoken.binding import Binding, NotMath
from agent.spoken.choices import Chooser, best_first
from agent.spoken.nodes import Node
from agent.spoken.parser import Parser
from agent.spoken.words import Word, split_words

DEFAULT_READINGS = 5


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a phrase: LaTeX, its share among the readings (0..1), what it chose."""

    latex: str
    confidence: float
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A formula inside a text: characters `start` to `end`, its LaTeX, all its readings."""

    start: int
    end: int
    latex: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class _Parsed:
    node: Node
    end: int
    is_strong: bool


def readings(text: str, n: int = DEFAULT_READINGS) -> tuple[Reading, ...]:
    """The `n` likeliest formulas that all of `text` may mean, best first; empty for prose."""
    words = _without_full_stop(split_words(text))
    return tuple(_read(words, 0, n, must_end=len(words)))


def annotate(text: str) -> tuple[Span, ...]:
    """The formulas in `text`, in order; words that are no mathematics are left alone."""
    words = split_words(text)
    spans: list[Span] = []
    at = 0
    while at < len(words):
        end = _extent(words, at)
        if end is None:
            at += 1
            continue
        found = tuple(_read(words[:end], at, DEFAULT_READINGS, must_end=end))
        if found:
            spans.append(Span(words[at].start, words[end - 1].end, found[0].latex, found))
        at = end
    return tuple(spans)


def _extent(words: Sequence[Word], at: int) -> int | None:
    """Where the formula that begins at `at` ends; None when none worth showing begins there."""
    parsed = _parse(words, at, Chooser())
    if parsed is None or not parsed.is_strong:
        return None
    end = parsed.end
    while end > at and words[end - 1].text == ",":
        end -= 1
    return end


def _parse(words: Sequence[Word], at: int, chooser: Chooser) -> _Parsed | None:
    parser = Parser(words, at, chooser)
    try:
        node = parser.parse(Binding.RELATION)
    except NotMath:
        return None
    return _Parsed(node, parser.at, parser.n_strong > 0)


def _read(words: Sequence[Word], at: int, n: int, must_end: int) -> list[Reading]:
    def attempt(chooser: Chooser) -> _Parsed | None:
        parsed = _parse(words, at, chooser)
        return parsed if parsed is not None and parsed.end == must_end else None

    by_latex: dict[str, tuple[float, tuple[str, ...]]] = {}
    for parsed, chooser in best_first(attempt):
        ways = zip(chooser.names, chooser.made, chooser.costs, strict=True)
        chosen = tuple(name for name, way, costs in ways if costs[way] > min(costs))
        by_latex.setdefault(parsed.node.latex(), (chooser.cost, chosen))
        if len(by_latex) >= n:
            break
    weights = [math.exp(-cost) for cost, _ in by_latex.values()]
    return [
        Reading(latex, weight / sum(weights), chosen)
        for (latex, (_, chosen)), weight in zip(by_latex.items(), weights, strict=True)
    ]


def _without_full_stop(words: list[Word]) -> list[Word]:
    return words[:-1] if words and words[-1].text in (".", "?", "!") else words
