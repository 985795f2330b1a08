"""How often intervals hold the truth and `compare` sees a difference where there is none.

    python -m benchmarks.intervals

Runs are simulated with known truth: phrases differ in difficulty, each is said three times.
Beside the clustered bootstrap the same bootstrap over single utterances, as most tools do it.
"""

import random
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from evals.analysis.statistics import Counts, paired_difference, share

N_RUNS = 4000  # fewer leave 1.4 points of chance in an alarm rate
N_TAKES = 3
ALPHA = 0.05


def simulate(luck: random.Random, n_phrases: int) -> tuple[list[float], list[str]]:
    """Chances of success and the phrase of each utterance."""
    ease = [luck.betavariate(2, 2) for _ in range(n_phrases)]
    utterances = range(n_phrases * N_TAKES)
    return [ease[n // N_TAKES] for n in utterances], [str(n // N_TAKES) for n in utterances]


def outcomes(luck: random.Random, chances: Sequence[float]) -> list[bool]:
    return [luck.random() < chance for chance in chances]


def measure(n_phrases: int, *, clustered: bool) -> tuple[float, float]:
    """Coverage of the 95 % interval of one rate, and false alarms of a comparison."""
    luck = random.Random(n_phrases)  # noqa: S311 (no secret)
    covered = alarms = 0
    for seed in range(N_RUNS):
        chances, phrases = simulate(luck, n_phrases)
        clusters = phrases if clustered else [str(n) for n in range(len(phrases))]
        one, other = outcomes(luck, chances), outcomes(luck, chances)
        rate = share(one, clusters, seed)
        covered += (rate.low or 0) <= 0.5 <= (rate.high or 1)  # the mean of Beta(2, 2)
        ones = [1] * len(phrases)
        first, second = (Counts([int(right) for right in side], ones) for side in (one, other))
        found = paired_difference(first, second, clusters, seed)
        alarms += found.p is not None and found.p < ALPHA
    return covered / N_RUNS, alarms / N_RUNS


def main() -> None:
    """Print the table."""
    title = f"{N_RUNS} simulated runs each, {N_TAKES} takes a phrase"
    table = Table("phrases", "resampled by", "coverage (95 %)", "false alarms (5 %)", title=title)
    for n_phrases in (20, 40, 120):
        for clustered in (True, False):
            coverage, alarms = measure(n_phrases, clustered=clustered)
            by = "phrase" if clustered else "utterance"
            table.add_row(str(n_phrases), by, f"{coverage:.1%}", f"{alarms:.1%}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
