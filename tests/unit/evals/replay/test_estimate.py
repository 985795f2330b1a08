"""What a replay is expected to take, against sums done by hand."""

import pytest

from agent.models import MODELS, LiveModel, Prices
from agent.prompts.prompt import Prompt
from agent.tutor.tutor import Tutor
from evals.replay.estimate import estimate, total_cost_usd, unknown_prices
from evals.runs.tokens import Tokens

PROMPT = Prompt("short", "1", "", "x" * 400)  # a hundred tokens


def test_every_model_has_its_prices() -> None:
    """What a run of a shipped model costs is known before it is begun."""
    assert all(model.prices for model in MODELS.values())


def test_a_model_without_prices_costs_an_unknown_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    """A model of yesterday has no published price: its runs can still be planned."""
    monkeypatch.setitem(MODELS, "gemini-new", LiveModel("gemini-new"))
    known, unknown = (
        estimate(Tutor(PROMPT, model), [3.0] * 8, 4, "gemini")
        for model in ("gemini-3.8-live", "gemini-new")
    )
    assert unknown.cost_usd is None
    assert unknown.tokens == known.tokens
    assert total_cost_usd([known, unknown]) is None
    assert total_cost_usd([known, known]) == pytest.approx(2 * (known.cost_usd or 0))
    assert unknown_prices([known, unknown, unknown]) == (
        "No price is known for gemini-new, so the cost of these runs is unknown."
    )
    assert not unknown_prices([known])
    assert estimate(Tutor(PROMPT, "gemini-new"), [3.0], 4, "embedded").cost_usd == 0


def test_each_kind_of_token_has_its_price() -> None:
    """A million of each."""
    tokens = Tokens(1_000_000, 1_000_000, 1_000_000, 1_000_000)
    assert tokens.cost_usd(Prices(0.75, 3.0, 4.5, 12.0)) == pytest.approx(20.25)


def test_a_transcriber_is_charged_its_sound_and_its_words() -> None:
    """Ten clips of 6 s are 1,500 tokens of sound; it has no prompt and no answer."""
    tutor = Tutor(PROMPT, "gemini-3.5-transcribe-live")
    found = estimate(tutor, [6.0] * 10, 2, "gemini")
    assert found.tokens == Tokens(text_in=0, audio_in=1500, text_out=240, audio_out=0)
    assert found.cost_usd == pytest.approx((1500 * 3.5 + 240 * 21) / 1e6)
    assert (found.n_sessions, found.audio_sec, found.longest_sec) == (10, 60.0, 6.0)


def test_a_longer_prompt_costs_more_in_every_session() -> None:
    """400 characters more are 100 tokens more, twice a turn."""
    longer = Prompt("long", "1", "", "x" * 800)
    one, other = (
        estimate(Tutor(prompt, "gemini-3.8-live"), [2.0] * 7, 1, "gemini")
        for prompt in (PROMPT, longer)
    )
    assert other.tokens.text_in - one.tokens.text_in == 7 * 2 * 100
    assert one.cost_usd is not None
    assert other.cost_usd is not None
    assert other.cost_usd - one.cost_usd == pytest.approx(7 * 200 * 0.75 / 1e6)


def test_more_sessions_at_a_time_take_less_time_and_as_much_money() -> None:
    """Up to as many as there are clips."""
    tutor = Tutor(PROMPT, "gemini-3.8-live")
    one, four, many = (estimate(tutor, [3.0] * 8, n, "gemini") for n in (1, 4, 64))
    assert one.wall_clock_sec == pytest.approx(4 * four.wall_clock_sec)
    assert one.wall_clock_sec == pytest.approx(8 * many.wall_clock_sec)
    assert one.cost_usd == four.cost_usd == many.cost_usd


def test_the_embedded_engine_is_free_and_nothing_takes_nothing() -> None:
    """A finished run that is resumed costs no more."""
    tutor = Tutor(PROMPT, "gemini-3.8-live")
    assert estimate(tutor, [3.0] * 8, 4, "embedded").cost_usd == 0
    nothing = estimate(tutor, [], 4, "gemini")
    assert (nothing.cost_usd, nothing.wall_clock_sec, nothing.tokens.total) == (0, 0, 0)
