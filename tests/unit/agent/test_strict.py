"""Requests and files: what could not be read back is refused."""

import pytest
from pydantic import ValidationError

from agent.strict import Strict


class Body(Strict):
    text: str = ""
    number: float = 0.0
    tags: list[str] | None = None
    more: dict[str, object] | None = None


@pytest.mark.parametrize(
    "body",
    [
        {"text": "\ud800"},
        {"tags": ["x", "\udfff"]},
        {"more": {"\ud800": 1}},
        {"more": {"a": [{"b": "\ud800"}]}},
        {"number": float("nan")},
        {"number": float("-inf")},
        {"nobody": 1},
    ],
)
def test_what_could_not_be_kept_is_refused(body: object) -> None:
    """Half a character in a typed question ended the page's events at each reconnection."""
    with pytest.raises(ValidationError):
        Body.model_validate(body)


def test_all_text_that_is_unicode_is_taken() -> None:
    """Also what few fonts have."""
    assert Body.model_validate({"text": "𝑥 ≤ नमस्ते 🧮\n"}).text == "𝑥 ≤ नमस्ते 🧮\n"
