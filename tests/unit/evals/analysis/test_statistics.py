"""Rates and their intervals."""

import numpy as np
import pytest

from evals.analysis.statistics import NO_DATA, ratio, share


def test_nothing_counted_gives_no_value() -> None:
    """No data is None, never 0.0."""
    assert share([], []) == NO_DATA
    assert ratio([0, 2], [0, 0], ["a", "b"]) == NO_DATA
    assert NO_DATA.value is None


def test_a_ratio_is_sum_over_sum() -> None:
    """Corpus WER, not a mean of rates."""
    rate = ratio([1, 0], [1, 9], ["a", "b"])
    assert rate.value == pytest.approx(0.1)
    assert rate.n == 2


def test_one_cluster_has_no_interval() -> None:
    """Ten takes of one phrase say nothing about other phrases."""
    rate = share([True, False] * 5, ["same"] * 10)
    assert rate.value == pytest.approx(0.5)
    assert (rate.low, rate.high) == (None, None)


def test_the_same_seed_gives_the_same_interval() -> None:
    """A report must not change when it is made again."""
    outcomes, clusters = [True, False, True, True] * 10, [str(n) for n in range(40)]
    assert share(outcomes, clusters, seed=3) == share(outcomes, clusters, seed=3)
    assert share(outcomes, clusters, seed=3) != share(outcomes, clusters, seed=4)


def test_takes_of_one_phrase_do_not_narrow_the_interval() -> None:
    """Four voices reading ten phrases are ten observations, not forty."""
    by_phrase = [n % 2 == 0 for n in range(10) for _ in range(4)]
    clustered = share(by_phrase, [str(n) for n in range(10) for _ in range(4)])
    independent = share(by_phrase, [str(n) for n in range(40)])
    assert clustered.low is not None
    assert clustered.high is not None
    assert independent.low is not None
    assert independent.high is not None
    assert clustered.high - clustered.low > 1.5 * (independent.high - independent.low)


@pytest.mark.parametrize("outcome", [True, False])
def test_unanimous_outcomes_still_have_an_interval(outcome: bool) -> None:
    """Five right answers out of five do not prove perfection."""
    rate = share([outcome] * 5, list("abcde"))
    assert rate.low is not None
    assert rate.high is not None
    assert rate.high - rate.low == pytest.approx(1 - 0.025 ** (1 / 5))


def test_intervals_cover_the_truth_about_95_times_in_100() -> None:
    """The interval's promise, tried on 200 samples of a known rate."""
    rng = np.random.default_rng(11)
    covered = 0
    for _ in range(200):
        outcomes = [bool(value) for value in rng.random(80) < 0.7]
        rate = share(outcomes, [str(n) for n in range(80)])
        assert rate.low is not None
        assert rate.high is not None
        covered += rate.low <= 0.7 <= rate.high
    assert 180 <= covered <= 199
