"""Whether one run is better: known answers, refusals, and how often chance is taken for it."""

import random

import pytest

from agent.errors import RunError
from evals.analysis.comparison import RunComparison, compare_runs, verdict
from evals.analysis.statistics import Counts, clusters_of, holm, mcnemar, paired_difference
from tests.builders import scored_run


def test_a_clear_gain_is_decisive() -> None:
    """The sentence says how often it won, how sure that is, and how large it is."""
    one = scored_run([False] * 30 + [True] * 30)
    other = scored_run([True] * 58 + [False] * 2)
    said = verdict(compare_runs(one, other))
    assert said.startswith("The second run wins 30 and loses 2 of 60 formulas; p = ")
    assert said.endswith("decisive.")
    assert "not decisive" not in said


def test_a_small_gain_says_how_much_more_is_needed() -> None:
    """Nobody should keep a prompt for what chance does."""
    compared = compare_runs(
        scored_run([False] * 9 + [True] * 5 + [True] * 46),
        scored_run([True] * 9 + [False] * 5 + [True] * 46),
    )
    assert compared.metrics[0].test == "exact McNemar"
    assert "not decisive, about " in verdict(compared)
    assert verdict(compared).endswith("more utterances needed.")
    assert (len(compared.improvements), len(compared.regressions)) == (9, 5)


def test_repeated_phrases_are_no_independent_witnesses() -> None:
    """Ten takes of one phrase must not count as ten."""
    alone = compare_runs(scored_run([False] * 12 + [True] * 8), scored_run([True] * 20))
    few = compare_runs(
        scored_run([False] * 12 + [True] * 8, phrases=4), scored_run([True] * 20, phrases=4)
    )
    assert few.metrics[0].test == "bootstrap clustered by phrase"
    assert _width(few) != _width(alone)


def _width(compared: RunComparison) -> float:
    difference = compared.metrics[0].difference
    return (difference.high or 0) - (difference.low or 0)


def test_failing_never_helps() -> None:
    """A run that drops its hard clips must not come out better."""
    honest, dropping = scored_run([True] * 8 + [False] * 2), scored_run([True] * 8 + [None] * 2)
    compared = compare_runs(honest, dropping)
    assert compared.metrics[0].difference.value == 0
    heard = compared.metrics[1].difference.value
    assert heard is not None
    assert heard > 0  # every word of a failed clip is lost


def test_runs_over_other_data_are_refused() -> None:
    """The difference would be one of the data."""
    with pytest.raises(RunError, match="--shared"):
        compare_runs(scored_run([True] * 5), scored_run([True] * 6))
    assert (
        compare_runs(scored_run([True] * 5), scored_run([True] * 6), only_shared=True).n_pairs == 5
    )


@pytest.mark.parametrize(
    ("won", "lost", "p"), [(0, 0, 1.0), (5, 0, 0.0625), (10, 0, 0.001953125), (7, 7, 1.0)]
)
def test_mcnemar_is_a_fair_coin(won: int, lost: int, p: float) -> None:
    """Values from the binomial distribution by hand."""
    assert mcnemar(won, lost) == pytest.approx(p)


def test_holm_adjusts_for_looking_often() -> None:
    """Example of Holm's step-down procedure: 0.01, 0.04, 0.03."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])


def test_speakers_are_resampled_from_ten_on() -> None:
    """With fewer there are too few clusters for an interval."""
    phrases = [str(n) for n in range(20)]
    assert clusters_of(phrases, ["a", "b"] * 10).kind == "phrase"
    assert clusters_of(phrases, phrases).kind == "speaker"
    assert clusters_of(phrases, [*phrases[:-1], ""]).kind == "phrase"


def test_chance_is_rarely_taken_for_a_difference() -> None:
    """200 pairs of runs that are equally good: at the 5 % level few may come out decisive."""
    luck = random.Random(11)  # noqa: S311 (no secret)
    n_phrases, n_takes, n_runs = 40, 3, 200
    clusters = [str(n // n_takes) for n in range(n_phrases * n_takes)]
    alarms = 0
    for run in range(n_runs):
        ease = [luck.betavariate(2, 2) for _ in range(n_phrases)]
        chances = [ease[n // n_takes] for n in range(len(clusters))]
        one, other = ([int(luck.random() < c) for c in chances] for _ in range(2))
        ones = [1] * len(clusters)
        found = paired_difference(Counts(one, ones), Counts(other, ones), clusters, seed=run)
        alarms += found.p is not None and found.p < 0.05
    assert alarms / n_runs < 0.10


def test_few_clusters_are_never_sure_and_no_share_differs_by_more_than_all() -> None:
    """Three phrases all won may be three coins; words inserted may be more than were said."""
    ones = [1, 1, 1]
    found = paired_difference(Counts([0, 0, 0], ones), Counts([1, 1, 1], ones), ["a", "b", "c"])
    assert (found.value, found.low, found.high, found.p) == (1.0, 1.0, 1.0, 0.25)
    mixed = paired_difference(Counts([0, 0, 0], ones), Counts([1, 1, 0], ones), ["a", "b", "c"])
    assert mixed.high == 1.0
    words = paired_difference(Counts([0, 0, 0], ones), Counts([3, 2, 0], ones), ["a", "b", "c"])
    assert words.high is not None
    assert words.high > 1.0
