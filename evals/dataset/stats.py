"""What a dataset is made up of."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evals.dataset.utterances import Dataset

MAKE_UP = ("category", "voice", "noise")


@dataclass(frozen=True, slots=True)
class DatasetStats:
    """Counts of utterances; `by_tag` has a counter for each tag of MAKE_UP."""

    n_utterances: int
    n_phrases: int
    n_with_formula: int
    n_conversations: int
    duration_sec: float
    by_tag: dict[str, Counter[str]]


def dataset_stats(dataset: Dataset) -> DatasetStats:
    """Count; each recording says how long it is. AudioFormatError for one that can't be read."""
    utterances = dataset.utterances
    once = {each.path: each for each in utterances}  # rows may share a recording
    seconds = {path: each.duration_sec for path, each in once.items()}
    return DatasetStats(
        n_utterances=len(utterances),
        n_phrases=len({each.phrase_id for each in utterances}),
        n_with_formula=sum(bool(each.latex) for each in utterances),
        n_conversations=len(set(_values(each.tags.get("conversation") for each in utterances))),
        duration_sec=sum(seconds[each.path] for each in utterances),
        by_tag={
            tag: Counter(_values(each.tags.get(tag) for each in utterances)) for tag in MAKE_UP
        },
    )


def _values(tags: Iterable[str | None]) -> list[str]:
    return [tag for tag in tags if tag]
