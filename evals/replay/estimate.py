"""What a replay will take, told before anything is spent."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from agent.models import live_model
from agent.settings import Engine
from agent.tutor.tutor import Tutor
from evals.runs.tokens import AUDIO_TOKENS_PER_SEC, CHARACTERS_PER_TOKEN, Tokens

ANSWER_SEC = 6.0  # two short sentences, as the shipped prompts ask for
CALL_TOKENS = 60  # one write_math call
THOUGHT_TOKENS = 150  # a short turn of gemini-3.8-live: 136
SETUP_TOKENS = 50  # counted by the service beside prompt and sound
CONTEXTS_PER_TURN = 2  # the call and the answer after it; each is charged all that came before
WORD_TOKENS_PER_SEC = 4  # transcripts: three words a second
SERVICE_SEC = 3.0  # opens a session, thinks, begins to answer
EMBEDDED_SHARE = 0.2  # of a clip, each of four at a time on two cores


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the sessions of one tutor will take; nothing in it was measured on this data.

    `audio_sec` is what is sent, `longest_sec` the longest clip, `wall_clock_sec` for the
    sessions side by side as planned. `cost_usd` is 0 for the embedded engine, and None where
    the model's price is unknown.
    """

    model: str
    n_sessions: int
    audio_sec: float
    longest_sec: float
    tokens: Tokens
    cost_usd: float | None
    wall_clock_sec: float


def estimate(
    tutor: Tutor, clips_sec: Sequence[float], concurrency: int, engine: Engine
) -> Estimate:
    """The sessions that replay these clips (seconds, one a session), each tried once.

    Prices and tokens a second are the service's; how long and how talkative an answer is,
    is assumed: two short sentences and one formula.
    """
    audio_sec = sum(clips_sec)
    tokens = _tokens(tutor, len(clips_sec), audio_sec)
    is_free = engine == "embedded"
    busy_sec = (
        EMBEDDED_SHARE * audio_sec if is_free else _service_sec(tutor, len(clips_sec), audio_sec)
    )
    return Estimate(
        model=tutor.model,
        n_sessions=len(clips_sec),
        audio_sec=audio_sec,
        longest_sec=max(clips_sec, default=0.0),
        tokens=tokens,
        cost_usd=0.0 if is_free else _cost_usd(tutor, tokens),
        wall_clock_sec=busy_sec / max(1, min(concurrency, len(clips_sec))),
    )


def total_cost_usd(found: Sequence[Estimate]) -> float | None:
    """What all of them cost together; None where a price is unknown."""
    costs = [each.cost_usd for each in found if each.cost_usd is not None]
    return sum(costs) if len(costs) == len(found) else None


def unknown_prices(found: Sequence[Estimate]) -> str:
    """A sentence that names the models whose price is unknown; empty where there are none."""
    models = dict.fromkeys(each.model for each in found if each.cost_usd is None)
    if not models:
        return ""
    return f"No price is known for {', '.join(models)}, so the cost of these runs is unknown."


def _cost_usd(tutor: Tutor, tokens: Tokens) -> float | None:
    prices = live_model(tutor.model).prices
    return None if prices is None else tokens.cost_usd(prices)


def _service_sec(tutor: Tutor, n_sessions: int, audio_sec: float) -> float:
    """As if the service took clips and gave answers no faster than they sound."""
    answer_sec = 0.0 if tutor.transcribes_only else ANSWER_SEC
    return audio_sec + n_sessions * (SERVICE_SEC + answer_sec)


def _tokens(tutor: Tutor, n_sessions: int, audio_sec: float) -> Tokens:
    heard = math.ceil(audio_sec * AUDIO_TOKENS_PER_SEC)
    words = math.ceil(audio_sec * WORD_TOKENS_PER_SEC)
    if tutor.transcribes_only:
        return Tokens(text_in=0, audio_in=heard, text_out=words, audio_out=0)
    setup = _n_tokens(tutor.prompt.instructions) + _n_tokens(
        json.dumps(tutor.tool.model_dump(mode="json", exclude_none=True))
    )
    answer_words = math.ceil(ANSWER_SEC * WORD_TOKENS_PER_SEC)
    return Tokens(
        text_in=CONTEXTS_PER_TURN * n_sessions * (setup + SETUP_TOKENS) + n_sessions * CALL_TOKENS,
        audio_in=CONTEXTS_PER_TURN * heard,
        text_out=words + n_sessions * (CALL_TOKENS + THOUGHT_TOKENS + answer_words),
        audio_out=math.ceil(n_sessions * ANSWER_SEC * AUDIO_TOKENS_PER_SEC),
    )


def _n_tokens(text: str) -> int:
    return math.ceil(len(text) / CHARACTERS_PER_TOKEN)
