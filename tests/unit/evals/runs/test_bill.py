"""What a run has cost, against sums done by hand."""

import pytest

from evals.report.wording import bill_text, dollars
from evals.runs.bill import Bill
from evals.runs.tokens import Tokens

USAGE = {
    "prompt_token_count": 1_500_000,
    "prompt_audio_token_count": 500_000,
    "tool_use_prompt_token_count": 1_000_000,
    "response_token_count": 1_200_000,
    "response_audio_token_count": 1_000_000,
    "thoughts_token_count": 800_000,
    "total_token_count": 9,
}


def test_each_kind_of_token_is_billed_at_its_price() -> None:
    """Text in 0.75, audio in 3, text out 4.5, audio out 12 dollars a million."""
    bill = Bill("gemini-3.8-live", "gemini").with_attempt(USAGE)
    assert bill.tokens == Tokens(2_000_000, 500_000, 1_000_000, 1_000_000)
    assert bill.cost_usd == pytest.approx(1.5 + 1.5 + 4.5 + 12)
    twice = bill.with_attempt(USAGE)
    assert twice.cost_usd == pytest.approx(39)
    assert bill_text(twice) == "It has cost $39.00: 9,000,000 tokens were counted."


def test_attempts_without_a_count_are_told_of() -> None:
    """A sum that leaves some out must say so; none at all is no zero."""
    bill = Bill("gemini-3.8-live", "gemini").with_attempt({})
    assert bill_text(bill) == "What it has cost is unknown: no tokens were counted."
    some = bill.with_attempt({"prompt_token_count": 1_000, "prompt_audio_token_count": 1_000})
    assert bill_text(some) == (
        "It has cost $0.003: 1,000 tokens were counted; 1 attempt brought no count."
    )


def test_no_price_is_no_sum_and_the_embedded_engine_costs_nothing() -> None:
    """Unknown is not free."""
    unknown = Bill("gemini-of-tomorrow", "gemini").with_attempt(USAGE)
    assert unknown.cost_usd is None
    assert "gemini-of-tomorrow has no known price" in bill_text(unknown)
    free = Bill("gemini-3.8-live", "embedded").with_attempt(USAGE)
    assert free.cost_usd == 0
    assert "costs nothing" in bill_text(free)


@pytest.mark.parametrize(
    ("cost_usd", "text"), [(0.0, "$0.00"), (0.00123, "$0.0012"), (0.1, "$0.10"), (12.345, "$12.35")]
)
def test_dollars_keep_the_digits_that_count(cost_usd: float, text: str) -> None:
    assert dollars(cost_usd) == text
