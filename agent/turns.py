"""A lesson's turns: which words and formulas belong to which speaker's segment."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from agent.delimiters import delimited_formulas
from agent.spoken import annotate
from agent.transcript import Formula, Speaker, Transcript


@dataclass(slots=True)
class _Turn:
    number: int
    student: str = ""
    tutor: str = ""
    formulas: list[Formula] = field(default_factory=list)
    is_done: bool = False


class Turns:
    """Gives the transcripts that change, as words and formulas of a turn arrive.

    The order in which they arrive is not fixed: a transcription may follow the formula.
    """

    def __init__(self) -> None:
        self._turns: dict[str, _Turn] = {}
        self._typed: _Turn | None = None
        self._n_turns = 0
        self._shown: dict[str, Transcript] = {}

    def typed(self, text: str) -> Transcript:
        """The student's segment of a question in writing; the next turn answers it."""
        self._typed = self._begin(student=text)
        return _student(self._typed)

    def words(
        self, turn_id: str, student: str, tutor: str, *, is_done: bool
    ) -> Iterator[Transcript]:
        """Both speakers' words so far."""
        turn = self._find(turn_id)
        turn.student = student or turn.student
        turn.tutor = tutor
        turn.is_done = turn.is_done or is_done
        return self._changed(turn)

    def formula(self, turn_id: str, formula: Formula) -> Iterator[Transcript]:
        """One more formula from the model."""
        turn = self._find(turn_id)
        turn.formulas.append(formula)
        return self._changed(turn)

    def _find(self, turn_id: str) -> _Turn:
        if turn_id not in self._turns:
            self._turns = {turn_id: self._typed or self._begin()}  # one is open at a time
            self._typed = None
        return self._turns[turn_id]

    def _begin(self, student: str = "") -> _Turn:
        self._n_turns += 1
        return _Turn(self._n_turns, student=student)

    def _changed(self, turn: _Turn) -> Iterator[Transcript]:
        for transcript in (_student(turn), _tutor(turn)):
            is_empty = not transcript.text and not transcript.formulas
            if not is_empty and self._shown.get(transcript.speaker) != transcript:
                self._shown[transcript.speaker] = transcript
                yield transcript


def _student(turn: _Turn) -> Transcript:
    """Final as soon as anything answers it: the model has heard enough then."""
    formulas = _written(turn, "student") or delimited_formulas(turn.student, "student")
    is_final = turn.is_done or bool(turn.tutor or turn.formulas)
    return Transcript(
        f"{turn.number}-student",
        "student",
        turn.student.strip(),
        formulas or _parsed(turn.student),
        is_final,
    )


def _tutor(turn: _Turn) -> Transcript:
    formulas = _written(turn, "tutor") + delimited_formulas(turn.tutor, "tutor")
    return Transcript(f"{turn.number}-tutor", "tutor", turn.tutor.strip(), formulas, turn.is_done)


def _written(turn: _Turn, speaker: Speaker) -> tuple[Formula, ...]:
    return tuple(formula for formula in turn.formulas if formula.speaker == speaker)


def _parsed(text: str) -> tuple[Formula, ...]:
    return tuple(Formula(span.latex, "spoken", "student", span.readings) for span in annotate(text))
