"""What people say around a formula: so, it's, the answer is, please."""

from collections.abc import Sequence

from agent.spoken.constructs.groups import ENDINGS
from agent.spoken.vocabulary.table import Table
from agent.spoken.vocabulary.weights import is_prose_word
from agent.spoken.vocabulary.words import Word

_BEFORE = Table(
    {
        "so|ok|okay|basically|actually|well|alright|right|now|then|and|but|also|hence|thus|therefore|yes|yeah": True,
        "it's|it is|that's|that is|this is|which is|there is|we have|we get|we know|i have": True,
        "i get|i got|you get|you have|this gives|that gives|gives|let|let us say|let's say": True,
        "say|suppose|consider|solve|find|evaluate|compute|calculate|simplify|prove|prove that": True,
        "show|show that|write|what is|what's|the answer is|the result is|the solution is": True,
        "let me see|let's see|the greek letter|greek letter|the letter": True,
        "you know|i think|i think it's|is it|the value of|value of|the equation|the expression": True,
        "piecewise function|the piecewise function": True,
        "the function|the number|the formula|in other words|for example|recall that|note that": True,
        "since|because|assume|assume that|given that|we want|i want": True,
    }
)
_AFTER = frozenset(("please", "right", "okay", "ok", "yes", "thanks", "then", "though", "again"))
_NAMING = Table(
    {
        "equals|is|is equal to|is given by|reads|says|says that|states that|has the form": True,
        "is defined as|gives|becomes|is that|:": True,
    }
)
_MAX_WORDS = 24  # of a name


def without_leads(words: Sequence[Word]) -> list[Word]:
    """The words without a lead-in before them and a courtesy behind."""
    texts = [word.text for word in words]
    start = 0
    while (lead := _BEFORE.match(texts, start)) is not None:
        start = lead[1] + (texts[lead[1] : lead[1] + 1] == [","])
    end = len(words)
    while end > start and texts[end - 1] in (*_AFTER, ","):
        end -= 1
    start_of_end = end - 2
    if start_of_end > start and ENDINGS.match(texts[:end], start_of_end):
        end = start_of_end  # of something that was never begun
        end -= texts[end - 1] == ","
    return list(words[start:end])


def after_names(words: Sequence[Word]) -> list[list[Word]]:
    """What may be the formula after its name: the slope-intercept form is y equals m x plus b."""
    texts = [word.text if word.said != ":" else ":" for word in words]
    found: list[list[Word]] = []
    for at in range(1, min(len(words), _MAX_WORDS)):
        naming = _NAMING.match(texts, at)
        if naming and any(is_prose_word(text) for text in texts[:at]):
            found.append(list(words[naming[1] :]))
    return found
