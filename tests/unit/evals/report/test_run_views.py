"""The documents that a page shows of a run, and when they are made anew."""

import json
from pathlib import Path

import numpy as np
import pytest

from agent.audio import Pcm16
from evals.analysis.scored_run import score_run
from evals.dataset.utterances import METADATA
from evals.notation import Katex
from evals.report.clip_outline import clip_outline
from evals.report.kept_documents import FOLDER, kept_document
from evals.report.run_views import run_overview, run_rows, waits_sec
from evals.runs.folder import Run
from evals.runs.overlay import Remark, add_remark
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt
from tests.builders import FAILED, heard, run_info, write_run

ROWS = [
    {"id": "a", "transcript": "x squared", "latex": ["x^2"], "voice": "one"},
    {"id": "b", "transcript": "x cubed", "latex": ["x^3"], "voice": "two"},
    {"id": "c", "transcript": "let me think", "latex": []},
    {"id": "d", "transcript": "y", "latex": ["y"], "voice": "two"},
]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Right; heard alone; no formula, rightly; failed."""
    data = tmp_path / "data"
    data.mkdir()
    rows = [row | {"phrase_id": row["id"], "file_name": f"{row['id']}.wav"} for row in ROWS]
    (data / METADATA).write_text("".join(json.dumps(row) + "\n" for row in rows))
    timings = {"sent": 1.0, "words": 1.25, "complete": 3.0}
    predictions = (
        heard("x squared", "x^2", timings_sec=timings),
        heard("x cubed", "x^2"),
        heard("let me think"),
        FAILED,
    )
    return write_run(tmp_path / "run", run_info("abcd", dataset_folder=str(data)), predictions)


def test_a_row_tells_what_tables_filter_and_sort_by(run: Run, katex: Katex) -> None:
    """The square of heard against understood is blind to what has no formula to score."""
    add_remark(run.folder, Remark(utterance_id="b", tags=("loud",)), n_seen=0)
    document = json.loads(kept_document(run, "rows", lambda: run_rows(score_run(run, katex))))
    rows = [dict(zip(document["columns"], row, strict=True)) for row in document["rows"]]
    assert [row["cell"] for row in rows] == ["hu", "h", None, None]
    assert [row["is_right"] for row in rows] == [True, False, True, False]
    assert rows[0]["waits"] == [0.25, None, None, 2.0]
    assert (rows[1]["marks"], rows[1]["remarked"], rows[1]["corrected"]) == (["loud"], 1, False)
    assert rows[3]["error"] == "lost"
    assert document["tag_names"] == ["voice"]
    assert [row["tags"] for row in rows] == [["one"], ["two"], [""], ["two"]]


def test_what_came_before_the_turns_end_waited_for_nothing() -> None:
    """As the latencies of a whole run count it."""
    assert waits_sec({"sent": 2.0, "words": 1.0}) == [0.0, None, None, None]
    assert waits_sec({"words": 1.0}) == [None, None, None, None]


def test_an_overview_holds_the_figures_of_the_whole(run: Run, katex: Katex) -> None:
    """Confusions name the clips that hold them."""
    add_remark(run.folder, Remark(utterance_id="b", transcript="y cubed"), n_seen=0)
    overview = run_overview(score_run(run, katex))
    (confusion,) = overview["confusions"]  # type: ignore[misc]
    assert confusion == {"said": "y", "heard": "x", "count": 1, "utterances": ("b",)}
    assert overview["remarks"] == "1 reference corrected beside the run"


def test_a_document_is_made_once_for_as_long_as_nothing_changes(run: Run) -> None:
    """A stale table is worse than a slow one; a kept one opens at once."""
    made: list[int] = []

    def make() -> dict[str, object]:
        made.append(1)
        return {"n": len(made)}

    assert [kept_document(run, "rows", make) for _ in range(2)] == ['{"n":1}'] * 2
    add_remark(run.folder, Remark(utterance_id="a", tags=("x",)), n_seen=0)
    assert kept_document(run, "rows", make) == '{"n":2}'
    run.add(Attempt("d", 0, 2, Prediction("ok", "y")))
    assert kept_document(run, "rows", make) == '{"n":3}'
    metadata = Path(run.info.dataset_folder) / METADATA
    metadata.write_text(metadata.read_text() + "\n")
    assert kept_document(run, "rows", make) == '{"n":4}'
    run.set_status("stopped")
    assert kept_document(run, "rows", make) == '{"n":5}'
    assert kept_document(run, "rows", make) == '{"n":6}'


def test_a_spoilt_document_is_made_anew(run: Run) -> None:
    """Whatever wrote into the folder."""
    assert kept_document(run, "rows", dict) == "{}"
    (run.folder / FOLDER / "rows.json").write_bytes(b"\xff\n{}")
    assert kept_document(run, "rows", lambda: {"n": 1}) == '{"n":1}'


def test_an_outline_finds_the_end_of_the_voice() -> None:
    """Half a second of voice in a second of a quiet room."""
    rng = np.random.default_rng(0)
    samples = rng.normal(0, 20, 16_000)
    samples[3_200:11_200] += 8_000 * np.sin(np.arange(8_000) / 5)
    outline = clip_outline(Pcm16(samples.astype(np.int16), 16_000))
    assert outline.duration_sec == 1.0
    assert outline.speech_end_sec == pytest.approx(0.7, abs=0.03)
    assert len(outline.peaks) == 400
    assert max(outline.peaks) == pytest.approx(8_000 / 32_768, abs=0.01)


@pytest.mark.parametrize("n_samples", [0, 100, 16_000])
def test_silence_has_no_voice_to_end(n_samples: int) -> None:
    """An empty clip is drawn as nothing, not refused."""
    outline = clip_outline(Pcm16(np.zeros(n_samples, dtype=np.int16), 16_000))
    assert outline.speech_end_sec is None
    assert len(outline.peaks) == min(400, n_samples)
