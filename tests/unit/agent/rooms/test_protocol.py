"""Transcripts through a text stream's header and body, and back."""

import json

import pytest

from agent.rooms.protocol import (
    FORMULA,
    IS_FINAL,
    LATEX,
    LATEX_TOPIC,
    MAX_LATEX_CHARS,
    SEGMENT_ID,
    SOURCE,
    SPEAKER,
    TRACK_ID,
    attributes_of,
    transcript_of,
)
from agent.transcript import Formula, FormulaSource, Transcript


@pytest.mark.parametrize(
    ("latex", "source"),
    [
        ((), "model"),
        (("x^2",), "model"),
        ((r"\frac{1}{2}", 'α "quoted"\n'), "spoken"),
        (("x",), "delimiters"),
        (("x",), "chosen"),
    ],
)
@pytest.mark.parametrize("is_final", [True, False])
def test_what_was_sent_is_read(
    latex: tuple[str, ...], source: FormulaSource, is_final: bool
) -> None:
    """Readings and times stay behind: a room has no use for them."""
    formulas = tuple(Formula(each, source, "tutor") for each in latex)
    transcript = Transcript("a-1-tutor", "tutor", "see", formulas, is_final)
    assert transcript_of("see", attributes_of(transcript, "TR_1")) == transcript


def test_livekits_own_attributes_are_as_its_clients_expect() -> None:
    """They read `lk.*` and know nothing of mathematics."""
    attributes = attributes_of(Transcript("a-1-student", "student", "x"), "TR_1")
    assert attributes[SEGMENT_ID] == "a-1-student"
    assert attributes[IS_FINAL] == "false"
    assert attributes[TRACK_ID] == "TR_1"
    assert not {LATEX, SOURCE} & attributes.keys()


def test_a_student_without_a_track_has_none() -> None:
    """Typed questions."""
    assert TRACK_ID not in attributes_of(Transcript("a-1-student", "student", "x"), None)


def test_formulas_too_long_for_a_header_are_announced_elsewhere() -> None:
    """A header with 60,000 characters raises."""
    long = Formula("x" * (MAX_LATEX_CHARS // 2), "model", "student")
    attributes = attributes_of(Transcript("a", "student", "x", (long,) * 3), None)
    assert attributes[LATEX_TOPIC] == FORMULA
    assert sum(map(len, attributes.values())) < MAX_LATEX_CHARS
    short = attributes_of(Transcript("a", "student", "x", (long,)), None)
    assert LATEX_TOPIC not in short


@pytest.mark.parametrize(
    "attributes",
    [
        {},
        {LATEX: "no json"},
        {LATEX: "7"},
        {LATEX: json.dumps([7, None])},
        {SPEAKER: "teacher", SOURCE: "guess", IS_FINAL: "yes"},
    ],
)
def test_what_others_write_does_no_harm(attributes: dict[str, str]) -> None:
    """Any participant may write on any topic."""
    assert transcript_of("hello", attributes) == Transcript("", "student", "hello")
