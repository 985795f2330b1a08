"""Scores of one utterance: words heard, notation understood, answer given."""

from typing import TYPE_CHECKING

from agent.lazy import handed_on

if TYPE_CHECKING:
    from evals.runs.prediction import Status
    from evals.scoring.utterance import SCORER_VERSION, Scorable, UtteranceScore, score_utterances

__all__ = ["SCORER_VERSION", "Scorable", "Status", "UtteranceScore", "score_utterances"]

__getattr__ = handed_on(
    __name__,
    {
        "SCORER_VERSION": "evals.scoring.utterance",
        "Scorable": "evals.scoring.utterance",
        "Status": "evals.runs.prediction",
        "UtteranceScore": "evals.scoring.utterance",
        "score_utterances": "evals.scoring.utterance",
    },
)
