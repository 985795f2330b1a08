"""A scored run as one HTML file: opens from disk, asks for nothing, shows what went wrong first."""

import base64
import html
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from agent.audio import AUDIO_TYPES
from agent.files import read_file
from evals.analysis.latency import latencies
from evals.analysis.scored_run import ScoredAttempt, ScoredRun
from evals.notation import Difference, Katex, MathML, split_math, turn_differences
from evals.report.rows import Row
from evals.report.wording import (
    EMBEDDED_NOTE,
    RateRow,
    answer_rows,
    engine_name,
    figure_text,
    is_embedded,
    normaliser_rows,
    overlay_note,
    rate_rows,
)
from evals.runs.prediction import counts_text
from evals.scoring.confusions import confusions

PAGE = Path(__file__).with_name("report.html")
MAX_SOUND_BYTES = 20 * 2**20
RATE_HEADS = ("Measure", "Value (95 % interval, utterances)")
SHOWN_CONFUSIONS = 20


def report_html(scored: ScoredRun) -> Iterator[str]:
    """The whole run, piece by piece: a large one's rows are never in memory together.

    Recordings are embedded up to 20 MB, those that went wrong first.
    """
    attempts = sorted(scored.attempts, key=lambda each: each.score.verdict.is_right is not False)
    with Katex() as katex:
        typeset = _Typeset(katex, attempts)
        differences = _differences(attempts, katex)
    sounds = _Sounds()
    heard = [_heard(each, sounds, scored.run.folder) for each in attempts]
    opening, _, ending = _page(scored, sounds).partition("<!--rows-->")
    yield f"{opening}["
    for number, parts in enumerate(zip(attempts, heard, differences, strict=True)):
        each, heard_in, difference = parts
        row = _row(each, typeset) | heard_in | {"difference": difference}
        yield f"{',' if number else ''}{_json(row)}"
    yield f"]{ending}"


def _page(scored: ScoredRun, sounds: "_Sounds") -> str:
    """All but the rows."""
    note = ""
    if sounds.n_left_out:
        note = f"{sounds.n_left_out} recordings are linked, not embedded: together over 20 MB."
    page = PAGE.read_text(encoding="utf-8")
    parts = {
        "title": html.escape(scored.run.folder.resolve().name),
        "opening": _opening(scored),
        "rates": _rates(rate_rows(scored.summary, scored.measures)),
        "normalisers": _rates(normaliser_rows(scored.summary.words)),
        "answers": _answers(scored),
        "latency": _latency(scored.attempts),
        "cells": _heard_understood(scored),
        "slices": "".join(_slices(scored)),
        "confusions": _confusions(scored),
        "note": html.escape(note),
    }
    for name, text in parts.items():
        page = page.replace(f"<!--{name}-->", text)
    return page


class _Typeset:
    """Every formula of the report, typeset in batches."""

    def __init__(self, katex: Katex, attempts: Sequence[ScoredAttempt]) -> None:
        texts = [t for each in attempts for t in (*each.utterance.latex, *each.understood)]
        formulas = list(
            dict.fromkeys(f for text in texts for f, is_math in _pieces(text) if is_math)
        )
        outcomes = katex.mathml(formulas)
        self._markup = {
            latex: outcome.markup if isinstance(outcome, MathML) else None
            for latex, outcome in zip(formulas, outcomes, strict=True)
        }

    def show(self, text: str) -> str:
        """Formulas as MathML, prose escaped, what can't be typeset as code."""
        return "".join(self._piece(piece, is_math) for piece, is_math in _pieces(text))

    def _piece(self, piece: str, is_math: bool) -> str:
        if not is_math:
            return html.escape(piece)
        return self._markup[piece] or f"<code>{html.escape(piece)}</code>"


def _pieces(text: str) -> list[tuple[str, bool]]:
    if "$" not in text:
        return [(text, True)]
    return [(piece.text, piece.is_math) for piece in split_math(text)]


class _Sounds:
    """Recordings as addresses: embedded while there is room, linked after that."""

    def __init__(self) -> None:
        self._left_bytes = MAX_SOUND_BYTES
        self._known: dict[Path, str] = {}
        self.n_left_out = 0

    def address(self, path: Path, below: Path | None) -> str:
        if path not in self._known:
            self._known[path] = self._embedded(path, below)
        return self._known[path]

    def _embedded(self, path: Path, below: Path | None) -> str:
        kind = AUDIO_TYPES.get(path.suffix)
        try:
            content = read_file(path, self._left_bytes, below=below) if kind else b""
        except (OSError, ValueError):  # too large, not there, a link, or no path below
            content = b""
        if not content:
            self.n_left_out += 1
            return path.resolve().as_uri()
        self._left_bytes -= len(content)
        return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _row(each: ScoredAttempt, typeset: _Typeset) -> dict[str, object]:
    """Its row, the formulas typeset; `steps` and `seconds` are its own."""
    row = Row.of_attempt(each)
    alignment = each.score.words.alignment if each.score.words else ()
    return row.cells() | {
        "accepted": [typeset.show(reading) for reading in row.accepted],
        "understood": [typeset.show(latex) for latex in row.understood],
        "steps": [[step.kind, step.reference, step.heard] for step in alignment],
        "seconds": dict(each.attempt.prediction.timings_sec),
    }


