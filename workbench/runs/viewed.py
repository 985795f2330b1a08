"""The runs that pages look at: found by name, scored once, compared, remarked on."""

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

from agent.errors import RunError
from evals.analysis.comparison import compare_runs
from evals.analysis.scored_run import ScoredAttempt, ScoredRun, score_run, with_shared_corrections
from evals.notation import Difference, Katex, turn_differences
from evals.report.comparison_json import comparison_json
from evals.report.kept_documents import kept_document
from evals.report.run_views import (
    OVERVIEW,
    ROWS,
    Document,
    page_row,
    run_overview,
    run_rows,
    tags_of,
)
from evals.runs.folder import RUN, Run, list_runs
from evals.runs.overlay import FILE as OVERLAY
from evals.runs.overlay import Remark, add_remark

MAX_LISTED = 200
MAX_COMPARED = 8
MAX_REMEMBERED = 3  # scored runs; one of ten thousand utterances takes about 100 MB

State = tuple[int, int]


class ViewedRuns:
    """Run folders below one; to be called from threads, for each answer may take seconds."""

    def __init__(self, folder: Path, katex: Katex) -> None:
        self._folder = folder
        self._katex = katex
        self._scored: OrderedDict[str, tuple[State, ScoredRun]] = OrderedDict()
        self._scoring = Lock()  # two pages that open one run score it once

    def listed(self) -> list[Run]:
        """The readable runs, newest first."""
        return list_runs(self._folder)[:MAX_LISTED]

    def find(self, run_id: str) -> Run:
        """The run of that name; RunError where there is none.

        The name is looked up among the folders that are there: it never becomes a path.
        """
        found = (path for path in self._folder.glob(f"*/{RUN}") if path.parent.name == run_id)
        path = next(found, None)
        if path is None:
            raise RunError("There is no such run; reload the page.")
        return Run.open(path.parent)

    def open(self, run_id: str) -> ScoredRun:
        """A run with its scores, as a listener's remarks leave them."""
        run = self.find(run_id)
        with self._scoring:
            state = _state(run)
            if run_id not in self._scored or self._scored[run_id][0] != state:
                self._scored[run_id] = state, score_run(run, self._katex)
            self._scored.move_to_end(run_id)
            while len(self._scored) > MAX_REMEMBERED:
                self._scored.popitem(last=False)
            return self._scored[run_id][1]

    def open_together(self, run_ids: Sequence[str]) -> list[ScoredRun]:
        """Runs to be compared: a reference corrected beside one is corrected in all."""
        return with_shared_corrections([self.open(run_id) for run_id in run_ids], self._katex)

    def rows(self, run_id: str) -> str:
        """`run_rows` as JSON."""
        run = self.find(run_id)
        return kept_document(run, ROWS, lambda: run_rows(self.open(run_id)))

    def overview(self, run_id: str) -> str:
        """`run_overview` as JSON."""
        run = self.find(run_id)
        return kept_document(run, OVERVIEW, lambda: run_overview(self.open(run_id)))

    def attempt(self, run_id: str, number: int) -> ScoredAttempt:
        """One outcome of a run, in the order of its rows; RunError where there is none."""
        attempts = self.open(run_id).attempts
        if not 0 <= number < len(attempts):
            raise RunError("There is no such attempt in this run.")
        return attempts[number]

    def difference(self, each: ScoredAttempt) -> Difference | None:
        """Where its formulas part from the nearest accepted reading."""
        (found,) = turn_differences([(each.utterance.latex, each.understood)], self._katex)
        return found

    def compare(self, run_ids: Sequence[str], *, only_shared: bool) -> list[Document]:
        """Each run against the first; RunError as `compare_runs`."""
        if not 2 <= len(run_ids) <= MAX_COMPARED:
            raise RunError(f"Choose two to {MAX_COMPARED} runs to compare.")
        first, *others = self.open_together(run_ids)
        return [
            comparison_json(compare_runs(first, other, only_shared=only_shared)) for other in others
        ]

    def remark(self, run_id: str, remark: Remark, *, n_seen: int) -> dict[int, list[object]]:
        """Keep a remark and score its utterance anew; gives the rows that changed, by number.

        Raises RunError for an utterance that the run has not, a formula that can't be
        typeset, and as `add_remark`.
        """
        run = self.find(run_id)
        if remark.utterance_id not in run.info.utterance_ids:
            raise RunError(f"The run has no utterance {remark.utterance_id!r}; reload the page.")
        add_remark(run.folder, remark, n_seen=n_seen)
        scored = self.open(run_id)
        names = tags_of(scored)
        return {
            number: page_row(scored, each, names)
            for number, each in enumerate(scored.attempts)
            if each.utterance.id == remark.utterance_id
        }


def _state(run: Run) -> State:
    """What grows whenever a run's scores may have changed."""
    remarks = run.folder / OVERLAY
    return run.n_bytes, remarks.stat().st_size if remarks.exists() else 0
