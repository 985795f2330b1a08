"""Formulas inside sentences, and sentences without any."""

import pytest

from agent.spoken import annotate


@pytest.mark.parametrize(
    ("sentence", "formulas"),
    [
        (
            "can you help me solve x squared plus two x equals eight please",
            {"x squared plus two x equals eight": "x^2+2x=8"},
        ),
        (
            "um so we have y equals two x plus three and I want to find x when y equals seven",
            {"y equals two x plus three": "y=2x+3", "y equals seven": "y=7"},
        ),
        (
            "what is the derivative of x cubed minus two x",
            {"x cubed minus two x": "x^3-2x"},
        ),
        (
            "is it true that a squared plus b squared equals c squared",
            {"a squared plus b squared equals c squared": "a^2+b^2=c^2"},
        ),
        ("i think that the answer is minus three", {"minus three": "-3"}),
        ("the answer is three quarters", {"three quarters": r"\frac{3}{4}"}),
        ("I know why x equals two", {"x equals two": "x=2"}),
        ("2x + 3 = 7, so x = 2.", {"2x + 3 = 7": "2x+3=7", "x = 2": "x=2"}),
        (
            "If f(x) = x^2 - 4x + 3, what is f'(2)?",
            {"f(x) = x^2 - 4x + 3": "f(x)=x^2-4x+3", "f'(2)": "f'(2)"},
        ),
        ("What is the value of π times r²?", {"π times r²": r"\pi \times r^2"}),
        ("find x such that x squared equals a hundred", {"x squared equals a hundred": "x^2=100"}),
        ("maybe the point two comma three", {"the point two comma three": "(2,3)"}),
        ("how do I integrate x squared", {"x squared": "x^2"}),
        ("the area of a circle is pi r squared", {"pi r squared": r"\pi r^2"}),
        ("x equals two and", {"x equals two": "x=2"}),
        ("x squared plus", {"x squared": "x^2"}),
    ],
)
def test_formulas_stand_where_they_were_said(sentence: str, formulas: dict[str, str]) -> None:
    """Lead-ins, fillers and requests stay prose; the rest is marked to the letter."""
    found = {sentence[span.start : span.end]: span.latex for span in annotate(sentence)}
    assert found == formulas


@pytest.mark.parametrize(
    "prose",
    [
        "I do not understand why we do this",
        "I have two questions",
        "the root cause",
        "this is the one",
        "could you repeat the second step please",
        "so one of the students has three quarters of an hour for two exercises",
        "as soon as possible please call me at five",
        "you are to be there for two or four hours",
        "a point in time, a sign of the times",
        "we need to sum up the first two parts and then divide by three",
        "do you see the second half of the product of this company",
        "I want to go to the store to buy two apples and a pear, it is over there",
        "x is a prime number",
        "n is one of the primes",
        "the matrix has two rows and three columns",
        "at least two of you are right",
        "it costs two hundred and fifty dollars plus tax",
        "you can be the one to see it",
        "what is the quadratic formula",
        "take the square root of both sides",
        "there are plus two more",
        "I scored ninety percent on the test",
        "see equation (1) and Table 2",
        "I'd like a cup of tea, don't you?",
        "e.g. this one, i.e. that one",
        "what is the difference between a limit and an integral",
        "do I multiply or divide first",
        "is that the right side or the left side",
        "one more time please",
        "at two o'clock",
        "question four b",
        "on 3/4/2024 we met",
        "I have $5 and 20% off",
        "cosine is adjacent over hypotenuse",
        "my phone number is five five five one two three four",
        "c plus plus is a language",
        "two by two they walked by the river",
        "it is followed by two others",
        "from here to there, and from a to z",
        "add this to that",
        "it's a one to one function",
    ],
)
def test_prose_stays_prose(prose: str) -> None:
    """Words that mathematics shares with every day are no formula without more."""
    assert annotate(prose) == ()


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("why equals two x plus five", "y=2x+5"),
        ("x plus why equals ten", "x+y=10"),
        ("e equals m see squared", "e=mc^2"),
        ("two pie are squared", r"2\pi r^2"),
        ("sign of theta plus cosine theta", r"\sin \theta+\cos \theta"),
        ("x equals for", "x=4"),
    ],
)
def test_a_letter_heard_as_a_word_is_repaired_where_an_operand_must_stand(
    words: str, latex: str
) -> None:
    """A recogniser writes the commoner of two words that sound alike."""
    (span,) = annotate(words)
    assert span.latex == latex


@pytest.mark.parametrize(
    ("words", "latex"),
    [
        ("i see x equals two", "x=2"),
        ("we are at x plus two", "x+2"),
        ("x equals two for all of you", "x=2"),
        ("let x be five", "x=5"),
    ],
)
def test_a_word_that_sounds_like_a_letter_stays_a_word_elsewhere(words: str, latex: str) -> None:
    """A wrong repair writes what nobody said."""
    (span,) = annotate(words)
    assert span.latex == latex


@pytest.mark.parametrize(
    ("sentence", "latex"),
    [
        (
            "Let G be an oriented hypergraph in which the vertex v sub 1 is not incident to v.",
            ["G", "v_1", "v"],
        ),
        (
            "The spectrum depends on the value of epsilon and on the number of nodes in T.",
            [r"\epsilon", "T"],
        ),
        (
            "We now let script L be a sheaf on X and denote its dual by script M.",
            [r"\mathcal{L}", "X", r"\mathcal{M}"],
        ),
        ("The change is less than or equal to 0.1 percent.", [r"\le 0.1\%"]),
    ],
)
def test_letters_of_a_technical_text_are_variables(sentence: str, latex: list[str]) -> None:
    """Papers and problems set every variable as a formula."""
    assert [span.latex for span in annotate(sentence)] == latex


@pytest.mark.parametrize(
    "sentence",
    [
        "solve for x",
        "what is x",
        "label the x axis and the y axis of the graph in your notebook before you go on",
        "vitamin C has a value for the whole system of our body that few people know",
        "plan B did not work because the condition of the road was worse than we thought",
        "the model in question was drawn by John F. Kennedy in the period after the war",
        "an X ray of the system and a T shirt of the right size were all that was left",
        "the number of people in room B and on platform C is not known to the company",
        "I got a B in the second term because of the number of words in my essay",
    ],
)
def test_letters_of_everyday_talk_are_none(sentence: str) -> None:
    """A short request has no formula, and a letter behind "room" is a name."""
    assert annotate(sentence) == ()