def _heard(each: ScoredAttempt, sounds: _Sounds, folder: Path) -> dict[str, object]:
    return {
        "clip": sounds.address(each.utterance.path, each.utterance.folder),
        "spoken": _spoken(each.attempt.prediction.answer_file, sounds, folder),
    }


def _spoken(file: str | None, sounds: _Sounds, folder: Path) -> str | None:
    """The answer's sound, if it was kept and is in the run folder."""
    if file is None or not (folder / file).resolve().is_relative_to(folder.resolve()):
        return None
    return sounds.address(folder / file, folder)


def _json(row: dict[str, object]) -> str:
    """JSON that can't close the script it stands in, in ASCII: one sign beyond it would double
    the memory of the whole.
    """
    return json.dumps(row, allow_nan=False).replace("<", "\\u003c")


def _opening(scored: ScoredRun) -> str:
    info, counts = scored.run.info, scored.summary.utterances
    prompt = f"{info.tutor.prompt.name}@{info.tutor.prompt.version}"
    said = (
        f"{info.dataset_name}, prompt {prompt}, {engine_name(info)}. The run is "
        f"{scored.run.status}: {counts_text(counts)}."
    )
    if note := overlay_note(scored.overlay):
        said += f" A listener's remarks: {note}."
    warning = f"<p class='warning'>Embedded engine: {EMBEDDED_NOTE}.</p>"
    return f"{warning if is_embedded(info) else ''}<p>{html.escape(said)}</p>"


def _answers(scored: ScoredRun) -> str:
    rows = answer_rows(scored.summary, scored.measures)
    return f"<h2>The answers</h2>{_rates(rows)}" if rows else ""


def _latency(attempts: Sequence[ScoredAttempt]) -> str:
    rows = [
        (each.event, f"{each.median_sec:.2f} s", f"{each.p95_sec:.2f} s", str(each.n))
        for each in latencies(attempts)
    ]
    if not rows:
        return ""
    heads = ("After the student's turn", "Median", "95th percentile", "Utterances")
    return f"<h2>Latency</h2>{_table(heads, rows)}"


def _differences(attempts: Sequence[ScoredAttempt], katex: Katex) -> list[object]:
    """Stretches of what was meant and what was written, where they part."""
    wrong = [each for each in attempts if each.understood and each.score.verdict.is_right is False]
    turns = [(each.utterance.latex, each.understood) for each in wrong]
    found = {
        id(each): difference
        for each, difference in zip(wrong, turn_differences(turns, katex), strict=True)
    }
    return [_spans(found.get(id(each))) for each in attempts]


def _spans(difference: Difference | None) -> list[list[tuple[str, str]]] | None:
    if difference is None:
        return None
    sides = (difference.reference, difference.prediction)
    return [[(span.kind, span.text) for span in side] for side in sides]


def _heard_understood(scored: ScoredRun) -> str:
    cells = scored.summary.heard_understood
    rows = [
        ("words right", str(cells.both), str(cells.only_heard)),
        ("words wrong", str(cells.only_understood), str(cells.neither)),
    ]
    return _table(("", "formula right", "formula wrong"), rows)


def _slices(scored: ScoredRun) -> Iterable[str]:
    sliced = [each for each in scored.measures if each.is_sliced]
    for tag, slices in scored.summary.slices.items():
        rows = [
            (value, *(figure_text(each, rates.figure(each)) for each in sliced))
            for value, rates in slices.items()
        ]
        yield f"<h3>By {html.escape(tag)}</h3>"
        yield _table((tag, *(each.title for each in sliced)), rows)


def _confusions(scored: ScoredRun) -> str:
    found = confusions(each.score for each in scored.attempts)[:SHOWN_CONFUSIONS]
    rows = [(c.said or "(nothing)", c.heard or "(nothing)", str(c.count)) for c in found]
    return _table(("Said", "Heard", "Times"), rows)


def _rates(rows: Iterable[RateRow]) -> str:
    """Measures and their values; a pointer on a row shows what it means."""
    body = "".join(
        f"<tr title='{html.escape(row.hint)}'><td>{html.escape(row.title)}</td>"
        f"<td>{html.escape(row.value)}</td></tr>"
        for row in rows
    )
    return _framed(RATE_HEADS, body)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return _framed(
        heads,
        "".join(
            f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows
        ),
    )


def _framed(heads: Sequence[str], body: str) -> str:
    head = "".join(f"<th scope='col'>{html.escape(text)}</th>" for text in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
