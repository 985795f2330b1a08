"""The suite of phrases measures what it says it measures."""

from itertools import combinations

import pytest

from benchmarks._spoken_suite import halves, is_held, load_phrases, load_prose
from evals.notation import Katex, score_notation

PHRASES = load_phrases()
PROSE = load_prose()


@pytest.fixture(scope="module")
def katex() -> Katex:
    """One V8 for the module."""
    with Katex() as katex:
        yield katex


def test_the_suite_is_broad() -> None:
    """Few categories, or few phrases, would measure a corner."""
    assert len(PHRASES) >= 600
    assert len({phrase.category for phrase in PHRASES}) >= 30
    assert len(PROSE) >= 300


def test_every_text_stands_once() -> None:
    """A phrase given twice would count twice, or in both halves."""
    texts = [phrase.text for phrase in PHRASES]
    assert len(set(texts)) == len(texts)
    assert len(set(PROSE)) == len(PROSE)


def test_both_halves_are_about_half() -> None:
    """The hash parts phrases and sentences evenly."""
    dev, held = halves(PHRASES)
    assert 0.4 < len(held) / (len(dev) + len(held)) < 0.6
    assert 0.4 < sum(map(is_held, PROSE)) / len(PROSE) < 0.6


def test_every_accepted_reading_is_readable(katex: Katex) -> None:
    """A damaged reference would count against the parser whatever it says."""
    pairs = [((latex,), (latex,)) for phrase in PHRASES for latex in phrase.accepted]
    scores = score_notation(pairs, katex)
    unreadable = [pair for pair, score in zip(pairs, scores, strict=True) if not score.exact_spoken]
    assert unreadable == []


def test_the_readings_of_an_ambiguous_phrase_are_different_formulas(katex: Katex) -> None:
    """Two spellings of one formula are no ambiguity."""
    pairs = [
        ((one,), (other,))
        for phrase in PHRASES
        if phrase.is_ambiguous
        for one, other in combinations(phrase.accepted, 2)
    ]
    scores = score_notation(pairs, katex)
    assert [pair for pair, score in zip(pairs, scores, strict=True) if score.exact_spoken] == []
    assert all(len(phrase.accepted) > 1 for phrase in PHRASES if phrase.is_ambiguous)
