"""Other people's columns as ours."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from evals.dataset.utterances import MAX_READINGS, short_hash

FILE = ("file_name", "audio", "audio_path", "path", "file", "filename")
WORDS = ("transcript", "pronunciation", "transcription", "spoken", "text")
LATEX = ("latex", "formula", "equation", "sentence")  # Speech2LaTeX calls it a sentence
SPEAKER = ("speaker", "spk", "speaker_id")
OWN = frozenset(("file_name", "id", "phrase_id", "transcript", "latex", "sha256", "duration_sec"))
MAX_OWN = 40
MAX_COLUMN_CHARS = 1_000
READINGS_APART = " | "
_TAGS = re.compile(r"</?formula_(?:start|end)>", re.IGNORECASE)  # Speech2LaTeX's


def file_of(row: Mapping[str, object]) -> str:
    """The name of the recording; empty when no column says it."""
    for column in FILE:
        value = row.get(column)
        if isinstance(value, Mapping):  # what the Hub calls audio: bytes and a path
            value = value.get("path")
        if isinstance(value, str) and value.strip():
            return value.strip()
    return ""


def columns_of(row: Mapping[str, object], file_name: str) -> dict[str, object]:
    """What a row says of an utterance, under our names; its other columns are kept."""
    words = _TAGS.sub(" ", _first(row, WORDS))
    transcript = " ".join(words.split())
    used = {*FILE, *WORDS, *LATEX, *SPEAKER} | OWN
    own = {
        str(name)[:60]: str(value)[:MAX_COLUMN_CHARS]
        for name, value in row.items()
        if name not in used and isinstance(value, str | int | float) and str(value).strip()
    }
    return {
        **dict(list(own.items())[:MAX_OWN]),
        "id": _text(row.get("id")) or PurePosixPath(file_name).stem,
        "phrase_id": _text(row.get("phrase_id")) or f"phrase-{short_hash(transcript.casefold())}",
        "transcript": transcript,
        "latex": _readings(row),
        "speaker": _first(row, SPEAKER),
    }


def _first(row: Mapping[str, object], columns: Sequence[str]) -> str:
    return next((text for text in (_text(row.get(name)) for name in columns) if text), "")


def _text(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _readings(row: Mapping[str, object]) -> list[str]:
    for column in LATEX:
        value = row.get(column)
        texts = value if isinstance(value, list) else _text(value).split(READINGS_APART)
        readings = [_formula(text) for text in map(_text, texts) if text]
        if readings:
            return readings[:MAX_READINGS]
    return []


def _formula(text: str) -> str:
    """A formula alone loses its dollar signs; a sentence around formulas keeps them."""
    inner = text.strip("$").strip()
    is_alone = text.startswith("$") and text.endswith("$") and "$" not in inner
    return inner if is_alone and inner else text
