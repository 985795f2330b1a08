"""The suite of phrases measures what it says it measures."""

from itertools import combinations

import pytest
from rich.console import Console

from agent.spoken import annotate
from benchmarks._canonical_errors import canonical_error_rate
from benchmarks._said_spans import said_spans
from benchmarks._spoken_suite import halves, is_held, load_phrases, load_prose
from benchmarks.accuracy import Judged, judge, list_misses
from evals.notation import Katex, score_notation

PHRASES = load_phrases()
PROSE = load_prose()


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


@pytest.mark.parametrize(("half", "floor"), [(0, 0.99), (1, 0.965)])
def test_the_parser_keeps_what_it_reached(half: int, floor: float, katex: Katex) -> None:
    """A gain for one phenomenon must not be a loss for the others; rows are not named here."""
    judged = judge(halves(PHRASES)[half], katex)
    sure = [one.first_is_right for one in judged if not one.phrase.is_ambiguous]
    open_ = [one for one in judged if one.phrase.is_ambiguous]
    assert sum(sure) / len(sure) >= floor
    assert sum(one.first_is_right for one in open_) / len(open_) >= 0.97
    assert sum(one.finds_all for one in open_) / len(open_) >= 0.95


@pytest.mark.parametrize("held", [False, True])
def test_prose_keeps_its_peace(held: bool) -> None:
    """A formula that nobody said is worse than one that is missed."""
    half = [text for text in PROSE if is_held(text) is held]
    assert sum(len(annotate(text)) for text in half) / len(half) < 0.02


def test_only_the_half_that_may_be_looked_at_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    """The list of misses names no row that is held back."""
    dev = [Judged(phrase, (), (), False) for phrase in halves(PHRASES)[0][:20]]
    list_misses(dev, Console(width=200))
    shown = capsys.readouterr().out
    assert dev[0].phrase.text in shown
    assert not any(phrase.text in shown for phrase in halves(PHRASES)[1] if len(phrase.text) > 30)


@pytest.mark.parametrize(
    ("spoken", "written", "said"),
    [
        ("so x squared is two times y", "so $x^2$ is two times $y$", ["x squared", "y"]),
        ("Let G be a group.", "Let $G$ be a group.", ["G"]),
        ("no formula here", "no formula here", []),
        ("x plus one", "$x+1$", ["x plus one"]),
    ],
)
def test_the_words_of_a_formula_are_found_in_its_sentence(
    spoken: str, written: str, said: list[str]
) -> None:
    """What the sentence around leaves over belongs to the formula."""
    assert [spoken[span.start : span.end] for span in said_spans(spoken, written)] == said


def test_canonical_errors_ignore_typography_and_count_what_is_missing(katex: Katex) -> None:
    """Equal trees have no error, a missing prediction has them all, no data has no rate."""
    same, missing = (r"\dfrac{1}{2}", r"\frac12"), (r"\frac12", "")
    assert canonical_error_rate([same], katex) == 0.0
    assert canonical_error_rate([missing], katex) == 1.0
    assert canonical_error_rate([], katex) is None
