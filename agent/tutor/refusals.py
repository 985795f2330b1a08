"""Turns that the service ends without an answer, and what it says of the reason."""

from google.genai.types import LiveServerContent, TurnCompleteReason

from agent.errors import LiveError

NO_REFUSALS = (
    TurnCompleteReason.TURN_COMPLETE_REASON_UNSPECIFIED,
    TurnCompleteReason.NEED_MORE_INPUT,  # the model's own judgement of what it heard
)
SENTENCES = {
    TurnCompleteReason.MALFORMED_FUNCTION_CALL: "the model wrote a tool call that the service "
    "could not read",
    TurnCompleteReason.RESPONSE_REJECTED: "the service rejected the model's response",
}


def refusal_of(content: LiveServerContent) -> TurnCompleteReason | None:
    """Why a completed turn holds no answer; None where the service gives no such reason."""
    reason = content.turn_complete_reason
    return None if reason in NO_REFUSALS else reason


def refused(reason: TurnCompleteReason) -> LiveError:
    """What is said of a turn that ended for this reason."""
    why = SENTENCES.get(reason, "the service refused to answer")
    return LiveError(f"No answer: {why} ({reason.value[:60]}).")
