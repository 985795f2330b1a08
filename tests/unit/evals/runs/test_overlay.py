"""A listener's remarks: kept, counted, and what they change in the scores."""

from pathlib import Path

import pytest

from agent.errors import RunError
from evals.analysis.comparison import compare_runs
from evals.analysis.scored_run import score_or_recall, with_shared_corrections
from evals.dataset.utterances import Dataset, Utterance
from evals.notation import Katex
from evals.report.documents import report_markdown, summary_json
from evals.runs.folder import Run
from evals.runs.overlay import FILE, NO_REMARKS, Remark, add_remark, read_overlay
from tests.builders import heard, run_info, write_run


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Its second reference is wrong: x squared was said."""
    utterances = (
        Utterance("a", "p1", tmp_path, "x squared", ("x^2",)),
        Utterance("b", "p2", tmp_path, "x cubed", ("x^3",)),
    )
    return Dataset("d", tmp_path, utterances, "hash")


def run(folder: Path) -> Run:
    """Both heard and understood as x squared."""
    return write_run(folder, run_info("ab"), [heard("x squared", "x^2")] * 2)


def better(name: str = "b") -> Remark:
    return Remark(utterance_id=name, transcript="x squared", latex=("x^2",), tags=("label",))


def test_a_better_reference_counts_at_once_and_leaves_the_kept_scores_alone(
    tmp_path: Path, dataset: Dataset, katex: Katex
) -> None:
    """Taking the remark back must give the old figures again."""
    one = run(tmp_path / "one")
    assert score_or_recall(one, dataset, katex).summary.notation.exact_spoken.value == 0.5
    add_remark(one.folder, better(), n_seen=0)
    corrected = score_or_recall(one, dataset, katex)
    assert corrected.summary.notation.exact_spoken.value == 1.0
    assert corrected.summary.words.wer.value == 0.0
    add_remark(one.folder, Remark(utterance_id="b"), n_seen=1)
    assert score_or_recall(one, dataset, katex).summary.notation.exact_spoken.value == 0.5


def test_reports_say_how_many_references_are_others(
    tmp_path: Path, dataset: Dataset, katex: Katex
) -> None:
    """A figure over other references than the dataset's must say so."""
    one = run(tmp_path / "one")
    add_remark(one.folder, better(), n_seen=0)
    scored = score_or_recall(one, dataset, katex)
    assert summary_json(scored)["overlay"] == {"corrected": 1, "tagged": 1}
    told = "1 reference corrected beside the run, 1 utterance tagged"
    assert told in report_markdown(scored)


def test_a_reference_corrected_beside_one_run_is_corrected_in_the_other(
    tmp_path: Path, dataset: Dataset, katex: Katex
) -> None:
    """Else the difference of two runs would be one of their references."""
    runs = [run(tmp_path / "one"), run(tmp_path / "other")]
    add_remark(runs[1].folder, better(), n_seen=0)
    scored = [score_or_recall(each, dataset, katex) for each in runs]
    compared = compare_runs(*with_shared_corrections(scored, katex))
    assert compared.n_pairs == 2
    assert not compared.improvements
    assert [each.score.is_understood for each in compared.one.attempts] == [True, True]
    assert compared.one.overlay.remarks["b"].tags == ()


def test_the_second_of_two_listeners_is_told(tmp_path: Path) -> None:
    """The last remark counts, so nobody may write over one that they have not seen."""
    add_remark(tmp_path, better(), n_seen=0)
    with pytest.raises(RunError, match="somebody else has remarked"):
        add_remark(tmp_path, Remark(utterance_id="b", tags=("mine",)), n_seen=0)
    assert read_overlay(tmp_path).remarks["b"].tags == ("label",)
    add_remark(tmp_path, Remark(utterance_id="b", tags=("mine",)), n_seen=1)
    assert len((tmp_path / FILE).read_text().splitlines()) == 2


def test_a_line_that_a_crash_cut_short_costs_that_remark_alone(tmp_path: Path) -> None:
    """And the next remark must not be glued to its rest."""
    add_remark(tmp_path, better("a"), n_seen=0)
    with (tmp_path / FILE).open("a") as file:
        file.write('{"utterance_id": "b", "ta')
    assert set(read_overlay(tmp_path).remarks) == {"a"}
    add_remark(tmp_path, better("c"), n_seen=0)
    assert set(read_overlay(tmp_path).remarks) == {"a", "c"}


@pytest.mark.parametrize("line", ["nonsense", "[]", '{"utterance_id": ""}', '{"tags": ["a"]}'])
def test_a_line_that_is_no_remark_is_named(tmp_path: Path, line: str) -> None:
    """Scores that leave out a correction in silence would be other scores."""
    (tmp_path / FILE).write_text(f"{line}\n")
    with pytest.raises(RunError, match="line 1"):
        read_overlay(tmp_path)


def test_a_run_without_remarks_has_none(tmp_path: Path) -> None:
    """Most runs have no such file."""
    assert read_overlay(tmp_path) == NO_REMARKS
