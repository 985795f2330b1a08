"""Generated spoken mathematics: the text that the recogniser's language model learns from."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate
from random import Random

MAX_DEPTH = 7  # rules inside rules; deeper, each takes its shortest way out
MAX_WORDS = 40
_NUMBER = re.compile(r"\d+(\.\d+)?")

Weighted = tuple[float, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choices:
    """A rule's alternatives with their weights summed up from left to right."""

    alternatives: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...]

    def draw(self, random: Random) -> tuple[str, ...]:
        """One alternative."""
        return self.alternatives[bisect(self.weights, random.random() * self.weights[-1])]


@dataclass(frozen=True, slots=True)
class Rule:
    """All alternatives of a rule, and those that end soonest."""

    all: Choices
    shortest: Choices


def generate_sentences(n_sentences: int, seed: int) -> Iterator[list[str]]:
    """Sentences of spoken mathematics as words, the same for the same seed.

    The letter "a" is the word "a."; the article is "a".
    """
    rules = read_grammar(grammar_text())
    random = Random(seed)  # noqa: S311 (no secret)
    n_left = n_sentences
    while n_left:
        words: list[str] = []
        _expand(rules, "SENTENCE", 0, random, words)
        if len(words) <= MAX_WORDS:
            n_left -= 1
            yield words


def grammar_text() -> str:
    """The grammar that ships."""
    return files("agent.local_live.ear").joinpath("spoken_maths.grammar").read_text("utf-8")


@lru_cache(maxsize=2)
def read_grammar(text: str) -> dict[str, Rule]:
    """The rules by name. ValueError for rules that never end or name one that isn't there."""
    weighted: dict[str, list[Weighted]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, _, right = line.partition(" = ")
            weighted[name] = [_read_alternative(part) for part in right.split(" | ")]
    depths = _depths(weighted)
    rules: dict[str, Rule] = {}
    for name, choices in weighted.items():
        shortest = [c for c in choices if _depth(c[1], depths) == depths[name] - 1]
        rules[name] = Rule(_choices(choices), _choices(shortest))
    return rules


def _read_alternative(text: str) -> Weighted:
    first, *others = text.split()
    if others and _NUMBER.fullmatch(first):
        return float(first), tuple(others)
    return 1.0, (first, *others)


def _choices(weighted: list[Weighted]) -> Choices:
    weights, alternatives = zip(*weighted, strict=True)
    return Choices(alternatives, tuple(accumulate(weights)))


def _depths(weighted: dict[str, list[Weighted]]) -> dict[str, int]:
    """How many rules deep each rule's shortest sentences are."""
    depths: dict[str, int] = {}
    while len(depths) < len(weighted):
        ended = {
            name: 1 + min(ends)
            for name, choices in weighted.items()
            if name not in depths
            and (
                ends := [d for _, symbols in choices if (d := _depth(symbols, depths)) is not None]
            )
        }
        if not ended:
            raise ValueError(f"rules that never end: {sorted(set(weighted) - set(depths))}")
        depths |= ended
    return depths


def _depth(symbols: tuple[str, ...], depths: dict[str, int]) -> int | None:
    inside = [depths.get(symbol, -1) for symbol in symbols if symbol.isupper()]
    return None if -1 in inside else max(inside, default=0)


def _expand(
    rules: dict[str, Rule], name: str, depth: int, random: Random, words: list[str]
) -> None:
    rule = rules[name]
    for symbol in (rule.all if depth < MAX_DEPTH else rule.shortest).draw(random):
        if symbol.isupper():
            _expand(rules, symbol, depth + 1, random, words)
        else:
            words.append(symbol)
