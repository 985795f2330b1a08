"""The ways in which Local Live can be told to misbehave, by name.

A fault is written `NAME`, or `NAME@MOMENT`, with `#N` behind it when only the N-th
connection shall have it: `1011@answer#1`. `limits=3/20` is a quota of three sessions at a time
and twenty a minute; `limits=3/20/6` shortens that minute to six seconds.
"""

from dataclasses import dataclass

from agent.errors import SettingsError

MOMENTS = ("setup", "ready", "utterance", "answer")

ENDINGS = {
    "1000": (1000, ""),
    "1007": (1007, "Request contains an invalid argument."),
    "1008": (1008, "Operation is not implemented, or supported, or enabled."),
    "1011": (1011, "Internal error encountered."),
    "aborted": (1008, "The operation was aborted."),
    "expired_session": (1008, "Session expired."),
}
QUOTA_TEXT = "You exceeded your current quota, please check your plan and billing details."
# A setup that is refused, in the service's own words.
SETUP_REFUSALS = {
    "wrong_key": (1007, "API key not valid. Please pass a valid API key."),
    "leaked_key": (1008, "Your API key was reported as leaked. Please use another API key."),
    "location": (1007, "User location is not supported for the API use."),
    "denied_project": (1008, "Your project has been denied access. Please contact support."),
    "no_credit": (1011, "Your prepayment credits are depleted. Please go to AI Studio."),
    "spending_cap": (1011, "Your project has exceeded its monthly spending cap."),
    "quota": (1011, QUOTA_TEXT),
    "daily_quota": (1011, "You exceeded your current quota: requests per day."),
    "unknown_model": (
        1008,
        "models/x is not found for API version v1beta, or is not supported for "
        "bidiGenerateContent.",
    ),
}
DROP = "drop"  # no close frame: 1006
GO_AWAY = "go_away"
STALL = "stall"  # sends nothing more, but answers pings
FREEZE = "freeze"  # not even that
MALFORMED = "malformed"  # a message that is no JSON
OVERSIZED = "oversized"  # a message of more than a mebibyte
TIMED = frozenset({*ENDINGS, DROP, GO_AWAY, STALL, FREEZE, MALFORMED, OVERSIZED})

BUSY = "429"
LIMITS = "limits"
INTERCEPTOR = "tls_interceptor"  # its certificate is of an authority that nobody here trusts
LATE_TRANSCRIPTION = "late_transcription"  # after the tool call
NO_TRANSCRIPTION = "no_transcription"
TRUNCATED_TRANSCRIPTION = "truncated_transcription"
FOREIGN_TRANSCRIPTION = "foreign_transcription"
TOOL_CALL_TWICE = "tool_call_twice"
TOOL_CALL_BROKEN = "tool_call_broken"  # with arguments of other types
TOOL_CALL_CANCELLED = "tool_call_cancelled"
SLOW_LINK = "slow_link"
EMPTY_TURN = "empty_turn"  # a turn that is complete and holds nothing
RESPONSE_REJECTED = "response_rejected"  # a turn that ends with this reason after the words
MALFORMED_FUNCTION_CALL = "malformed_function_call"
REFUSED_TURNS = frozenset({RESPONSE_REJECTED, MALFORMED_FUNCTION_CALL})
TRANSCRIPTION_FAULTS = frozenset(
    {LATE_TRANSCRIPTION, NO_TRANSCRIPTION, TRUNCATED_TRANSCRIPTION, FOREIGN_TRANSCRIPTION}
)
UNTIMED = (
    TRANSCRIPTION_FAULTS
    | REFUSED_TURNS
    | {
        EMPTY_TURN,
        *SETUP_REFUSALS,
        BUSY,
        INTERCEPTOR,
        TOOL_CALL_TWICE,
        TOOL_CALL_BROKEN,
        TOOL_CALL_CANCELLED,
        SLOW_LINK,
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One misbehaviour; `connection` counts from 1, None means each; `value` stands behind =."""

    name: str
    moment: str | None
    connection: int | None
    value: str = ""

    def concerns(self, connection: int) -> bool:
        return self.connection in (None, connection)


def read_fault(text: str) -> Fault:
    """The fault that `text` names; SettingsError lists those there are."""
    if text.startswith(f"{LIMITS}="):
        return Fault(LIMITS, None, None, text.partition("=")[2])
    what, _, connection = text.partition("#")
    name, _, moment = what.partition("@")
    is_timed = name in TIMED and moment in MOMENTS and (name, moment) != (GO_AWAY, "setup")
    is_known = is_timed or (name in UNTIMED and not moment)
    if not is_known or ("#" in text and not connection.isdigit()):
        raise SettingsError(
            f"fault {text!r} is unknown; there are {', '.join(sorted(TIMED))} followed by "
            f"{', '.join('@' + m for m in MOMENTS)}, and {', '.join(sorted(UNTIMED))}, "
            f"{LIMITS}=SESSIONS/A_MINUTE; "
            "#N at the end means only the N-th connection"
        )
    return Fault(name, moment or None, int(connection) if connection else None)
