"""One replayed turn: the API promises no order, and neither does this."""

from itertools import permutations

import pytest
from google.genai import types

from agent.transcript import Formula
from evals.replay.turn import ReplayedTurn


def content(**fields: object) -> types.LiveServerMessage:
    return types.LiveServerMessage(server_content=types.LiveServerContent(**fields))


def words(text: str) -> types.LiveServerMessage:
    return content(input_transcription=types.Transcription(text=text))


def answer(text: str) -> types.LiveServerMessage:
    return content(output_transcription=types.Transcription(text=text))


def call(latex: object, call_id: str | None = "1", **others: object) -> types.LiveServerMessage:
    made = types.FunctionCall(id=call_id, name="write_math", args={"latex": latex, **others})
    return types.LiveServerMessage(tool_call=types.LiveServerToolCall(function_calls=[made]))


def cancelled(*ids: str) -> types.LiveServerMessage:
    taken_back = types.LiveServerToolCallCancellation(ids=list(ids))
    return types.LiveServerMessage(tool_call_cancellation=taken_back)


COMPLETE = content(turn_complete=True)
STUDENTS = Formula("x^2", "model", "student")


def after(*messages: types.LiveServerMessage) -> ReplayedTurn:
    turn = ReplayedTurn()
    turn.sent()
    for message in messages:
        turn.take(message)
    return turn


@pytest.mark.parametrize(
    "order", list(permutations([words("x squared"), call("x^2"), answer("Well."), COMPLETE]))
)
def test_the_order_of_messages_does_not_matter(
    order: tuple[types.LiveServerMessage, ...],
) -> None:
    """Words are a side channel: they may come before, between and after all else."""
    found = after(*order).prediction()
    assert (found.status, found.transcript, found.answer) == ("ok", "x squared", "Well.")
    assert found.formulas == (STUDENTS,)


@pytest.mark.parametrize(
    ("messages", "formulas"),
    [
        ([call("x^2"), call("x^2")], ["x^2"]),  # the same call again
        ([call("x^2", "1"), call("x^2", "2")], ["x^2", "x^2"]),  # said twice
        ([call("x^2", None), call("y", None)], ["x^2", "y"]),  # a service that names no calls
        ([call("x^2", "1"), cancelled("1", "9"), call("x^3", "2")], ["x^3"]),  # taken back
        ([call(None)], []),
        ([call("$$x^2$$")], ["x^2"]),
        ([call("x", speaker="tutor"), answer("so $y$ then")], ["x", "y"]),
    ],
)
def test_each_formula_counts_once(
    messages: list[types.LiveServerMessage], formulas: list[str]
) -> None:
    """A repeated call would be scored as a spurious formula."""
    found = after(*messages, COMPLETE).prediction()
    assert [formula.latex for formula in found.formulas] == formulas


def test_a_call_is_answered_silently_and_a_bad_one_told_why() -> None:
    """The model must not speak again for having written."""
    (good,) = ReplayedTurn().take(call("x^2"))
    (bad,) = ReplayedTurn().take(call(7))
    assert good.response == {"written": True}
    assert "latex" in str((bad.response or {})["error"])
    assert good.scheduling == bad.scheduling == types.FunctionResponseScheduling.SILENT


def test_a_thinking_model_is_waited_for() -> None:
    """It completes a turn for each piece of work and rests after the last."""
    at_work = content(turn_complete=True, interaction_status=types.InteractionStatus.IN_PROGRESS)
    at_rest = content(turn_complete=True, interaction_status=types.InteractionStatus.IDLE)
    assert after(words("x"), at_work).prediction().status == "cut_off"
    assert after(words("x"), at_work, words(" squared"), at_rest).prediction().status == "ok"


def test_a_turn_that_ends_before_the_clip_is_cut_off() -> None:
    """What was answered then was not the whole question."""
    turn = ReplayedTurn()
    turn.take(words("x"))
    turn.take(COMPLETE)
    turn.sent()
    assert turn.prediction().status == "cut_off"


def ended(reason: str) -> types.LiveServerMessage:
    return content(turn_complete=True, turn_complete_reason=types.TurnCompleteReason(reason))


@pytest.mark.parametrize(
    ("messages", "status"),
    [
        ([COMPLETE], "no_answer"),
        ([words(""), COMPLETE], "no_answer"),
        ([words("x"), COMPLETE], "ok"),  # it listened and said nothing
        ([answer("Well."), COMPLETE], "ok"),
        ([words("x"), call("x"), ended("RESPONSE_REJECTED")], "no_answer"),
        ([words("x"), ended("MALFORMED_FUNCTION_CALL")], "no_answer"),
        ([words("x"), ended("PROHIBITED_INPUT_CONTENT")], "no_answer"),
        ([words("x"), ended("NEED_MORE_INPUT")], "ok"),  # the model's own judgement
        ([ended("NEED_MORE_INPUT")], "no_answer"),
        ([words("x"), ended("TURN_COMPLETE_REASON_UNSPECIFIED")], "ok"),
    ],
)
def test_a_turn_that_the_service_empties_is_no_answer(
    messages: list[types.LiveServerMessage], status: str
) -> None:
    """https://github.com/googleapis/python-genai/issues/2117, live-api-examples #40."""
    found = after(*messages).prediction()
    assert found.status == status
    assert (found.error is None) == (status == "ok")


def test_a_model_that_only_writes_may_hear_nothing() -> None:
    """Of a silent clip it gives an empty transcription; without one it gave nothing."""
    listened, mute = ReplayedTurn(ends_with_words=True), ReplayedTurn(ends_with_words=True)
    for turn, message in ((listened, words("")), (mute, COMPLETE)):
        turn.sent()
        turn.take(message)
    assert (listened.prediction().status, mute.prediction().status) == ("ok", "no_answer")
