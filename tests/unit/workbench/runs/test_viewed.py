"""Runs as pages ask for them: by name, compared, remarked on."""

import json
from pathlib import Path

import pytest

from agent.errors import RunError
from evals.dataset.catalogue import SHIPPED_DATASETS
from evals.dataset.utterances import load_dataset
from evals.notation import Katex
from evals.runs.overlay import Remark
from tests.builders import heard, run_over, write_run
from workbench.runs.viewed import ViewedRuns

DATASET = load_dataset(SHIPPED_DATASETS / "spoken-math-mini", with_recordings=False)
SOME = DATASET.utterances[:4]


def write(folder: Path, n_right: int, dataset_hash: str = "h") -> None:
    """A run over four utterances; the first `n_right` came out as the dataset has them."""
    predictions = (
        heard(utterance.transcript, utterance.latex[0] if number < n_right else "z")
        for number, utterance in enumerate(SOME)
    )
    write_run(folder, run_over(DATASET, len(SOME), dataset_hash=dataset_hash), predictions)


@pytest.fixture
def runs(tmp_path: Path, katex: Katex) -> ViewedRuns:
    write(tmp_path / "runs" / "one", 1)
    write(tmp_path / "runs" / "other", 3)
    write(tmp_path / "elsewhere", 3)
    return ViewedRuns(tmp_path / "runs", katex)


@pytest.mark.parametrize("name", ["", ".", "..", "../elsewhere", "none", "one/../one", "*", "o?e"])
def test_a_name_never_becomes_a_path(runs: ViewedRuns, name: str) -> None:
    """Only what is listed can be opened."""
    with pytest.raises(RunError, match="no such run"):
        runs.find(name)


def test_runs_are_compared_as_the_command_line_does(runs: ViewedRuns) -> None:
    """The same words under both."""
    (compared,) = runs.compare(["one", "other"], only_shared=False)
    assert "wins 2 and loses 0 of 4 formulas" in str(compared["verdict"])


def test_runs_over_other_data_are_refused_unless_asked_for(
    runs: ViewedRuns, tmp_path: Path
) -> None:
    """A difference between them would be one of the data."""
    write(tmp_path / "runs" / "third", 2, dataset_hash="another")
    with pytest.raises(RunError, match="not over the same utterances"):
        runs.compare(["one", "third"], only_shared=False)
    (compared,) = runs.compare(["one", "third"], only_shared=True)
    assert compared["n_pairs"] == 4


@pytest.mark.parametrize("n", [0, 1, 9])
def test_too_few_or_too_many_runs_are_refused(runs: ViewedRuns, n: int) -> None:
    """Nine runs of ten thousand would take minutes."""
    with pytest.raises(RunError, match="two to 8"):
        runs.compare(["one"] * n, only_shared=False)


def test_a_remark_gives_the_rows_that_it_changed(runs: ViewedRuns) -> None:
    """The page shows the new verdict without asking for ten thousand rows again."""
    before = json.loads(runs.rows("one"))
    verdict = before["columns"].index("verdict")
    assert before["rows"][2][verdict] == "different"
    remark = Remark(utterance_id=SOME[2].id, latex=("z",))
    changed = runs.remark("one", remark, n_seen=0)
    assert changed.keys() == {2}
    assert changed[2][verdict] == "exact"
    assert json.loads(runs.rows("one"))["rows"][2] == json.loads(json.dumps(changed[2]))
    assert json.loads(runs.rows("other"))["rows"][2][verdict] != "different"


def test_a_remark_on_an_utterance_of_another_run_is_refused(runs: ViewedRuns) -> None:
    """It would change nothing, and stay."""
    with pytest.raises(RunError, match="no utterance"):
        runs.remark("one", Remark(utterance_id="unheard"), n_seen=0)


@pytest.mark.parametrize("number", [-1, 4, 10_000])
def test_an_attempt_that_is_not_there_is_refused(runs: ViewedRuns, number: int) -> None:
    """Numbers come from a request."""
    with pytest.raises(RunError, match="no such attempt"):
        runs.attempt("one", number)
