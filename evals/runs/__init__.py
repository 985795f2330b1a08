"""The run folder: what was asked, every attempt, a listener's remarks."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from agent.files import replace_file
    from evals.runs.folder import (
        ATTEMPTS,
        FORMAT_VERSION,
        LOCK,
        RUN,
        RecordedPrompt,
        RecordedTutor,
        Run,
        RunInfo,
        RunStatus,
        list_runs,
        new_run_folder,
    )
    from evals.runs.prediction import Prediction
    from evals.runs.rows import Attempt

__all__ = [
    "ATTEMPTS",
    "FORMAT_VERSION",
    "LOCK",
    "RUN",
    "Attempt",
    "Prediction",
    "RecordedPrompt",
    "RecordedTutor",
    "Run",
    "RunInfo",
    "RunStatus",
    "list_runs",
    "new_run_folder",
    "replace_file",
]

__getattr__ = handed_on(
    __name__,
    {
        "ATTEMPTS": "evals.runs.folder",
        "Attempt": "evals.runs.rows",
        "FORMAT_VERSION": "evals.runs.folder",
        "LOCK": "evals.runs.folder",
        "Prediction": "evals.runs.prediction",
        "RUN": "evals.runs.folder",
        "RecordedPrompt": "evals.runs.folder",
        "RecordedTutor": "evals.runs.folder",
        "Run": "evals.runs.folder",
        "RunInfo": "evals.runs.folder",
        "RunStatus": "evals.runs.folder",
        "list_runs": "evals.runs.folder",
        "new_run_folder": "evals.runs.folder",
        "replace_file": "agent.files",
    },
)
