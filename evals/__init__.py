"""Measure what the tutor heard and what it understood.

From Python: `evals.run` replays a dataset, `evals.go_on` continues a run, `evals.score` scores a
run or another system's predictions, `evals.compare` compares two runs; see `docs/python.md`.
"""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from evals.api.comparing import Comparison, compare
    from evals.api.results import Results
    from evals.api.running import go_on, run
    from evals.api.scoring import score

__all__ = ["Comparison", "Results", "compare", "go_on", "run", "score"]

__getattr__ = handed_on(
    __name__,
    {
        "Comparison": "evals.api.comparing",
        "Results": "evals.api.results",
        "compare": "evals.api.comparing",
        "go_on": "evals.api.running",
        "run": "evals.api.running",
        "score": "evals.api.scoring",
    },
)
