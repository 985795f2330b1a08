"""A lesson's turns: which words and formulas belong to which speaker's segment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, get_args

from agent.lesson.delimiters import MARKS, delimited_formulas
from agent.spoken import Context, annotate, edit
from agent.transcript import Formula, Speaker, Transcript
from agent.tutor.turn_bounds import CUT, MAX_TURN_FORMULAS

SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)

MAX_REMEMBERED = 20  # formulas, and segments that hold them


@dataclass(slots=True)
class _Turn:
    number: int
    student: str = ""
    tutor: str = ""
    written: dict[str, Formula] = field(default_factory=dict)
    found: dict[Speaker, "_Found"] = field(default_factory=dict)
    before: Context | None = None  # what was on the page when its words were read first
    is_done: bool = False
    is_cut: bool = False
    told: dict[Speaker, Transcript] = field(default_factory=dict)

    def words(self, speaker: Speaker) -> str:
        return self.student if speaker == "student" else self.tutor


class _Found(NamedTuple):
    """The formulas in a speaker's words, as far as they were read."""

    text: str = ""
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One speaker's words of a turn, to be read."""

    turn: _Turn
    speaker: Speaker
    text: str
    before: Context

    def formulas(self) -> tuple[Formula, ...]:
        """The formulas in them; takes up to a quarter of a second, so not on the event loop."""
        found = delimited_formulas(self.text, self.speaker)
        if not found and self.speaker == "student":
            found = _parsed(self.text, self.before)
        return found[:MAX_TURN_FORMULAS]


class Turns:
    """Gives the transcripts that change, as words and formulas of a turn arrive.

    The order in which they arrive is not fixed: a transcription may follow the formula, and
    a turn may be cut when the next one has begun. Formulas in words are found by whoever takes
    `unread` and gives back what was `found`; no segment is final before. `problem` and what
    was said `earlier` tell the parser what is being talked of.
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

    def unread(self) -> list[Words]:
        """Words that nobody has looked for formulas in."""
        turns = [*self._turns.values(), *([self._typed] if self._typed else [])]
        return [
            Words(turn, speaker, turn.words(speaker), self._before(turn))
            for turn in turns
            for speaker in SPEAKERS
            if not _is_read(turn, speaker)
        ]

    def found(self, words: Words, formulas: tuple[Formula, ...]) -> Iterator[Transcript]:
        """The formulas in `words`."""
        words.turn.found[words.speaker] = _Found(words.text, formulas)
        return self._changed(words.turn)

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
            kept = {
                id_: each
                for id_, each in self._turns.items()
                if id_ == latest or not all(_is_read(each, speaker) for speaker in SPEAKERS)
            }
            self._turns = kept | {turn_id: turn}
        return self._turns[turn_id]

    def _begin(self, student: str = "") -> _Turn:
        self._n_turns += 1
        return _Turn(self._n_turns, student=student)

    def _before(self, turn: _Turn) -> Context:
        if turn.before is None:
            own = {f"{turn.number}-{speaker}" for speaker in SPEAKERS}
            earlier = (found for id_, found in self._on_page.items() if id_ not in own)
            so_far = [latex for formulas in earlier for latex in formulas]
            turn.before = Context(text=self._problem, formulas=tuple(so_far[-MAX_REMEMBERED:]))
        return turn.before

    def _changed(self, turn: _Turn) -> Iterator[Transcript]:
        for transcript in (_student(turn), _tutor(turn)):
            is_empty = not transcript.text and not transcript.formulas
            told = turn.told.get(transcript.speaker)
            # What was final stays so until its new words are read, too.
            is_early = told is not None and told.is_final and not transcript.is_final
            if not is_empty and not is_early and told != transcript:
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
    is_over = turn.is_done or bool(turn.tutor or turn.written)
    formulas = _written(turn, "student") or turn.found.get("student", _Found()).formulas
    return _transcript(turn, "student", formulas, is_over=is_over)


def _tutor(turn: _Turn) -> Transcript:
    """A formula that was written and also stands in the words is one formula."""
    written = _written(turn, "tutor")
    known = {formula.latex for formula in written}
    found = turn.found.get("tutor", _Found()).formulas
    said = (formula for formula in found if formula.latex not in known)
    return _transcript(turn, "tutor", (*written, *said), is_over=turn.is_done)


def _transcript(
    turn: _Turn, speaker: Speaker, formulas: tuple[Formula, ...], *, is_over: bool
) -> Transcript:
    is_final = is_over and _is_read(turn, speaker)
    text = turn.words(speaker).strip()
    return Transcript(f"{turn.number}-{speaker}", speaker, text, formulas, is_final)


def _is_read(turn: _Turn, speaker: Speaker) -> bool:
    """Whether nothing is to be found in the words any more: most of the tutor's have no marks."""
    text = turn.words(speaker)
    is_needless = (
        bool(_written(turn, "student"))
        if speaker == "student"
        else not any(mark in text for mark in MARKS)
    )
    return is_needless or not text or turn.found.get(speaker, _Found()).text == text


def _written(turn: _Turn, speaker: Speaker) -> tuple[Formula, ...]:
    return tuple(formula for formula in turn.written.values() if formula.speaker == speaker)


def _parsed(text: str, before: Context) -> tuple[Formula, ...]:
    """The formulas in the words, or the last one on the page as the words change it."""
    if before.formulas and (changed := edit(before.formulas[-1], text, before)):
        return (Formula(changed[0].latex, "spoken", "student", changed),)
    spans = annotate(text, before)
    return tuple(Formula(span.latex, "spoken", "student", span.readings) for span in spans)
