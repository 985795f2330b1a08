"""A model is known by name, or the message lists those that are."""

import pytest

from agent.errors import ModelError
from agent.models import DEFAULT_MODEL, MODELS, RETIRED, live_model


@pytest.mark.parametrize("name", [*MODELS, *(f"models/{name}" for name in MODELS)])
def test_a_current_model_is_found(name: str) -> None:
    """google-genai writes the prefix, people don't."""
    assert live_model(name).name == name.removeprefix("models/")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        *((name, "is retired") for name in sorted(RETIRED)),
        ("models/gemini-2.0-flash-live-001", "is retired"),
        ("", "is not a Live model"),
        ("gemini", "is not a Live model"),
        ("Gemini-3.8-Live", "is not a Live model"),
        ("gemini-3.8-live ", "is not a Live model"),
        ("gpt-realtime", "is not a Live model"),
    ],
)
def test_another_model_is_refused_with_the_current_names(name: str, why: str) -> None:
    """Write-ups of last year name models of last year."""
    with pytest.raises(ModelError, match=why) as caught:
        live_model(name)
    assert DEFAULT_MODEL in str(caught.value)


def test_no_model_is_both_current_and_retired() -> None:
    """The one place where they stand must not contradict itself."""
    assert not RETIRED & MODELS.keys()
    assert DEFAULT_MODEL in MODELS
