"""Measure what the tutor heard and what it understood.

From Python: `evals.run` replays a dataset, `evals.go_on` continues a run, `evals.score` scores a
run or another system's predictions, `evals.compare` compares two runs; see `docs/python.md`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from evals.api.comparing import Comparison, compare
    from evals.api.results import Results
    from evals.api.running import go_on, run
    from evals.api.scoring import score

__all__ = ["Comparison", "Results", "compare", "go_on", "run", "score"]

_HOMES = {
    "Comparison": "comparing",
    "Results": "results",
    "compare": "comparing",
    "go_on": "running",
    "run": "running",
    "score": "scoring",
}


def __getattr__(name: str) -> object:
    """Import a name when it is first used: commands import this package and need no pandas."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"evals.api.{_HOMES[name]}"), name)
