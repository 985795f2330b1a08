"""Everything that is wrong with a dataset, each with its file and line."""

import re
from collections.abc import Iterator
from pathlib import Path

from agent.errors import DatasetError
from evals.notation import Invalid, Katex, split_math
from evals.utterances import METADATA, Row, check_recording, read_row

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LATEX = re.compile(r"[\\$^_{}]")


def find_problems(folder: Path) -> list[str]:
    """One sentence for each thing that is wrong; empty for a good dataset.

    Raises DatasetError when the metadata can't be read at all.
    """
    metadata = folder / METADATA
    try:
        lines = metadata.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{metadata}: expected UTF-8 metadata, got: {error}") from error
    rows: dict[int, Row] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            if line.strip():
                rows[number] = read_row(line, f"{metadata}, line {number}")
                check_recording(
                    folder / rows[number].file_name, rows[number], _at(metadata, number)
                )
        except DatasetError as error:
            problems.append(str(error))
    if not rows and not problems:
        problems.append(f"{metadata}: expected at least one utterance, got none")
    return [
        *problems,
        *_repeated(metadata, rows),
        *_wrong_texts(metadata, rows),
        *_unreadable_formulas(metadata, rows),
        *_forgotten_files(folder, rows),
    ]


def _at(metadata: Path, number: int) -> str:
    return f"{metadata}, line {number}"


def _repeated(metadata: Path, rows: dict[int, Row]) -> Iterator[str]:
    """Ids used twice, and phrases with two wordings."""
    ids: dict[str, int] = {}
    words: dict[str, tuple[int, str]] = {}
    for number, row in rows.items():
        first = ids.setdefault(row.id, number)
        if first != number:
            yield f"{_at(metadata, number)}: id {row.id!r} was used in line {first}"
        at, transcript = words.setdefault(row.phrase_id, (number, row.transcript))
        if transcript != row.transcript:
            yield (
                f"{_at(metadata, number)}: phrase {row.phrase_id!r} has other words in line {at}"
            )


def _wrong_texts(metadata: Path, rows: dict[int, Row]) -> Iterator[str]:
    for number, row in rows.items():
        if CONTROL.search(row.transcript):
            yield f"{_at(metadata, number)}: transcript has control characters"
        elif LATEX.search(row.transcript):
            yield f"{_at(metadata, number)}: transcript has LaTeX; write the words that were said"


def _unreadable_formulas(metadata: Path, rows: dict[int, Row]) -> Iterator[str]:
    """References that KaTeX can't typeset: nothing could ever be scored as right beside them."""
    wanted = [
        (number, formula)
        for number, row in rows.items()
        for reading in row.latex
        for formula in _formulas(reading)
    ]
    with Katex() as katex:
        outcomes = katex.mathml([latex for _, latex in wanted])
    for (number, latex), outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, Invalid):
            yield f"{_at(metadata, number)}: latex {latex!r} can't be typeset"


def _formulas(reading: str) -> list[str]:
    if "$" not in reading:
        return [reading]
    return [piece.text for piece in split_math(reading) if piece.is_math]


def _forgotten_files(folder: Path, rows: dict[int, Row]) -> Iterator[str]:
    named = {(folder / row.file_name).resolve() for row in rows.values()}
    for path in sorted((folder / "audio").glob("*")):
        if path.resolve() not in named:
            yield f"{path}: no line of {METADATA} names this file"
