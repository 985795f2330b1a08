"""How long the parts of an answer took, over a whole run."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.analysis.scored_run import ScoredAttempt

SENT = "sent"
EVENTS = {
    "words": "first words",
    "formula": "first formula",
    "answer": "first audio",
    "complete": "turn complete",
}


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the end of the student's turn to one event, over `n` attempts."""

    event: str
    median_sec: float
    p95_sec: float
    n: int


def latencies(attempts: Sequence[ScoredAttempt]) -> list[Latency]:
    """Each event that happened at all; one before the turn's end counts as 0 s."""
    found = []
    for key, event in EVENTS.items():
        waits_sec = [
            max(0.0, timings_sec[key] - timings_sec[SENT])
            for each in attempts
            if SENT in (timings_sec := each.attempt.prediction.timings_sec) and key in timings_sec
        ]
        if waits_sec:
            median_sec, p95_sec = np.quantile(waits_sec, (0.5, 0.95))
            found.append(Latency(event, float(median_sec), float(p95_sec), len(waits_sec)))
    return found
