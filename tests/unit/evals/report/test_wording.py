"""Rates as tables and pages show them."""

import pytest

from evals.analysis.statistics import Rate
from evals.report.wording import percent


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Rate(0.125, 0.08, 0.171, 48), "12.5 % (8.0 to 17.1, n 48)"),
        (Rate(1.0, None, None, 1), "100.0 % (n 1)"),
        (Rate(0.0, 0.0, 0.1, 9), "0.0 % (0.0 to 10.0, n 9)"),
        (Rate(None, None, None, 0), "no data"),
    ],
)
def test_a_rate_never_stands_alone(rate: Rate, text: str) -> None:
    """No data is not zero, and a number without its n is no result."""
    assert percent(rate) == text
