"""What a lesson's transcripts become: the same prediction that depth `direct` gives."""

import pytest

from agent.transcript import Formula, FormulaSource, Speaker, Transcript
from evals.replay.lesson import SpokenTurn


def said(
    segment_id: str,
    speaker: Speaker,
    text: str,
    *formulas: tuple[str, FormulaSource],
    is_final: bool = True,
) -> Transcript:
    found = tuple(Formula(latex, source, speaker) for latex, source in formulas)
    return Transcript(segment_id, speaker, text, found, is_final)


def turn_of(*transcripts: Transcript) -> SpokenTurn:
    """A turn whose clip was sent before all of them."""
    turn = SpokenTurn()
    turn.note("sent")
    for transcript in transcripts:
        turn.take(transcript)
    return turn


def test_only_what_the_model_wrote_is_a_prediction() -> None:
    """A formula that our parser read from the words says nothing about the model."""
    turn = turn_of(
        said("1s", "student", "x squared", ("x^2", "spoken"), is_final=False),
        said("1s", "student", "x squared", ("x^{2}", "model")),
        said("1t", "tutor", "so $y$ it is", ("y", "delimiters")),
        said("2s", "student", "z cubed", ("z^3", "spoken")),
    )
    prediction = turn.prediction(is_whole=True)
    assert [(f.latex, f.speaker) for f in prediction.formulas] == [
        ("x^{2}", "student"),
        ("y", "tutor"),
    ]
    assert (prediction.transcript, prediction.answer) == ("x squared z cubed", "so $y$ it is")


STUDENT, TUTOR = said("1s", "student", "x"), said("1t", "tutor", "yes")


@pytest.mark.parametrize(
    ("transcripts", "is_settled", "is_complete"),
    [
        ((), False, False),
        ((said("1s", "student", "x", is_final=False),), False, False),
        ((STUDENT,), True, False),
        ((STUDENT, said("1t", "tutor", "yes", is_final=False)), False, False),
        ((STUDENT, TUTOR), True, True),
        ((STUDENT, TUTOR, said("2s", "student", "y", is_final=False)), False, False),
        ((STUDENT, TUTOR, said("2s", "student", "y")), True, False),
        ((TUTOR,), True, False),
    ],
)
def test_the_end_is_known_from_the_finals(
    transcripts: tuple[Transcript, ...], is_settled: bool, is_complete: bool
) -> None:
    """Complete: nothing more will come. Settled: nothing more must come."""
    turn = turn_of(*transcripts)
    assert (turn.is_settled, turn.is_complete) == (is_settled, is_complete)


def test_an_answer_before_the_clips_end_is_not_the_last() -> None:
    """A pause in the clip ends a turn: the rest is another one."""
    turn = SpokenTurn()
    turn.take(STUDENT)
    turn.note("sent")
    turn.take(TUTOR)
    assert turn.is_settled
    assert not turn.is_complete
