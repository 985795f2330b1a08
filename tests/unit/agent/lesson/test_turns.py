"""Words and formulas find their speaker's segment, in whatever order they arrive."""

import pytest

from agent.lesson.turns import CUT, Turns
from agent.transcript import Formula, Speaker, Transcript
from agent.tutor.turn_bounds import MAX_TURN_FORMULAS


def written(latex: str, speaker: Speaker = "student") -> Formula:
    return Formula(latex, "model", speaker)


def read(turns: Turns) -> list[Transcript]:
    """Look for formulas in all words, as a lesson does beside its event loop."""
    found = ((words, words.formulas()) for words in turns.unread())
    return [told for words, formulas in found for told in turns.found(words, formulas)]


def test_a_formula_that_comes_before_its_words_joins_them() -> None:
    """The service promises no order: a transcription may follow the tool call."""
    turns = Turns()
    (first,) = turns.formula("g1", "1", written("x^2"))
    (second,) = turns.words("g1", "x squared", "", is_done=False)
    assert first.segment_id == second.segment_id
    assert (second.text, [f.latex for f in second.formulas]) == ("x squared", ["x^2"])


def test_both_speakers_formulas_go_to_their_own_segments() -> None:
    """The page must not put the tutor's hint into the student's mouth."""
    turns = Turns()
    list(turns.formula("g1", "1", written("x^2")))
    (tutor,) = turns.formula("g1", "2", written("2x", "tutor"))
    assert (tutor.speaker, [f.latex for f in tutor.formulas]) == ("tutor", ["2x"])


def test_what_the_model_writes_replaces_what_the_parser_guessed() -> None:
    """One formula was said: two cards for it would be a lie."""
    turns = Turns()
    list(turns.words("g1", "x squared plus one", "", is_done=False))
    (guess,) = read(turns)
    assert [f.source for f in guess.formulas] == ["spoken"]
    (final,) = turns.formula("g1", "1", written("x^2+1"))
    assert [f.source for f in final.formulas] == ["model"]
    assert final.is_final


def test_a_typed_question_and_its_answer_are_one_turn() -> None:
    """Otherwise the formula of a typed question would hang in the air."""
    turns = Turns()
    typed = turns.typed("what is x squared")
    *_, tutor = turns.words("g1", "", "Let us see.", is_done=False)
    (student,) = read(turns)
    assert (student.segment_id, student.is_final) == (typed.segment_id, True)
    assert tutor.text == "Let us see."


def test_the_next_turn_has_its_own_segments() -> None:
    """A later transcript replaces the earlier one of its segment only."""
    turns = Turns()
    (first,) = turns.words("g1", "x squared", "", is_done=True)
    (second,) = turns.words("g2", "x squared", "", is_done=False)
    assert first.segment_id != second.segment_id


def test_nothing_new_is_not_told_again() -> None:
    """Every message of the service reports the turn; most change nothing here."""
    turns = Turns()
    list(turns.words("g1", "x", "", is_done=False))
    assert list(turns.words("g1", "x", "", is_done=False)) == []


def test_a_call_that_arrives_twice_is_one_formula() -> None:
    """The service repeats a call that it believes lost; the same formula twice has two ids."""
    turns = Turns()
    list(turns.formula("g1", "call-1", written("x^2")))
    assert list(turns.formula("g1", "call-1", written("x^2"))) == []
    (twice,) = turns.formula("g1", "call-2", written("x^2"))
    assert [f.latex for f in twice.formulas] == ["x^2", "x^2"]


def test_calls_without_an_id_are_all_kept() -> None:
    """Not every server names its calls."""
    turns = Turns()
    list(turns.formula("g1", None, written("x^2")))
    (both,) = turns.formula("g1", None, written("y"))
    assert [f.latex for f in both.formulas] == ["x^2", "y"]


def test_the_parsers_guess_stays_where_the_model_wrote_nothing() -> None:
    """A formula that was heard is shown, and labelled as what it is."""
    turns = Turns()
    list(turns.words("g1", "x squared plus one", "", is_done=False))
    read(turns)
    student, _ = turns.words("g1", "x squared plus one", "Good.", is_done=True)
    assert [(f.latex, f.source) for f in student.formulas] == [("x^2+1", "spoken")]
    assert student.is_final


def test_what_the_tutor_writes_does_not_replace_the_students_guess() -> None:
    """A hint of the tutor's is no reading of the student's words."""
    turns = Turns()
    list(turns.words("g1", "x squared", "", is_done=False))
    read(turns)
    student, tutor = turns.formula("g1", "1", written("2x", "tutor"))
    assert [f.source for f in student.formulas] == ["spoken"]
    assert [f.source for f in tutor.formulas] == ["model"]


def test_a_formula_in_the_tutors_words_is_found() -> None:
    """Models write delimiters although they are told to speak."""
    turns = Turns()
    list(turns.words("g1", "", "Try $2x$ first.", is_done=False))
    (tutor,) = read(turns)
    assert [(f.latex, f.source) for f in tutor.formulas] == [("2x", "delimiters")]


