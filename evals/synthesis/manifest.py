"""What a dataset is spoken from: a table of phrases, one a line.

Tab-separated columns: `category`, `phrase_id`, `transcript` (plain words), `latex` (accepted
readings with " | " between), and, where wanted, `say` (what is spoken in place of the
transcript; [600] is a pause of 600 ms), `voices` (each with a noise condition behind "+":
"heart rms+white20"; without any, heart), `conversation` and `turn`.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.errors import DatasetError
from agent.voice import HEART
from evals.synthesis.perturbation import CLEAN, CONDITIONS
from evals.synthesis.voices import VOICES

COLUMNS = ("category", "phrase_id", "transcript", "latex")
DEFAULT_VOICES = HEART
_PHRASE_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,60}")
_PAUSE = re.compile(r"\[(\d{1,4})\]")
_PLAIN = re.compile(r"[\w ',.?!\[\]-]+")


@dataclass(frozen=True, slots=True)
class Take:
    """One way in which a phrase is spoken."""

    voice: str
    condition: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """One line; `parts` are what is said between pauses, with the pause after each in ms."""

    category: str
    phrase_id: str
    transcript: str
    latex: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]
    takes: tuple[Take, ...]
    conversation: str
    turn: str


def read_manifest(path: Path) -> list[Phrase]:
    """The phrases; DatasetError with the line for the first thing that is wrong."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return list(
                _phrases(path, csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
            )
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: expected a UTF-8 table of phrases, got: {error}") from error


def _phrases(path: Path, rows: "csv.DictReader[str]") -> Iterator[Phrase]:
    missing = [name for name in COLUMNS if name not in (rows.fieldnames or ())]
    if missing:
        raise DatasetError(f"{path}, line 1: the columns {', '.join(missing)} are missing")
    seen: set[str] = set()
    for row in rows:
        where = f"{path}, line {rows.line_num}"
        phrase = _phrase({key: (value or "").strip() for key, value in row.items() if key}, where)
        if phrase.phrase_id in seen:
            raise DatasetError(f"{where}: phrase_id {phrase.phrase_id!r} was used before")
        seen.add(phrase.phrase_id)
        yield phrase


def _phrase(row: dict[str, str], where: str) -> Phrase:
    if not _PHRASE_ID.fullmatch(row["phrase_id"]):
        raise DatasetError(
            f"{where}: expected a phrase_id of small letters, digits and hyphens, "
            f"got {row['phrase_id'][:60]!r}"
        )
    for name in ("transcript", "say"):
        text = row.get(name, "")
        if text and not _PLAIN.fullmatch(text):
            raise DatasetError(f"{where}: expected plain words in {name}, no LaTeX, got {text!r}")
    if not row["transcript"]:
        raise DatasetError(f"{where}: the transcript is empty")
    return Phrase(
        row["category"],
        row["phrase_id"],
        row["transcript"],
        tuple(reading.strip() for reading in row["latex"].split(" | ") if reading.strip()),
        _parts(row.get("say") or row["transcript"]),
        tuple(_take(take, where) for take in (row.get("voices") or DEFAULT_VOICES).split()),
        row.get("conversation", ""),
        row.get("turn", ""),
    )


def _parts(text: str) -> tuple[tuple[str, int], ...]:
    words, *rest = _PAUSE.split(text)
    pauses = [int(ms) for ms in rest[::2]]
    said = [words, *rest[1::2]]
    return tuple((part.strip(), ms) for part, ms in zip(said, [*pauses, 0], strict=True))


def _take(text: str, where: str) -> Take:
    voice, _, condition = text.partition("+")
    condition = condition or CLEAN
    if voice not in VOICES or condition not in CONDITIONS:
        raise DatasetError(
            f"{where}: {text!r} is no voice; expected one of {', '.join(VOICES)}, with "
            f"{' or '.join('+' + name for name in CONDITIONS if name != CLEAN)} behind it if wanted"
        )
    return Take(voice, condition)
