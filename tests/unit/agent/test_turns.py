"""Words and formulas find their speaker's segment, in whatever order they arrive."""

import numpy as np
import pytest

from agent.audio import STUDENT_RATE_HZ, Pcm16, silence
from agent.pauses import PauseGate
from agent.transcript import Formula, Speaker
from agent.turns import Turns


def written(latex: str, speaker: Speaker = "student") -> Formula:
    return Formula(latex, "model", speaker)


def test_a_formula_that_comes_before_its_words_joins_them() -> None:
    """The service promises no order: a transcription may follow the tool call."""
    turns = Turns()
    (first,) = turns.formula("g1", written("x^2"))
    (second,) = turns.words("g1", "x squared", "", is_done=False)
    assert first.segment_id == second.segment_id
    assert (second.text, [f.latex for f in second.formulas]) == ("x squared", ["x^2"])


def test_both_speakers_formulas_go_to_their_own_segments() -> None:
    """The page must not put the tutor's hint into the student's mouth."""
    turns = Turns()
    list(turns.formula("g1", written("x^2")))
    (tutor,) = turns.formula("g1", written("2x", "tutor"))
    assert (tutor.speaker, [f.latex for f in tutor.formulas]) == ("tutor", ["2x"])


def test_what_the_model_writes_replaces_what_the_parser_guessed() -> None:
    """One formula was said: two cards for it would be a lie."""
    turns = Turns()
    (guess,) = turns.words("g1", "x squared plus one", "", is_done=False)
    assert [f.source for f in guess.formulas] == ["spoken"]
    (final,) = turns.formula("g1", written("x^2+1"))
    assert [f.source for f in final.formulas] == ["model"]
    assert final.is_final


def test_a_typed_question_and_its_answer_are_one_turn() -> None:
    """Otherwise the formula of a typed question would hang in the air."""
    turns = Turns()
    typed = turns.typed("what is x squared")
    student, tutor = turns.words("g1", "", "Let us see.", is_done=False)
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


def buzz(duration_sec: float, level: float) -> Pcm16:
    noise = np.random.default_rng(1).normal(0, level, int(duration_sec * STUDENT_RATE_HZ))
    return Pcm16(noise.astype(np.int16), STUDENT_RATE_HZ)


@pytest.mark.parametrize(("held", "passed_sec"), [(False, 3.0), (True, 0.2)])
def test_pauses_of_a_held_turn_are_shortened(held: bool, passed_sec: float) -> None:
    """The service counts silence in audio: what it does not get cannot end the turn."""
    gate = PauseGate(held=held)
    gate.passes(buzz(0.02, 3_000))
    passed = sum(gate.passes(silence(0.02, STUDENT_RATE_HZ)) for _ in range(150))
    assert passed * 0.02 == pytest.approx(passed_sec)


def test_voice_passes_a_held_turn_also_over_a_noisy_room() -> None:
    """The gate learns the room's noise within seconds."""
    gate = PauseGate(held=True)
    for _ in range(100):
        gate.passes(buzz(0.02, 200))
    assert not gate.passes(buzz(0.02, 200))
    assert gate.passes(buzz(0.02, 3_000))
