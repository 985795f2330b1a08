"""What was heard, as it crosses from a worker process."""

from typing import TypedDict


class WordFields(TypedDict):
    """The fields of a HeardWord."""

    text: str
    start_sec: float
    end_sec: float
    confidence: float


class HeardFields(TypedDict):
    """The fields of a Heard."""

    text: str
    words: list[WordFields]
    alternatives: list[str]
