"""English alone is read; pauses come as commas or as times."""

import pytest

from agent.errors import LanguageError
from agent.spoken import TimedWord, readings, require_english, with_pauses
from benchmarks._spoken_suite import load_phrases, load_prose


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("x hoch zwei plus drei ist gleich sieben", "German"),
        ("die Wurzel aus zwei", "German"),
        ("x au carré plus deux est égal à trois", "French"),
        ("la raíz cuadrada de dos más tres", "Spanish"),
        ("x al quadrato più due è uguale a tre", "Italian"),
        ("x ao quadrado mais dois é igual a três", "Portuguese"),
        ("x kwadraat plus twee is gelijk aan drie", "Dutch"),
        ("икс в квадрате плюс один", "script"),
        ("x的平方加一等于二", "script"),
        ("الجذر التربيعي", "script"),
    ],
)
def test_another_language_is_refused_with_a_sentence(text: str, language: str) -> None:
    """Half-understood words would give formulas that nobody said."""
    with pytest.raises(LanguageError, match=language):
        require_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x squared plus two",
        "α + β = γ",
        "the Fermat number, per se",
        "2 + 2 = 4",
        "😀 x² 😀",
        "the German word for root is Wurzel",
        "let the curve die out and the mean be due to x",
    ],
)
def test_english_with_a_foreign_word_is_english(text: str) -> None:
    """Names, symbols and a quotation are in every lesson."""
    require_english(text)


def test_the_whole_suite_is_english() -> None:
    """A refusal must not hurt ordinary input."""
    for text in (*(phrase.text for phrase in load_phrases()), *load_prose()):
        require_english(text)


def test_a_gap_between_words_is_a_pause() -> None:
    """Pauses tell how far a fraction reaches, whoever notes them."""
    timed = [
        TimedWord("a", 0.0, 0.2),
        TimedWord("plus", 0.25, 0.5),
        TimedWord("b", 0.5, 0.7),
        TimedWord("over", 1.3, 1.5),
        TimedWord("c", 1.55, 1.7),
    ]
    assert with_pauses(timed) == "a plus b, over c"
    assert readings(with_pauses(timed))[0].latex == r"\frac{a+b}{c}"
    assert with_pauses(timed, min_pause_sec=1.0) == "a plus b over c"
    assert with_pauses([]) == ""
