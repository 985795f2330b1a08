"""Word errors: counts, alignment and corpus rates."""

import pytest

from evals.scoring.words import AlignedWord, corpus_words, word_errors


@pytest.mark.parametrize(
    ("reference", "hypothesis", "counts"),  # hits, substitutions, deletions, insertions
    [
        ("x squared plus one", "x² + 1", (4, 0, 0, 0)),
        ("x plus one", "x plus two", (2, 1, 0, 0)),
        ("x plus one", "x one", (2, 0, 1, 0)),
        ("x plus one", "x plus one y", (3, 0, 0, 1)),
        ("(x plus one) squared", "x plus one squared", (4, 0, 2, 0)),
        ("a", "", (0, 0, 1, 0)),
        ("", "thank you", (0, 0, 0, 2)),
        ("", "", (0, 0, 0, 0)),
        ("?!", "...", (0, 0, 0, 0)),
    ],
)
def test_edits_are_counted_after_normalising(
    reference: str, hypothesis: str, counts: tuple[int, int, int, int]
) -> None:
    """One-letter words and brackets count like any other word."""
    errors = word_errors(reference, hypothesis)
    assert (errors.hits, errors.substitutions, errors.deletions, errors.insertions) == counts
    assert errors.n_reference_words == counts[0] + counts[1] + counts[2]
    assert errors.n_errors == sum(counts[1:])


def test_the_alignment_names_every_word_once() -> None:
    """The page shows which word was misheard, lost or invented."""
    alignment = word_errors("a plus b squared", "a minus squared now").alignment
    assert AlignedWord("hit", "a", "a") in alignment
    assert [step.reference for step in alignment if step.reference] == ["a", "plus", "b", "squared"]
    assert [step.heard for step in alignment if step.heard] == ["a", "minus", "squared", "now"]
    assert {step.kind for step in alignment if step.reference is None} <= {"insertion"}


def test_corpus_rates_weigh_words_not_utterances() -> None:
    """A mean of WERs lets one short utterance outweigh a long one."""
    long = word_errors("a b c d e f g h i", "a b c d e f g h i")
    short = word_errors("x", "y")
    assert corpus_words([long, short]).wer == pytest.approx(1 / 10)
    assert corpus_words([long, short]).mer == pytest.approx(1 / 10)
    assert corpus_words([long, short]).cer == pytest.approx(1 / 18)


def test_mer_counts_insertions_below_the_line_and_wer_does_not() -> None:
    """WER may exceed one, MER may not."""
    rates = corpus_words([word_errors("x", "y z w")])
    assert rates.wer == pytest.approx(3.0)
    assert rates.mer == pytest.approx(1.0)


def test_no_reference_words_give_no_rate() -> None:
    """An empty run that scores 0.0 would look perfect."""
    assert corpus_words([]).wer is None
    assert corpus_words([word_errors("", "thank you")]).wer is None


def test_words_heard_in_silence_raise_the_corpus_rate() -> None:
    """Invented words are errors wherever they appear."""
    silence = word_errors("", "thank you")
    assert corpus_words([word_errors("x plus one", "x plus one"), silence]).wer == pytest.approx(
        2 / 3
    )
