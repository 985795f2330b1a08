"""Guards, limits and the prover together."""

from collections.abc import Sequence

from evals.notation.canonical import Canonical, Trees
from evals.notation.equivalence.guards import contradicts
from evals.notation.equivalence.limits import exceeds_limits
from evals.notation.equivalence.prover import Prover
from evals.notation.written import Written


def are_equivalent(
    reading: Sequence[Written], predicted: Sequence[Written], trees: Trees, prover: Prover
) -> bool | None:
    """Whether each formula has the value of the one in its place; None where unknown."""
    if len(reading) != len(predicted):
        return False
    pairs = zip(reading, predicted, strict=True)
    verdicts = [_is_equivalent(one.latex, other.latex, trees, prover) for one, other in pairs]
    return False if False in verdicts else None if None in verdicts else True


def _is_equivalent(said: str, written: str, trees: Trees, prover: Prover) -> bool | None:
    one, other = trees[said], trees[written]
    if not isinstance(one, Canonical) or not isinstance(other, Canonical):
        return False
    if one.spoken_keys & other.spoken_keys:
        return True
    if exceeds_limits(one.spoken[0]) or exceeds_limits(other.spoken[0]):
        return None
    if contradicts(one.spoken[0], other.spoken[0]):
        return False
    return prover.are_equal(said, written)
