"""Transcripts and formulas as text streams in a room, for writer and reader.

Each update of a segment is a stream of its own on `lk.transcription`, with all the text so
far; it replaces the earlier one with the same segment id, as LiveKit's clients expect.
"""

import json
from collections.abc import Mapping
from typing import cast, get_args

from agent.storable import read_json
from agent.transcript import Formula, FormulaSource, Speaker, Transcript

TRANSCRIPTION = "lk.transcription"
CHAT = "lk.chat"
FORMULA = "math.formula"  # the body is a JSON list of LaTeX; for who wants nothing else

SEGMENT_ID = "lk.segment_id"
IS_FINAL = "lk.transcription_final"
TRACK_ID = "lk.transcribed_track_id"
AGENT_STATE = "lk.agent.state"
TUTOR = "math.tutor"  # an attribute of every tutor, by which they know each other
ENGINE = "math.engine"  # an attribute of a worker's tutor: who answers
SPEAKER = "math.speaker"
LATEX = "math.latex"  # a JSON list
SOURCE = "math.source"  # of the first formula
LATEX_TOPIC = "math.latex_topic"  # where the formulas are, when they are too long to be here

MAX_LATEX_CHARS = 8_000  # a stream's header holds about 14,000 characters


def attributes_of(transcript: Transcript, track_id: str | None) -> dict[str, str]:
    """The header of a transcript's stream."""
    attributes = {
        SEGMENT_ID: transcript.segment_id,
        IS_FINAL: "true" if transcript.is_final else "false",
        **_formula_attributes(transcript),
    }
    if track_id is not None:
        attributes[TRACK_ID] = track_id
    latex = latex_list(transcript)
    if transcript.formulas and len(latex) <= MAX_LATEX_CHARS:
        attributes[LATEX] = latex
    elif transcript.formulas:
        attributes[LATEX_TOPIC] = FORMULA
    return attributes


def formula_attributes(transcript: Transcript) -> dict[str, str]:
    """The header of the stream that holds the transcript's formulas alone."""
    return {SEGMENT_ID: transcript.segment_id, **_formula_attributes(transcript)}


def latex_list(transcript: Transcript) -> str:
    """The transcript's formulas as a JSON list."""
    return json.dumps([formula.latex for formula in transcript.formulas], ensure_ascii=False)


def transcript_of(text: str, attributes: Mapping[str, str]) -> Transcript:
    """The transcript that a stream holds; what is missing or malformed is left out."""
    speaker: Speaker = "tutor" if attributes.get(SPEAKER) == "tutor" else "student"
    source = attributes.get(SOURCE, "model")
    known = cast("FormulaSource", source if source in get_args(FormulaSource) else "model")
    return Transcript(
        attributes.get(SEGMENT_ID, ""),
        speaker,
        text,
        tuple(Formula(latex, known, speaker) for latex in _read_list(attributes.get(LATEX))),
        attributes.get(IS_FINAL) == "true",
    )


def _formula_attributes(transcript: Transcript) -> dict[str, str]:
    source = {SOURCE: transcript.formulas[0].source} if transcript.formulas else {}
    return {SPEAKER: transcript.speaker, **source}


def _read_list(text: str | None) -> list[str]:
    try:
        found = read_json(text or "[]")
    except ValueError:
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
