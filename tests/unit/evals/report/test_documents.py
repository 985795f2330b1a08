"""Reports in every format: all of the run, nothing that acts."""

import csv
import io
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from agent.errors import RunError
from evals.analysis.scored_run import ScoredRun, score_outcomes
from evals.dataset.utterances import Dataset, Utterance
from evals.notation import Katex
from evals.report.documents import FORMATS, report_json, write_report
from evals.runs.folder import RecordedTutor, Run
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt
from evals.scoring.confusions import confusions
from tests.builders import PROMPT, heard, run_info

HOSTILE = "<script>alert(1)</script> | `x` =1+1\n[a](javascript:b)"


@pytest.fixture
def scored(tmp_path: Path, katex: Katex) -> ScoredRun:
    """Four utterances, two epochs: right, hostile, failed, and prose."""
    utterances = (
        Utterance("right", "p1", tmp_path / "a.wav", "x squared", ("x^2",), {"voice": "v"}),
        Utterance("=cmd", "p2", tmp_path / "a.wav", HOSTILE, (r"\frac{a}{b}",), {"voice": HOSTILE}),
        Utterance("failed", "p3", tmp_path / "a.wav", "y plus one", ("y+1",), {"voice": "v"}),
        Utterance("prose", "p4", tmp_path / "a.wav", "hello there", (), {"voice": "v"}),
    )
    (tmp_path / "a.wav").write_bytes(b"RIFF")
    prompt = PROMPT.model_copy(update={"name": HOSTILE})
    info = run_info(
        (utterance.id for utterance in utterances),
        engine="embedded",
        tutor=RecordedTutor(model="m", prompt=prompt),
        dataset_name=HOSTILE,
        epochs=2,
    )
    run = Run(tmp_path, info)
    for epoch in (0, 1):
        words = "x squared" if epoch == 0 else "x cubed"
        latex = "x^2" if epoch == 0 else "x^3"
        run.add(Attempt("right", epoch, 1, heard(words, latex, answer=HOSTILE)))
        run.add(Attempt("=cmd", epoch, 1, heard(HOSTILE, HOSTILE, answer=HOSTILE)))
        run.add(Attempt("failed", epoch, 1, Prediction("failed", error=HOSTILE)))
        run.add(Attempt("prose", epoch, 1, heard("hello there", answer=HOSTILE)))
    return score_outcomes(run, Dataset("d", tmp_path, utterances, "h"), katex)


@pytest.mark.parametrize("ending", sorted(FORMATS))
def test_every_format_is_written_whole_and_names_the_engine(
    scored: ScoredRun, tmp_path: Path, ending: str
) -> None:
    """Whoever gets only the file must know whose figures these are."""
    path = tmp_path / f"report{ending}"
    write_report(scored, path)
    text = path.read_text(encoding="utf-8")
    assert "embedded" in text.lower()
    for utterance in scored.attempts:
        assert utterance.utterance.id in text


def test_an_unknown_ending_is_refused(scored: ScoredRun, tmp_path: Path) -> None:
    """It lists those there are."""
    with pytest.raises(RunError, match=r"\.html"):
        write_report(scored, tmp_path / "report.docx")


def test_what_was_said_never_becomes_markup(scored: ScoredRun) -> None:
    """Speech, datasets and model output are untrusted; code spans of Markdown are inert."""
    assert "<script>alert" not in FORMATS[".html"](scored)
    outside_code = re.sub(r"(`+) .*? \1", "", FORMATS[".md"](scored))
    assert "<script>alert" not in outside_code
    assert "[a](javascript:" not in outside_code.replace(r"\[a\](javascript:", "")


def test_a_spreadsheet_calculates_nothing(scored: ScoredRun) -> None:
    """A cell that begins with = is a program there."""
    rows = list(csv.DictReader(io.StringIO(FORMATS[".csv"](scored))))
    assert len(rows) == 8
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]
    assert {row["utterance_id"] for row in rows} == {"right", "'=cmd", "failed", "prose"}


def test_a_build_sees_errors_and_failures_apart(scored: ScoredRun) -> None:
    """A failed call is no wrong answer."""
    suite = ElementTree.fromstring(FORMATS[".xml"](scored))  # noqa: S314 (our own text)
    assert (suite.get("tests"), suite.get("errors"), suite.get("failures")) == ("8", "2", "3")
    assert len(suite.findall("testcase/error")) == 2
    assert len(suite.findall("testcase/failure")) == 3


def test_the_figures_tell_failed_repeated_and_crossed(scored: ScoredRun) -> None:
    """Rates alone hide who failed, what changes from time to time, and where it arises."""
    found = json.loads(json.dumps(report_json(scored)))
    assert found["utterances"] == {"total": 8, "ok": 6, "cut_off": 0, "no_answer": 0, "failed": 2}
    assert found["notation"]["exact_spoken"]["value"] == pytest.approx(1 / 4)
    assert found["all_counted"]["exact_spoken"]["value"] == pytest.approx(1 / 6)
    assert found["all_counted"]["wer"]["value"] > found["words"]["wer"]["value"]
    assert found["heard_understood"] == {
        "both": 1,
        "only_heard": 2,
        "only_understood": 0,
        "neither": 1,
    }
    assert found["repeats"]["epochs"] == 2
    assert found["repeats"]["always_right"]["value"] == 0
    assert found["repeats"]["disagreeing"]["value"] == pytest.approx(1 / 3)


def test_confusions_say_what_was_heard_for_what(scored: ScoredRun) -> None:
    """The commonest first, with where to listen."""
    (found,) = confusions(each.score for each in scored.attempts)
    assert (found.said, found.heard, found.count) == ("squared", "cubed", 1)
    assert found.utterances == ("right",)
