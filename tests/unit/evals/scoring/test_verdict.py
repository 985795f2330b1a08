"""One definition of right, and the same answer in every document."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from agent.transcript import Formula
from evals.analysis.scored_run import ScoredRun, score_outcomes
from evals.api.results import Results
from evals.dataset.utterances import Dataset, Utterance
from evals.notation import Katex, NotationScore
from evals.report.documents import FORMATS
from evals.report.run_views import run_rows
from evals.runs.folder import Run
from evals.runs.prediction import UNANSWERED, Prediction, Status
from evals.runs.rows import Attempt
from evals.scoring.verdict import Verdict, verdict_of
from tests.builders import INFO, RIGHT
from tests.paths import PROJECT

WORDS_ONLY_MODEL = "gemini-3.5-transcribe-live"
UNREADABLE = r"\frac{1"


def notation(**changes: bool | None) -> NotationScore:
    return replace(RIGHT, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "found", "is_heard", "shown", "is_right"),
    [
        ("ok", notation(), True, "exact", True),
        ("ok", notation(), False, "exact", True),  # words are another matter
        ("ok", notation(exact_strict=False), True, "as spoken", True),
        ("ok", notation(formula_said=False, present=False), True, "no formula, rightly", True),
        ("ok", None, True, "words right", True),  # of a model that writes words alone
        ("ok", notation(exact_strict=False, exact_spoken=False), True, "different", False),
        ("ok", notation(valid=False, exact_strict=False, exact_spoken=False), True, "unreadable", False),
        ("ok", notation(present=False, exact_strict=False, exact_spoken=False), True, "no formula", False),
        ("ok", notation(formula_said=False), True, "spurious formula", False),
        ("ok", None, False, "words wrong", False),
        ("cut_off", notation(), True, "cut off", False),
        ("cut_off", None, True, "cut off", False),
        ("no_answer", None, False, "no answer", False),
        ("failed", None, False, "failed", False),
        ("ok", notation(exact_strict=None, exact_spoken=None), True, "unscored", None),
        ("ok", notation(valid=False, exact_strict=None, exact_spoken=None), False, "unscored", None),
    ],
)  # fmt: skip
def test_a_verdict_says_how_far_it_got(
    status: Status, found: NotationScore | None, is_heard: bool, shown: str, is_right: bool | None
) -> None:
    """A lost utterance must not look like a wrong answer, nor a right one."""
    verdict = verdict_of(status, found, is_heard=is_heard)
    assert verdict == shown
    assert verdict.is_right is is_right


def test_every_verdict_is_right_wrong_or_unscored() -> None:
    """One that is added must be put on a side."""
    by_side = {side: {v for v in Verdict if v.is_right is side} for side in (True, False, None)}
    assert by_side[None] == {Verdict.UNSCORED}
    assert by_side[True] == {
        Verdict.EXACT,
        Verdict.AS_SPOKEN,
        Verdict.NONE_WRITTEN,
        Verdict.WORDS_RIGHT,
    }
    assert len(by_side[False]) == len(Verdict) - 5


def test_the_docs_list_every_verdict() -> None:
    """Whoever reads a report looks the word up there."""
    text = (PROJECT / "docs" / "scoring.md").read_text(encoding="utf-8")
    section = text.partition("## Right and wrong")[2].partition("## ")[0]
    rows = dict(re.findall(r"^\| ([^|]+) \| [^|]+ \| (yes|no|neither) \|$", section, re.M))
    words = {True: "yes", False: "no", None: "neither"}
    assert rows == {verdict.value: words[verdict.is_right] for verdict in Verdict}


@pytest.fixture(scope="module")
def katex() -> Iterator[Katex]:
    with Katex() as running:
        yield running


Case = tuple[str, tuple[str, ...], Status, str, str | None, bool | None]
FORMULAS: list[Case] = [  # said, accepted, status, heard, written, is_right
    ("x squared", ("x^2",), "ok", "x squared", "x^2", True),
    ("x squared", ("x^2",), "ok", "x cubed", "x^{2}", True),
    ("hello", (), "ok", "hello", None, True),
    ("x squared", (UNREADABLE, "x^2"), "ok", "x squared", "x^2", True),
    ("x squared", ("x^2",), "ok", "x squared", "x^3", False),
    ("x squared", ("x^2",), "ok", "x squared", None, False),
    ("x squared", ("x^2",), "ok", "x squared", UNREADABLE, False),
    ("hello", (), "ok", "hello", "x", False),
    ("x squared", ("x^2",), "cut_off", "x squared", "x^2", False),
    ("x squared", ("x^2",), "no_answer", "x squared", None, False),
    ("x squared", ("x^2",), "failed", "", None, False),
    ("x squared", (UNREADABLE,), "ok", "x squared", "x^2", None),
    ("x squared", (UNREADABLE,), "ok", "x squared", UNREADABLE, None),
    ("x squared", (UNREADABLE,), "ok", "x", None, None),
]
WORDS: list[Case] = [
    ("x squared", ("x^2",), "ok", "x squared", None, True),
    ("hello", (), "ok", "hello", None, True),
    ("x squared", (UNREADABLE,), "ok", "x squared", None, True),
    ("x squared", ("x^2",), "ok", "x cubed", None, False),
    ("hello", (), "ok", "", None, False),
    ("x squared", ("x^2",), "cut_off", "x squared", None, False),
    ("x squared", ("x^2",), "no_answer", "x squared", None, False),
    ("x squared", ("x^2",), "failed", "", None, False),
]


def run_of(model: str, cases: list[Case], folder: Path, katex: Katex) -> ScoredRun:
    """A scored run of one epoch, an utterance a case."""
    utterances = tuple(
        Utterance(f"u{number}", f"p{number}", folder / "a.wav", said, accepted, {})
        for number, (said, accepted, *_) in enumerate(cases)
    )
    tutor = INFO.tutor.model_copy(update={"model": model})
    ids = [each.id for each in utterances]
    run = Run(folder, INFO.model_copy(update={"tutor": tutor, "utterance_ids": ids}))
    for utterance, (_, _, status, heard, written, _) in zip(utterances, cases, strict=True):
        formulas = (Formula(written, "model", "student"),) if written else ()
        error = "lost" if status in UNANSWERED else None
        run.add(Attempt(utterance.id, 0, 1, Prediction(status, heard, formulas, error=error)))
    return score_outcomes(run, Dataset("d", folder, utterances, "h"), katex)


def _in_junit(scored: ScoredRun) -> list[bool | None]:
    suite = ElementTree.fromstring(str(FORMATS[".xml"](scored)))  # noqa: S314 (our own text)
    kinds = [[child.tag for child in case] for case in suite.findall("testcase")]
    counts = {name: kinds.count([name]) for name in ("error", "failure", "skipped")}
    told = (suite.get("errors"), suite.get("failures"), suite.get("skipped"))
    assert told == tuple(map(str, counts.values()))
    return [{(): True, ("skipped",): None}.get(tuple(kind), False) for kind in kinds]


def _in_page_rows(scored: ScoredRun) -> list[bool | None]:
    document = json.loads(json.dumps(run_rows(scored)))
    at = document["columns"].index("is_right")
    return [row[at] for row in document["rows"]]


def _in_html(scored: ScoredRun) -> list[bool | None]:
    page = "".join(FORMATS[".html"](scored))
    (rows,) = re.findall(r'<script id="rows" type="application/json">(.*?)</script>', page, re.S)
    found = {row["utterance_id"]: row["is_right"] for row in json.loads(rows)}
    return [found[each.utterance.id] for each in scored.attempts]


def _in_json(scored: ScoredRun) -> list[bool | None]:
    report = json.loads("".join(FORMATS[".json"](scored)))
    return [row["is_right"] for row in report["attempts"]]


def _in_frame(scored: ScoredRun) -> list[bool | None]:
    found = Results.of_run(scored).rows["is_right"]
    return [
        None if missing else bool(one) for one, missing in zip(found, found.isna(), strict=True)
    ]


@pytest.mark.parametrize(
    "read",
    [_in_junit, _in_page_rows, _in_html, _in_json, _in_frame],
    ids=lambda read: read.__name__,
)
@pytest.mark.parametrize(
    ("model", "cases"), [("gemini-3.8-live", FORMULAS), (WORDS_ONLY_MODEL, WORDS)]
)
def test_every_document_gives_the_same_answer(
    read: Callable[[ScoredRun], list[bool | None]],
    model: str,
    cases: list[Case],
    tmp_path: Path,
    katex: Katex,
) -> None:
    """A build, a page and a notebook that disagree are all doubted."""
    scored = run_of(model, cases, tmp_path, katex)
    assert read(scored) == [each[-1] for each in cases]


@pytest.mark.parametrize(
    ("model", "cases"), [("gemini-3.8-live", FORMULAS), (WORDS_ONLY_MODEL, WORDS)]
)
def test_what_is_replayed_as_wrong_is_neither_right_nor_unscored(
    model: str, cases: list[Case], tmp_path: Path, katex: Katex
) -> None:
    """Another prompt mends no reference; what was lost is tried again."""
    wrong = {f"u{number}" for number, case in enumerate(cases) if case[-1] is False}
    assert run_of(model, cases, tmp_path, katex).wrong_ids == wrong
