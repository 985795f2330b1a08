"""A lesson's turns: which words and formulas belong to which speaker's segment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from agent.lesson.delimiters import delimited_formulas
from agent.spoken import Context, annotate, edit
from agent.transcript import Formula, Speaker, Transcript

MAX_REMEMBERED = 20  # formulas, and segments that hold them
CUT = "…"  # stands for what a barge-in kept the tutor from saying


@dataclass(slots=True)
class _Turn:
    number: int
    before: Context  # the formulas on the page when it began
    student: str = ""
    tutor: str = ""
    written: dict[str, Formula] = field(default_factory=dict)
    is_done: bool = False
    is_cut: bool = False
    told: dict[Speaker, Transcript] = field(default_factory=dict)


class Turns:
    """Gives the transcripts that change, as words and formulas of a turn arrive.

    The order in which they arrive is not fixed: a transcription may follow the formula, and
    a turn may be cut when the next one has begun. `problem` and what was said `earlier` tell
    the parser what is being talked of.
    """

    def __init__(self, problem: str = "", earlier: Sequence[Transcript] = ()) -> None:
        self._problem = problem
        self._turns: dict[str, _Turn] = {}
        self._typed: _Turn | None = None
        self._n_turns = 0
        self._on_page: dict[str, tuple[str, ...]] = {}  # LaTeX by segment
        for number, transcript in enumerate(earlier):
            self._remember(replace(transcript, segment_id=f"earlier {number}"))

    @property
    def newest_id(self) -> str | None:
        """The id of the turn that began last."""
        return next(reversed(self._turns), None)

    def typed(self, text: str) -> Transcript:
        """The student's segment of a question in writing; the next turn answers it."""
        self._typed = self._begin(student=text)
        return _student(self._typed)

    def words(
        self, turn_id: str, student: str, tutor: str, *, is_done: bool
    ) -> Iterator[Transcript]:
        """Both speakers' words so far."""
        turn = self._find(turn_id, is_spoken=bool(student))
        turn.student = student or turn.student
        turn.tutor = turn.tutor if turn.is_cut else tutor
        turn.is_done = turn.is_done or is_done
        return self._changed(turn)

    def formula(self, turn_id: str, call_id: str | None, formula: Formula) -> Iterator[Transcript]:
        """What the model wrote in one call; the same call may arrive twice."""
        turn = self._find(turn_id, is_spoken=False)
        turn.written[call_id or f"unnamed {len(turn.written)}"] = formula
        return self._changed(turn)

    def cut(self, turn_id: str, heard_share: float) -> Iterator[Transcript]:
        """The tutor's words end where a barge-in silenced them: after this share, 0 to 1."""
        turn = self._turns.get(turn_id)
        if turn is None or turn.is_cut:
            return iter(())
        turn.is_cut = turn.is_done = True
        turn.tutor = f"{said_so_far(turn.tutor, heard_share)} {CUT}".lstrip()
        return self._changed(turn)

    def _find(self, turn_id: str, *, is_spoken: bool) -> _Turn:
        """The turn of that id; a new one answers what was typed, unless it was spoken."""
        if turn_id not in self._turns:
            turn = self._begin() if is_spoken or self._typed is None else self._typed
            self._typed = None
            latest = self.newest_id  # it may still be cut
            self._turns = {id_: self._turns[id_] for id_ in (latest,) if id_} | {turn_id: turn}
        return self._turns[turn_id]

    def _begin(self, student: str = "") -> _Turn:
        self._n_turns += 1
        so_far = [latex for formulas in self._on_page.values() for latex in formulas]
        before = Context(text=self._problem, formulas=tuple(so_far[-MAX_REMEMBERED:]))
        return _Turn(self._n_turns, before, student=student)

    def _changed(self, turn: _Turn) -> Iterator[Transcript]:
        for transcript in (_student(turn), _tutor(turn)):
            is_empty = not transcript.text and not transcript.formulas
            if not is_empty and turn.told.get(transcript.speaker) != transcript:
                turn.told[transcript.speaker] = transcript
                self._remember(transcript)
                yield transcript

    def _remember(self, transcript: Transcript) -> None:
        self._on_page[transcript.segment_id] = tuple(f.latex for f in transcript.formulas)
        if len(self._on_page) > MAX_REMEMBERED:
            del self._on_page[next(iter(self._on_page))]


def said_so_far(text: str, heard_share: float) -> str:
    """The whole words of `text` that fill `heard_share` of it, 0 to 1."""
    heard = text[: round(heard_share * len(text))]
    is_whole_word = text[len(heard) :][:1] in ("", " ")
    return (heard if is_whole_word else heard.rpartition(" ")[0]).rstrip()


def _student(turn: _Turn) -> Transcript:
    """Final as soon as anything answers it: the model has heard enough then."""
    formulas = _written(turn, "student") or delimited_formulas(turn.student, "student")
    is_final = turn.is_done or bool(turn.tutor or turn.written)
    return Transcript(
        f"{turn.number}-student",
        "student",
        turn.student.strip(),
        formulas or _parsed(turn.student, turn.before),
        is_final,
    )


def _tutor(turn: _Turn) -> Transcript:
    """A formula that was written and also stands in the words is one formula."""
    written = _written(turn, "tutor")
    known = {formula.latex for formula in written}
    said = (f for f in delimited_formulas(turn.tutor, "tutor") if f.latex not in known)
    formulas = (*written, *said)
    return Transcript(f"{turn.number}-tutor", "tutor", turn.tutor.strip(), formulas, turn.is_done)


def _written(turn: _Turn, speaker: Speaker) -> tuple[Formula, ...]:
    return tuple(formula for formula in turn.written.values() if formula.speaker == speaker)


def _parsed(text: str, before: Context) -> tuple[Formula, ...]:
    """The formulas in the words, or the last one on the page as the words change it."""
    if before.formulas and (changed := edit(before.formulas[-1], text, before)):
        return (Formula(changed[0].latex, "spoken", "student", changed),)
    spans = annotate(text, before)
    return tuple(Formula(span.latex, "spoken", "student", span.readings) for span in spans)
