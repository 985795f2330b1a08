"""The generator of spoken mathematics."""

import pytest

from agent.local_live.ear.corpus import MAX_WORDS, generate_sentences, grammar_text, read_grammar
from agent.spoken import annotate
from agent.spoken.constructs.applications import FUNCTIONS
from agent.spoken.constructs.groups import OPENINGS
from agent.spoken.constructs.powers import POWERS
from agent.spoken.constructs.products import PRODUCTS
from agent.spoken.constructs.roots import ROOTS
from agent.spoken.constructs.sums import SUMS
from agent.spoken.vocabulary.letters import GREEK
from agent.spoken.vocabulary.relation_words import RELATIONS
from agent.spoken.vocabulary.table import Table


def test_the_same_seed_gives_the_same_sentences() -> None:
    """The language model is built on every machine anew and has to be the same model."""
    once, again, other = (list(generate_sentences(200, seed)) for seed in (1, 1, 2))
    assert once == again
    assert once != other


def test_sentences_are_of_a_length_that_people_say() -> None:
    """A recursion that runs away would teach the model mostly endless formulas."""
    lengths = [len(words) for words in generate_sentences(2000, 5)]
    assert len(lengths) == 2000
    assert max(lengths) <= MAX_WORDS
    assert 5 <= sum(lengths) / len(lengths) <= 15


def test_no_rule_is_left_unexpanded_and_every_word_is_plain() -> None:
    """A misspelt rule name would be learned as a word that nobody can say."""
    words = {word for words in generate_sentences(20_000, 3) for word in words}
    assert [w for w in words if not w.replace("a.", "a").isalpha() or not w.islower()] == []


@pytest.mark.parametrize(
    ("grammar", "complaint"),
    [
        ("SENTENCE = x SENTENCE", "SENTENCE"),  # never ends
        ("SENTENCE = x PLUS", "SENTENCE"),  # names a rule that isn't there
        ("SENTENCE = ONE\nONE = TWO\nTWO = ONE", "ONE"),  # round in circles
    ],
)
def test_a_grammar_that_never_ends_is_refused(grammar: str, complaint: str) -> None:
    """It would hang the first start on a fresh machine."""
    with pytest.raises(ValueError, match=complaint):
        read_grammar(grammar)


def test_weights_are_read_and_one_when_not_given() -> None:
    """A weight taken for a word would be said aloud."""
    rule = read_grammar("SENTENCE = 3 x | y plus x | 0.5 two")["SENTENCE"]
    assert rule.all.alternatives == (("x",), ("y", "plus", "x"), ("two",))
    assert rule.all.weights == (3.0, 4.0, 4.5)


def test_the_letter_a_and_the_article_are_two_words() -> None:
    """They sound differently, and the recogniser tells them apart only by that."""
    words = [word for words in generate_sentences(5_000, 3) for word in words]
    assert words.count("a.") > 100
    assert words.count("a") > 20
    assert "A" not in grammar_text().replace("\n", " ").split(" ")


@pytest.mark.parametrize(
    "table",
    [
        Table({name: name for name in GREEK}),
        RELATIONS,
        SUMS,
        PRODUCTS,
        FUNCTIONS,
        ROOTS,
        POWERS,
        OPENINGS,
    ],
    ids=["Greek", "relations", "sums", "products", "functions", "roots", "powers", "openings"],
)
def test_what_the_parser_knows_is_mostly_said(table: Table[object]) -> None:
    """What the recogniser never hears the parser never reads."""
    said = {word for words in generate_sentences(20_000, 3) for word in words}
    meanings = {meaning for _, meaning in table.rows()}
    heard = {meaning for phrase, meaning in table.rows() if set(phrase.split()) <= said}
    assert len(heard) >= 0.5 * len(meanings), meanings - heard


def test_most_equations_said_are_formulas_to_the_parser() -> None:
    """Otherwise the model would learn to hear what can't be written."""
    said = [" ".join(words) for words in generate_sentences(600, 9) if "equals" in words]
    written = [text for text in said if annotate(text.replace("a.", "a"))]
    assert len(written) > 0.95 * len(said)
