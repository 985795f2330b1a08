"""What the endpoints answer; Gradio shows programs these types as JSON schemas."""

from typing import Any, TypedDict


class Reading(TypedDict):
    """One way to read words, with how likely it is, from 0 to 1."""

    latex: str
    confidence: float


class SpokenFormula(TypedDict):
    """The words of one formula, its likeliest LaTeX, and every reading, likeliest first."""

    words: str
    latex: str
    readings: list[Reading]


class Ladder(TypedDict):
    """The notation ladder; null is unknown. `reason` says in words why it is no further."""

    present: bool
    valid: bool | None
    exact_strict: bool | None
    exact_spoken: bool | None
    exact_spoken_nocase: bool | None
    equivalent: bool | None
    similarity: float | None
    tier: str
    reason: str


class Heard(TypedDict):
    """What was made of a clip; `status` is ok, cut_off, no_answer or failed; `error` says why."""

    status: str
    transcript: str
    formulas: list[str]
    answer: str
    error: str
    engine: str
    note: str


class RunNews(TypedDict):
    """How far a run is; `state` is waiting, running, complete, stopped or failed."""

    run_id: str
    state: str
    done: int
    total: int
    ok: int
    cut_off: int
    no_answer: int
    failed: int
    remaining_sec: float | None
    problem: str


class RunScores(TypedDict):
    """The summary as in `summary.json`, rates as {value, low, high, n}, and some of the rows."""

    summary: dict[str, Any]
    n_rows: int
    rows: list[dict[str, Any]]
