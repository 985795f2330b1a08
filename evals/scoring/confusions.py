"""What was heard for what was said, over a whole run."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evals.scoring.utterance import UtteranceScore

MAX_CONFUSIONS = 100


@dataclass(frozen=True, slots=True)
class Confusion:
    """`said` None is a word that nobody said, `heard` None one that was lost.

    `utterances` are the ids of those it happened in, in order.
    """

    said: str | None
    heard: str | None
    count: int
    utterances: tuple[str, ...]


def confusions(scores: Iterable[UtteranceScore]) -> list[Confusion]:
    """The commonest first, at most a hundred."""
    counts: Counter[tuple[str | None, str | None]] = Counter()
    places: dict[tuple[str | None, str | None], dict[str, None]] = {}
    for score in scores:
        for step in score.words.alignment if score.words else ():
            if step.kind != "hit":
                counts[step.reference, step.heard] += 1
                places.setdefault((step.reference, step.heard), {})[score.utterance_id] = None
    return [
        Confusion(said, heard, count, tuple(places[said, heard]))
        for (said, heard), count in counts.most_common(MAX_CONFUSIONS)
    ]
