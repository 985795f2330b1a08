"""A formula is said in words that mean it, or one is told that there are none."""

from pathlib import Path

import pytest

from agent.errors import DatasetError
from agent.spoken import readings
from evals.dataset.checks import find_problems
from evals.dataset.own import create_dataset
from evals.dataset.utterances import load_dataset
from evals.notation import Katex, score_notation
from evals.synthesis.phrasings import find_phrasings, make_utterances
from evals.synthesis.verbalise import number_words
from tests.paths import DATASET


@pytest.mark.parametrize(
    ("latex", "first", "n_phrasings"),
    [
        (r"\frac{x^2+1}{2}", "x squared plus one all over two", 4),
        (r"e^{i\pi}+1=0", "e to the i pi plus one equals zero", 2),
        (r"\sum_{k=1}^n k^2", "the sum from k equals one to n of k squared", 2),
        (r"\begin{pmatrix}a&b\\c&d\end{pmatrix}", "the two by two matrix a b c d", 1),
        (r"f(x)=\sin^2 x", "f of x equals sine squared of x", 2),
        (r"\vec{v}\cdot w", "vector v dot w", 1),
        (r"12.5x", "twelve point five x", 1),
    ],
)
def test_common_formulas_have_words(katex: Katex, latex: str, first: str, n_phrasings: int) -> None:
    """As people say them, and as screen readers do where an end has to be heard."""
    found = find_phrasings(latex, katex)
    assert found[0] == first
    assert len(found) == n_phrasings


def test_words_that_mean_something_else_are_left_out(katex: Katex) -> None:
    """The root of x plus seven is another formula, and its recording would be wrongly labelled."""
    found = find_phrasings(r"\sqrt{x}+7", katex)
    assert "the square root of x plus seven" not in found
    assert "the square root of x end root plus seven" in found


@pytest.mark.parametrize(
    ("latex", "sentence"),
    [
        (r"\frac{1", "can't be typeset"),
        (r"\mathbb{R}", "no words here"),
        (r"\text{if }x", "no words here"),
        (r"\binom{10}{4}", "read back"),
        ("x+" * 200 + "x", "so long a formula"),
    ],
)
def test_what_has_no_words_is_told(katex: Katex, latex: str, sentence: str) -> None:
    """Somebody then writes them; a guess would be a wrong label."""
    with pytest.raises(DatasetError, match=sentence):
        find_phrasings(latex, katex)


def test_most_shipped_formulas_are_said_and_all_of_these_mean_them(katex: Katex) -> None:
    """66 formulas of school and university: how far the words go."""
    formulas = {
        utterance.latex[0]
        for utterance in load_dataset(DATASET, with_recordings=False).utterances
        if utterance.latex and "$" not in utterance.latex[0]
    }
    said = {}
    for latex in formulas:
        try:
            said[latex] = find_phrasings(latex, katex)
        except DatasetError:
            continue
    assert len(said) >= 0.9 * len(formulas)
    pairs = [([latex], [readings(words, 1)[0].latex]) for latex in said for words in said[latex]]
    assert all(score.exact_spoken for score in score_notation(pairs, katex))


@pytest.mark.parametrize(
    ("digits", "words"),
    [("0", "zero"), ("13", "thirteen"), ("47", "forty seven"), ("108", "one hundred eight"),
     ("21000", "twenty one thousand"), ("3.14", "three point one four")],
)  # fmt: skip
def test_numbers_are_said(digits: str, words: str) -> None:
    """Transcripts are words."""
    assert number_words(digits) == words


def test_phrasings_voices_and_noises_become_utterances(tmp_path: Path) -> None:
    """A robustness curve for one formula in a minute."""
    folder = create_dataset(tmp_path / "datasets", "mine")
    words = ["x squared", "x to the power of two"]
    ids = make_utterances(folder, "x^2", words, ["slt"], ["none", "babble20"])
    assert len(set(ids)) == 4
    made = load_dataset(folder).utterances
    assert {each.transcript for each in made} == set(words)
    assert len({each.phrase_id for each in made}) == 2
    assert find_problems(folder) == []
    assert make_utterances(folder, "x^2", words, ["slt"], ["none", "babble20"]) == ids
    assert len(load_dataset(folder).utterances) == 4


@pytest.mark.parametrize(
    ("words", "voices", "conditions"),
    [([], ["slt"], ["none"]), (["x"], ["../x"], ["none"]), (["x"], ["slt"], ["x"]), (["x"] * 61, ["slt"], ["none"])],
)  # fmt: skip
def test_what_can_not_be_made_is_refused(
    tmp_path: Path, words: list[str], voices: list[str], conditions: list[str]
) -> None:
    """Voices become arguments of a program."""
    folder = create_dataset(tmp_path / "datasets", "mine")
    with pytest.raises(DatasetError):
        make_utterances(folder, "x", words, voices, conditions)
