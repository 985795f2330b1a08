"""Faults by name."""

import pytest

from agent.errors import SettingsError
from agent.local_live.faults import Fault, read_fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("1011@answer", Fault("1011", "answer", None)),
        ("drop@setup#2", Fault("drop", "setup", 2)),
        ("go_away@ready", Fault("go_away", "ready", None)),
        ("late_transcription", Fault("late_transcription", None, None)),
        ("wrong_key#1", Fault("wrong_key", None, 1)),
        ("no_credit", Fault("no_credit", None, None)),
        ("aborted@answer", Fault("aborted", "answer", None)),
    ],
)
def test_a_name_a_moment_and_a_connection_make_a_fault(text: str, fault: Fault) -> None:
    """The same words on the command line and in tests."""
    assert read_fault(text) == fault


@pytest.mark.parametrize(
    "text",
    ["drop", "@setup", "late_transcription@setup", "drop@setup#", "drop@setup#-1", "1e3@setup"],
)
def test_what_names_no_fault_is_refused(text: str) -> None:
    """With the list of those there are."""
    with pytest.raises(SettingsError, match="tool_call_twice"):
        read_fault(text)
