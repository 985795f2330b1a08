"""Every error this project raises on purpose.

    SpokenMathsError
    ├── SettingsError        an environment variable or `.env` entry is missing or wrong
    ├── EnvironmentNotReady  something the machine must provide is missing
    ├── AudioFormatError     audio of another shape, type, rate or container than expected
    ├── TutorError           a prompt or model that the tutor can't be made of
    │   ├── PromptError
    │   └── ModelError
    ├── LanguageError        spoken words in another language than English
    ├── LiveError            the Live service refused, ended or lost a session
    ├── DeliveryError        the database of transcripts can't be read or written
    ├── RoomError            a LiveKit room that can't be entered, or was lost
    ├── Interrupted          Ctrl-C, SIGTERM or SIGHUP ended the work
    ├── DatasetError         a dataset that can't be read as it stands (names file and line)
    └── RunError             a run folder that can't be read, resumed or written

Each carries one sentence for the person at the keyboard: what was expected, what came,
what to do. `exit_code` is what a command ends with: 2 for wrong usage or a dataset that
can't be read, 4 for an environment that is not ready, 128 and more for a signal.
"""

from enum import StrEnum


class SpokenMathsError(Exception):
    """Anything that went wrong in a way the user can be told in one sentence."""

    exit_code = 2


class SettingsError(SpokenMathsError):
    """An environment variable or `.env` entry is missing or wrong."""

    exit_code = 4


class EnvironmentNotReady(SpokenMathsError):  # noqa: N818 (reads as a state)
    """Something the machine must provide (a key, a program, disk space) is missing."""

    exit_code = 4


class AudioFormatError(SpokenMathsError):
    """Audio of another shape, type, rate or container than expected."""


class TutorError(SpokenMathsError):
    """A tutor can't be made from what was given."""


class PromptError(TutorError):
    """A prompt file is missing or malformed."""


class ModelError(TutorError):
    """A model name is unknown or retired."""


class LanguageError(SpokenMathsError):
    """Spoken words in another language than English, which alone the parser reads."""


class Remedy(StrEnum):
    """What helps after a session was refused, ended or lost."""

    AGAIN = "again"  # another try
    PAUSE = "pause"  # another try later: too much was asked for at once
    NEVER = "never"  # nothing: the same gives the same
    STOP = "stop"  # nothing, for any session, until somebody changes key, account or network


class LiveError(SpokenMathsError):
    """The Live service refused, ended or lost a session.

    `code` is the websocket close code or HTTP status; None when no answer came at all.
    `retry_after_sec` is the wait that the service asked for, None where it named none.
    """

    exit_code = 4

    def __init__(
        self,
        message: str,
        code: int | None = None,
        remedy: Remedy = Remedy.AGAIN,
        retry_after_sec: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code
        self.remedy = remedy
        self.retry_after_sec = retry_after_sec


class DeliveryError(SpokenMathsError):
    """The database of transcripts can't be read or written."""

    exit_code = 4


class RoomError(SpokenMathsError):
    """A LiveKit room can't be entered, or was lost."""

    exit_code = 4


class Interrupted(SpokenMathsError):  # noqa: N818 (reads as a state)
    """Ctrl-C, SIGTERM or SIGHUP ended the work; `exit_code` is 128 and the signal's number."""

    def __init__(self, signal_number: int) -> None:
        super().__init__("Interrupted.")
        self.exit_code = 128 + signal_number


class DatasetError(SpokenMathsError):
    """A dataset can't be read as it stands; the message names file and line."""


class RunError(SpokenMathsError):
    """A run folder can't be read, resumed or written."""
