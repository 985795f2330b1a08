"""What a run's intervals are resampled by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evals.analysis.statistics import clusters_of
from evals.scoring.utterance import UtteranceScore


@dataclass(frozen=True, slots=True)
class Draw:
    """Whole phrases or whole speakers, drawn again and again from one seed."""

    clustered_by: Literal["phrase", "speaker"]
    seed: int

    def cluster(self, score: UtteranceScore) -> str:
        """The phrase or the speaker that an attempt belongs to."""
        return score.tags["speaker"] if self.clustered_by == "speaker" else score.phrase_id


def draw_of(scores: Sequence[UtteranceScore], seed: int) -> Draw:
    """Phrases; speakers from ten speakers on, as `clusters_of`."""
    clusters = clusters_of(
        [score.phrase_id for score in scores], [score.tags.get("speaker", "") for score in scores]
    )
    return Draw(clusters.kind, seed)
