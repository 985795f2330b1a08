"""What the embedded tutor writes and says. It follows no prompt; it says only what it knows."""

from collections.abc import Sequence
from dataclasses import dataclass

from agent.lesson.delimiters import delimited_formulas
from agent.spoken import Span, annotate
from agent.transcript import Speaker

CLOSE = 0.33  # of the best reading's confidence: then the tutor asks which is meant
MAX_WORDS_READ_BACK = 30
NOTHING_HEARD = "I did not hear any words. Could you say that again?"
NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Written:
    """One formula for the page: LaTeX, the words it was said in, and whose it is."""

    latex: str
    spoken: str
    speaker: Speaker = "student"


@dataclass(frozen=True, slots=True)
class Reply:
    """The formulas to write, in order, and the sentences to say."""

    speech: str
    formulas: tuple[Written, ...] = ()

    @property
    def last_formula(self) -> str | None:
        """The student's last formula, in words."""
        mine = [f.spoken for f in self.formulas if f.speaker == "student"]
        return mine[-1] if mine else None


def reply_to(words: str, last_formula: str | None, *, was_heard: bool) -> Reply:
    """Answer the student's `words`; `last_formula` is an earlier turn's.

    `was_heard` is false for typed words, of which none are a request to begin.
    """
    if not words.strip():
        return Reply(NOTHING_HEARD if was_heard else "What would you like to work on?")
    if written := delimited_formulas(words, "student"):
        mine = tuple(Written(formula.latex, formula.latex) for formula in written)
        return Reply("Thank you, that is on the page. What is your next step?", mine)
    spans = annotate(words)
    formulas = [Written(span.latex, words[span.start : span.end]) for span in spans]
    if not formulas:
        return Reply(_without_formula(last_formula))
    for span, formula in zip(spans, formulas, strict=True):
        if _is_close(span):
            other = Written(span.readings[1].latex, formula.spoken, "tutor")
            return Reply(
                f"You said {formula.spoken}. That can be read in two ways. Which one do you mean?",
                (*formulas, other),
            )
    return Reply(f"{_read_back(formulas)} What is your next step?", tuple(formulas))


def go_on() -> Reply:
    """What to say when a tool's result asks for words."""
    return Reply("Go on when you are ready.")


def _without_formula(last_formula: str | None) -> str:
    if last_formula:
        return f"I found no formula in that. Your last one was {last_formula}. What comes next?"
    return "I found no formula in that. Which problem are you working on?"


def _is_close(span: Span) -> bool:
    best, *others = span.readings
    return bool(others) and others[0].confidence >= CLOSE * best.confidence


def _read_back(formulas: Sequence[Written]) -> str:
    spoken = " and ".join(formula.spoken for formula in formulas)
    if len(spoken.split()) <= MAX_WORDS_READ_BACK:
        return f"You said {spoken}."
    n = len(formulas)
    return f"You said {NUMBER_WORDS[n] if n < len(NUMBER_WORDS) else n} formula{'s' * (n > 1)}."
