"""What the tutor answered, checked word by word: no judge model, the same verdict every time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals.scoring.normalise import normalise_spoken_math

ANSWER_VERSION = "1"
SOLUTION = "solution"  # the metadata's column with what must not be given away
_MARKUP_WORDS = frozenset(
    ("backslash", "caret", "underscore", "frac", "dfrac", "sqrt", "mathbb", "mathrm", "latex")
)
_MARKUP_PHRASES = (("curly", "brace"), ("curly", "bracket"), ("dollar", "sign"))
# Dollars as pandoc reads them: none before or after a space, so that "$5 or $6" is money.
_MARKUP = re.compile(r"\\[A-Za-z]+|\$(?=\S)[^$\n]*(?<=\S)\$(?!\d)|[\^_]\{|\\[()\[\]]")
_SENTENCES = re.compile(r"[^.?!]*[.?!]")
_ASKING = frozenset(("mean", "meant", "which", "say", "said", "clarify", "or"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the tutor gave back in one turn.

    `duration_sec` is the length of its sound, `first_audio_sec` from the end of the student's
    turn to the first of it; None where not known. `formulas` are the tutor's own.
    """

    text: str
    duration_sec: float | None = None
    first_audio_sec: float | None = None
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """How one answer did.

    `latex_aloud` are the pieces of markup that were spoken. `asked_back` tells whether it asked
    what was meant. `gave_away` is None without a solution to give away, and where the student
    had said it already.
    """

    n_words: int
    duration_sec: float | None
    first_audio_sec: float | None
    latex_aloud: tuple[str, ...]
    asked_back: bool
    gave_away: bool | None


def score_answer(answer: Answer, said: str, solution: str) -> AnswerScore:
    """Check an answer to the words `said`; an empty `solution` is none.

    The solution, in words or LaTeX, is given away where its words, normalised, stand in the
    answer's or in one of the tutor's formulas.
    """
    return AnswerScore(
        n_words=len(answer.text.split()),
        duration_sec=answer.duration_sec,
        first_audio_sec=answer.first_audio_sec,
        latex_aloud=latex_aloud(answer.text),
        asked_back=asks_what_was_meant(answer.text),
        gave_away=_gave_away((answer.text, *answer.formulas), said, solution),
    )


def latex_aloud(text: str) -> tuple[str, ...]:
    """Pieces of markup in what was spoken: commands, delimiters, their names read out.

    `x^2` alone is no such piece: a service that writes speech down may write "x squared" so.
    """
    words = re.findall(r"[a-z]+", _MARKUP.sub(" ", text).lower())
    phrases = (" ".join(pair) for pair in pairwise(words) if pair in _MARKUP_PHRASES)
    marks = (match[0] for match in _MARKUP.finditer(text))
    return (*marks, *(word for word in words if word in _MARKUP_WORDS), *phrases)


def asks_what_was_meant(text: str) -> bool:
    """Whether a question of the answer is about what the student said, not about the problem.

    Such a question has one of the words mean, meant, which, say, said, clarify, or.
    """
    questions = (sentence for sentence in _SENTENCES.findall(text) if sentence.endswith("?"))
    return any(not _ASKING.isdisjoint(re.findall(r"[a-z]+", q.lower())) for q in questions)


def _gave_away(told: Iterable[str], said: str, solution: str) -> bool | None:
    wanted = normalise_spoken_math(solution).split()
    if not wanted or _holds(normalise_spoken_math(said).split(), wanted):
        return None
    return any(_holds(normalise_spoken_math(text).split(), wanted) for text in told)


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))
