"""Everything that is wrong with a dataset, each with its file and line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.errors import DatasetError
from evals.dataset.gold import formulas_of, transcript_problem
from evals.dataset.index import Entry, read_entries
from evals.dataset.utterances import METADATA, Recordings
from evals.notation import Invalid, Katex


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, as a sentence.

    `line` and `utterance_id` say where, for whoever wants to mend it there; None and empty
    where there is none. `place` is what a terminal shows: the file, with the line.
    """

    sentence: str
    place: str
    line: int | None = None
    utterance_id: str = ""

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


def find_problems(folder: Path, katex: Katex | None = None) -> list[Finding]:
    """One finding for each thing that is wrong; empty for a good dataset.

    `katex` is one that the caller has open. Raises DatasetError when the metadata can't be
    read at all.
    """
    metadata = folder / METADATA
    entries, broken = read_entries(folder)
    findings = [Finding(each.sentence, _at(metadata, each.line), each.line) for each in broken]
    findings += _unusable_recordings(folder, entries)
    if not entries and not findings:
        findings.append(Finding("expected at least one utterance, got none", str(metadata)))
    findings.sort(key=lambda finding: finding.line or 0)
    findings += _repeated(metadata, entries)
    findings += _wrong_texts(metadata, entries)
    if katex is not None:
        findings += _unreadable_formulas(metadata, entries, katex)
    else:
        with Katex() as own:
            findings += _unreadable_formulas(metadata, entries, own)
    return [*findings, *_forgotten_files(folder, entries)]


def _at(metadata: Path, number: int) -> str:
    return f"{metadata}, line {number}"


def _finding(metadata: Path, entry: Entry, sentence: str) -> Finding:
    return Finding(sentence, _at(metadata, entry.line), entry.line, entry.row.id)


def _unusable_recordings(folder: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    metadata, recordings = folder / METADATA, Recordings(folder)
    for entry in entries:
        try:
            recordings.check(entry.row, "")
        except DatasetError as error:
            yield _finding(metadata, entry, str(error).removeprefix(": "))


def _repeated(metadata: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Ids used twice, and phrases with two wordings."""
    ids: dict[str, int] = {}
    words: dict[str, tuple[int, str]] = {}
    for entry in entries:
        row = entry.row
        first = ids.setdefault(row.id, entry.line)
        if first != entry.line:
            yield _finding(metadata, entry, f"id {row.id!r} was used in line {first}")
        at, transcript = words.setdefault(row.phrase_id, (entry.line, row.transcript))
        if transcript != row.transcript:
            said = f"phrase {row.phrase_id!r} has other words in line {at}"
            yield _finding(metadata, entry, said)


def _wrong_texts(metadata: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    for entry in entries:
        problem = transcript_problem(entry.row.transcript)
        if problem:
            yield _finding(metadata, entry, problem)


def _unreadable_formulas(
    metadata: Path, entries: Sequence[Entry], katex: Katex
) -> Iterator[Finding]:
    """References that KaTeX can't typeset: nothing could ever be scored as right beside them."""
    wanted = [
        (entry, formula)
        for entry in entries
        for reading in entry.row.latex
        for formula in formulas_of(reading)
    ]
    outcomes = katex.mathml([latex for _, latex in wanted])
    for (entry, latex), outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, Invalid):
            yield _finding(metadata, entry, f"latex {latex!r} can't be typeset")


def _forgotten_files(folder: Path, entries: Sequence[Entry]) -> Iterator[Finding]:
    named = {(folder / entry.row.file_name).resolve() for entry in entries}
    for path in sorted((folder / "audio").glob("*")):
        if path.resolve() not in named:
            yield Finding(f"no line of {METADATA} names this file", str(path))
