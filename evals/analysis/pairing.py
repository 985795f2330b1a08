"""Two runs side by side, utterance by utterance."""

from dataclasses import dataclass

from agent.errors import RunError
from evals.analysis.scored_run import ScoredAttempt, ScoredRun

Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Pair:
    """One utterance and epoch in both runs."""

    one: ScoredAttempt
    other: ScoredAttempt


def pair_up(one: ScoredRun, other: ScoredRun, *, only_shared: bool = False) -> list[Pair]:
    """The outcomes of both runs by utterance and epoch, in the order of the first.

    Raises RunError for runs over other data: a difference between them would be one of the
    data. With `only_shared` what both have is taken, and its recordings must be the same.
    """
    left, right = _by_key(one), _by_key(other)
    is_same_data = one.run.info.dataset_hash == other.run.info.dataset_hash
    if not only_shared and (not is_same_data or left.keys() != right.keys()):
        raise RunError(
            f"{one.run.folder.name} and {other.run.folder.name} are not over the same utterances; "
            "compare what both have with --shared"
        )
    pairs = [Pair(left[key], right[key]) for key in left if key in right]
    shared = [pair for pair in pairs if _is_same(pair)]
    if not shared:
        raise RunError(f"{one.run.folder.name} and {other.run.folder.name} share no utterance")
    return shared


def _by_key(scored: ScoredRun) -> dict[Key, ScoredAttempt]:
    return {(each.utterance.id, each.attempt.epoch): each for each in scored.attempts}


def _is_same(pair: Pair) -> bool:
    one, other = pair.one.utterance, pair.other.utterance
    return (one.transcript, one.latex) == (other.transcript, other.latex)
