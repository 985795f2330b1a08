"""Which of the n-best hypotheses is taken."""

import pytest

from agent.local_live.ear.choice import Choice, choose, count_stray


@pytest.mark.parametrize(
    ("texts", "chosen"),
    [
        (["n dimes n plus one", "n times n plus one"], "n times n plus one"),
        (["x have equals y", "x hat equals y"], "x hat equals y"),
        (["x squared plus one", "x squared plus nine"], "x squared plus one"),  # both parse
        (["what should i do", "what should i do next"], "what should i do"),  # no maths at all
    ],
)
def test_of_equal_scores_the_one_that_parses_is_taken(texts: list[str], chosen: str) -> None:
    """Formula words outside a formula were hardly ever said."""
    assert choose([Choice(text) for text in texts]) == chosen


def test_a_much_worse_score_outweighs_a_stray_word() -> None:
    """Prose has letters and operators in it, too: "c plus plus is a language"."""
    best = Choice("at least you are d right")
    assert count_stray(best.text) == 1
    assert choose([best, Choice("at least you are right", 0.4)]) != best.text
    assert choose([best, Choice("at least you are right", 0.6)]) == best.text


def test_what_the_tutor_expects_is_preferred() -> None:
    """A tutor of geometry knows which of two words that sound alike was said."""
    alternatives = [Choice("find the tension line"), Choice("find the tangent line", 0.2)]
    assert choose(alternatives) == "find the tension line"
    assert choose(alternatives, ["cosine", "Tangent line"]) == "find the tangent line"


def test_a_hint_is_no_part_of_a_word() -> None:
    """ "pi" must not favour "opinion"."""
    alternatives = [Choice("the point"), Choice("the opinion", 0.2)]
    assert choose(alternatives, ["pi", "pin"]) == "the point"


def test_a_hypothesis_that_leaves_words_out_is_not_taken() -> None:
    """Half a sentence has fewer stray words, and was not said."""
    whole = "that makes sense now c plus plus d"
    assert choose([Choice(whole), Choice("that makes sense now")]) == whole
