"""How right the spoken-maths parser is: on its own suite, and on public data where present.

    python -m benchmarks.accuracy [--data FOLDER] [--misses]

The suite is split by a hash of the words. Of the half held back only totals are printed, so
that nobody tunes to its rows; `--misses` lists the other half's wrong rows. Public data
(`reviewed_pairs.csv` and the others) is read from FOLDER and never copied.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from agent.spoken import annotate, readings
from benchmarks._canonical_errors import canonical_error_rate
from benchmarks._said_spans import SaidSpan, said_spans
from benchmarks._spoken_suite import Phrase, halves, is_held, load_phrases, load_prose
from evals.notation import Katex, score_notation

DATA = Path(__file__).parents[2] / "shared" / "data"
N_READINGS = 5


@dataclass(frozen=True, slots=True)
class Judged:
    """A phrase, what was read, and which readings are an accepted one."""

    phrase: Phrase
    read: tuple[str, ...]
    is_right: tuple[bool, ...]
    finds_all: bool

    @property
    def first_is_right(self) -> bool:
        """Whether the likeliest reading is accepted."""
        return self.is_right[:1] == (True,)


def judge(phrases: Sequence[Phrase], katex: Katex) -> list[Judged]:
    """Read each phrase and compare every reading with every accepted one, spoken tier."""
    read = [tuple(found.latex for found in readings(p.text, N_READINGS)) for p in phrases]
    pairs = [
        ((accepted,), (latex,))
        for phrase, latexes in zip(phrases, read, strict=True)
        for latex in latexes
        for accepted in phrase.accepted
    ]
    verdicts = iter([bool(score.exact_spoken) for score in score_notation(pairs, katex)])
    judged: list[Judged] = []
    for phrase, latexes in zip(phrases, read, strict=True):
        grid = [[next(verdicts) for _ in phrase.accepted] for _ in latexes]
        finds_all = all(any(column) for column in zip(*grid, strict=True)) if grid else False
        judged.append(Judged(phrase, latexes, tuple(map(any, grid)), finds_all))
    return judged


def add_row(table: Table, name: str, judged: Sequence[Judged], *more: str) -> None:
    """One line: how many, right at first, among the first five, all of an ambiguous one found."""
    first = sum(one.first_is_right for one in judged)
    among = sum(any(one.is_right) for one in judged)
    every = [one.finds_all for one in judged if one.phrase.is_ambiguous]
    shares = (
        _share(first, len(judged)),
        _share(among, len(judged)),
        _share(sum(every), len(every)),
    )
    table.add_row(name, str(len(judged)), *shares, *more)


def _share(count: int, of: int) -> str:
    return f"{count / of:.3f}" if of else "-"


def own_suite(table: Table, katex: Katex) -> list[Judged]:
    """The suite's rows of the table; gives the half that may be looked at."""
    looked_at: list[Judged] = []
    for name, half in zip(("dev", "held"), halves(load_phrases()), strict=True):
        judged = judge(half, katex)
        looked_at = judged if name == "dev" else looked_at
        for is_ambiguous, kind in ((False, "unambiguous"), (True, "ambiguous")):
            part = [one for one in judged if one.phrase.is_ambiguous is is_ambiguous]
            add_row(table, f"own suite, {name}: {kind}", part)
    return looked_at


def public_pairs(table: Table, path: Path, katex: Katex) -> None:
    """A file of spoken/latex pairs, and beside it SALMONN's column where it has one."""
    rows = _rows(path)
    phrases = [Phrase(row.get("category", ""), row["spoken"], (row["latex"],)) for row in rows]
    judged = judge(phrases, katex)
    rate = canonical_error_rate(
        [(one.phrase.accepted[0], one.read[0] if one.read else "") for one in judged], katex
    )
    add_row(table, path.stem, judged, f"{rate:.3f}")
    if rows and "salmonn_pred" in rows[0]:
        pairs = [(row["latex"], row["salmonn_pred"]) for row in rows]
        scores = score_notation([((latex,), (said,)) for latex, said in pairs], katex)
        right = sum(bool(score.exact_spoken) for score in scores)
        rate = canonical_error_rate(pairs, katex)
        table.add_row("  SALMONN-13B, from audio", str(len(pairs)), _share(right, len(pairs)),
                      "", "", f"{rate:.3f}")  # fmt: skip


def mixed_sentences(path: Path) -> Table:
    """Formulas inside sentences: how many were found, how many found where none was said."""
    n_said = n_found = n_spans = n_spurious = 0
    for row in _rows(path):
        said = said_spans(row["spoken"], row["sentence_latex"])
        spans = [SaidSpan(span.start, span.end) for span in annotate(row["spoken"])]
        n_said += len(said)
        n_spans += len(spans)
        n_found += sum(any(one.overlaps(span) for span in spans) for one in said)
        n_spurious += sum(not any(one.overlaps(span) for one in said) for span in spans)
    table = Table(path.stem, "overlap recall", "spurious")
    table.add_row(f"{n_said} formulas", _share(n_found, n_said), _share(n_spurious, n_spans))
    return table


def false_alarms() -> Table:
    """Formulas found in sentences that hold none."""
    table = Table("sentences without a formula", "n", "false alarms a sentence")
    for name, held in (("dev", False), ("held", True)):
        half = [text for text in load_prose() if is_held(text) is held]
        n_alarms = sum(len(annotate(text)) for text in half)
        table.add_row(name, str(len(half)), _share(n_alarms, len(half)))
    return table


def by_category(judged: Sequence[Judged]) -> Table:
    """Where the development half goes wrong."""
    said = Counter(one.phrase.category for one in judged)
    wrong = Counter(one.phrase.category for one in judged if not one.first_is_right)
    unread = Counter(one.phrase.category for one in judged if not one.read)
    table = Table("category (dev half)", "n", "first wrong", "of these unread")
    for category, n_wrong in wrong.most_common():
        table.add_row(category, str(said[category]), str(n_wrong), str(unread[category]))
    return table


def list_misses(judged: Sequence[Judged], console: Console) -> None:
    """The development half's wrong rows, one a line; ambiguous ones with what they lack."""
    for one in judged:
        is_complete = one.finds_all or not one.phrase.is_ambiguous
        if not one.first_is_right or not is_complete:
            mark = "-" if one.first_is_right else "X"
            shown = f"{mark} {one.phrase.category}: {one.phrase.text} | {one.phrase.accepted[0]} | {one.read[:2]}"
            console.print(shown, markup=False, highlight=False, soft_wrap=True)
    for text in load_prose():
        for span in () if is_held(text) else annotate(text):
            console.print(f"! {text} | {span.latex}", markup=False, highlight=False)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public data")
    parser.add_argument("--misses", action="store_true", help="list the development half's")
    asked = parser.parse_args()
    console = Console(width=110)
    table = Table("set", "n", "1-best", "5-best", "all found", "canonical CER")
    with Katex() as katex:
        looked_at = own_suite(table, katex)
        for name in ("reviewed_pairs", "s2l_equations_test", "consistent_pairs"):
            path = asked.data / f"{name}.csv"
            if path.exists():
                public_pairs(table, path, katex)
            else:
                console.print(f"{path} is not there: left out")
    console.print(table)
    sentences = asked.data / "mixed_sentences.csv"
    if sentences.exists():
        console.print(mixed_sentences(sentences))
    else:
        console.print(f"{sentences} is not there: left out")
    console.print(false_alarms())
    console.print(by_category(looked_at))
    if asked.misses:
        list_misses(looked_at, console)


if __name__ == "__main__":
    main()