def test_a_formula_that_is_written_and_said_is_shown_once() -> None:
    """One card for each thing that was meant."""
    turns = Turns()
    list(turns.formula("g1", "1", written("2x", "tutor")))
    list(turns.words("g1", "", "Try $2x$ and $y$.", is_done=False))
    (tutor,) = read(turns)
    assert [(f.latex, f.source) for f in tutor.formulas] == [("2x", "model"), ("y", "delimiters")]


def test_a_turn_without_words_is_not_told() -> None:
    """A cough makes a turn, but no segment."""
    assert list(Turns().words("g1", "", "", is_done=True)) == []


def test_words_that_are_spoken_do_not_overwrite_a_typed_question() -> None:
    """It was never answered, but it was asked."""
    turns = Turns()
    typed = turns.typed("what is x squared")
    (spoken,) = turns.words("g1", "never mind", "", is_done=False)
    assert spoken.segment_id != typed.segment_id


@pytest.mark.parametrize(
    ("heard_share", "expected"),
    [
        (0.0, CUT),
        (0.05, CUT),
        (0.1, f"You {CUT}"),
        (0.2, f"You {CUT}"),
        (0.3, f"You said {CUT}"),
        (0.93, f"You said x squared. What {CUT}"),
        (1.0, f"You said x squared. What next? {CUT}"),
    ],
)
def test_a_cut_answer_ends_with_the_last_word_that_was_heard(
    heard_share: float, expected: str
) -> None:
    """The rest was never said; what follows of it is not shown either."""
    turns = Turns()
    answer = "You said x squared. What next?"
    list(turns.words("g1", "x squared", answer, is_done=False))
    *_, tutor = turns.cut("g1", heard_share)
    assert (tutor.text, tutor.is_final) == (expected, True)
    assert list(turns.words("g1", "x squared", f"{answer} More.", is_done=True)) == []


def test_an_answer_is_cut_also_when_the_next_turn_has_begun() -> None:
    """The words of a barge-in may arrive before the silence that they bring."""
    turns = Turns()
    list(turns.words("g1", "x", "What next?", is_done=True))
    list(turns.words("g2", "y", "", is_done=False))
    (tutor,) = turns.cut("g1", 0.5)
    assert (tutor.segment_id, tutor.text) == ("1-tutor", f"What {CUT}")


@pytest.mark.parametrize("turn_id", ["g1", "g9"])
def test_a_turn_that_is_long_gone_is_not_cut(turn_id: str) -> None:
    """Only the newest two are kept: a lesson may be long."""
    turns = Turns()
    for number in (1, 2, 3):
        list(turns.words(f"g{number}", "x", "What next?", is_done=True))
        read(turns)
    assert list(turns.cut(turn_id, 0.5)) == []


def test_what_is_on_the_page_helps_to_read_the_next_words() -> None:
    """A letter that has had an index has one again; a request changes the formula before."""
    turns = Turns()
    list(turns.formula("g1", "1", written("x_1+2")))
    list(turns.words("g2", "x two", "", is_done=True))
    (indexed,) = read(turns)
    assert [f.latex for f in indexed.formulas] == ["x_2"]
    list(turns.formula("g3", "1", written("x^2+2")))
    list(turns.words("g4", "change the last two to a five", "", is_done=True))
    (changed,) = read(turns)
    assert [f.latex for f in changed.formulas] == ["x^2+5"]
    assert [f.source for f in changed.formulas] == ["spoken"]


def test_no_words_are_final_before_they_were_read() -> None:
    """What is final is stored and posted: it should have its formula."""
    turns = Turns()
    (early,) = turns.words("g1", "x squared", "", is_done=True)
    assert (early.text, early.formulas, early.is_final) == ("x squared", (), False)
    (final,) = read(turns)
    assert ([f.latex for f in final.formulas], final.is_final) == (["x^2"], True)


def test_words_that_change_after_the_end_are_told_once_they_were_read() -> None:
    """A segment that was final is not taken back, and its later version is final, too."""
    turns = Turns()
    list(turns.words("g1", "x", "", is_done=True))
    read(turns)
    assert list(turns.words("g1", "x squared", "", is_done=True)) == []
    (later,) = read(turns)
    assert (later.text, later.is_final) == ("x squared", True)


def test_the_words_of_turns_that_follow_in_haste_are_all_read() -> None:
    """Three turns within the time between two readings."""
    turns = Turns()
    for number in (1, 2, 3):
        list(turns.words(f"g{number}", "x squared", "", is_done=True))
    assert [(told.segment_id, told.is_final) for told in read(turns)] == [
        (f"{number}-student", True) for number in (1, 2, 3)
    ]


def test_a_turn_has_at_most_a_hundred_formulas_in_words() -> None:
    """As many as a model may write."""
    turns = Turns()
    list(turns.words("g1", "x " * 2_000, "$x$ " * 1_000, is_done=True))
    assert [len(told.formulas) for told in read(turns)] == [MAX_TURN_FORMULAS, MAX_TURN_FORMULAS]
