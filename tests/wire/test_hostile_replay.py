"""A replay against a service that means harm: each attempt ends soon, and can be kept."""

import asyncio
import json
from dataclasses import asdict
from itertools import cycle
from pathlib import Path

import pytest

from agent.audio import STUDENT_RATE_HZ, silence
from agent.prompts.prompt import find_prompt
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.turn_bounds import MAX_TURN_CHARS, MAX_TURN_FORMULAS
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import load_dataset
from evals.replay import direct, runner
from evals.replay.runner import Plan, run_dataset
from evals.runs.folder import Run
from evals.runs.prediction import Prediction
from tests.hostile_service import (
    DONE,
    MESSAGES,
    STREAMS,
    Attack,
    Victim,
    for_ever,
    heard,
    hostile_service,
    said,
)
from tests.live_service import on_a_thread
from tests.paths import DATASET

pytestmark = pytest.mark.wire
TUTOR = Tutor(find_prompt("tutor"), "gemini-3.8-live")
PATIENCE_SEC = 10.0
HARMLESS = {
    "negative usage", "huge usage", "half a sample", "empty sound", "a surrogate",
    "a surrogate in a formula", "a surrogate that was said", "control characters",
    "a megabyte of a formula", "10,000 cancellations",
}  # fmt: skip


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits are of the product; only their lengths are a test's."""
    monkeypatch.setattr(direct, "LATE_WORDS_SEC", 0.05)
    monkeypatch.setattr("agent.tutor.endpoint.CLOSE_TIMEOUT_SEC", 0.1)
    monkeypatch.setattr(runner, "BACKOFF_SEC", 0.0)


async def replayed(endpoint: LiveEndpoint) -> Prediction:
    client = endpoint.client()
    try:
        async with asyncio.timeout(PATIENCE_SEC):
            return await direct.replay(silence(0.1, STUDENT_RATE_HZ), TUTOR, client)
    finally:
        await client.aio.aclose()


def attacked(attack: Attack) -> Prediction:
    """What a replay makes of one attack, by a service on a thread of its own."""
    with on_a_thread(hostile_service(attack)) as endpoint:
        return asyncio.run(replayed(endpoint))


def check_that_it_can_be_kept(prediction: Prediction) -> None:
    kept = json.dumps(asdict(prediction), ensure_ascii=False, allow_nan=False).encode()
    assert len(kept) < 20_000
    assert len(prediction.transcript) <= MAX_TURN_CHARS + 2
    assert len(prediction.answer) <= MAX_TURN_CHARS + 2
    assert len(prediction.formulas) <= MAX_TURN_FORMULAS
    if prediction.status != "ok":
        assert prediction.error is not None
        assert prediction.error.endswith(".")
        assert len(prediction.error) < 200


@pytest.mark.parametrize("name", list(MESSAGES))
def test_any_message_is_an_answer_or_one_failed_attempt(name: str) -> None:
    """Whatever google-genai raises, be it RecursionError, is told in a sentence."""

    async def attack(victim: Victim) -> None:
        await victim.send(MESSAGES[name])
        await victim.send(DONE)

    prediction = attacked(attack)
    check_that_it_can_be_kept(prediction)
    assert (prediction.status in ("ok", "no_answer")) == (name in HARMLESS)


def test_a_message_that_never_ends_is_given_up() -> None:
    """150 MB were kept as an answer: a message has at most 8 MB."""
    prediction = attacked(Victim.send_endless)
    assert prediction.status == "failed"
    assert "more than 8 MB" in str(prediction.error)


@pytest.mark.parametrize("name", ["words", "an answer", "sound", "calls"])
def test_a_model_that_runs_away_is_left_at_once(name: str) -> None:
    """It would be paid for until the time limit; what came so far counts as cut off."""

    async def attack(victim: Victim) -> None:
        await victim.send_all(for_ever(STREAMS[name]))

    prediction = attacked(attack)
    check_that_it_can_be_kept(prediction)
    assert prediction.status == ("failed" if name == "sound" else "cut_off")
    assert "ran away" in str(prediction.error)


@pytest.mark.parametrize("name", ["interruptions", "empty messages"])
def test_the_time_limit_fires_whatever_arrives(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages that are there already never let the event loop see that the time is over."""
    monkeypatch.setattr(direct, "REPLY_TIMEOUT_SEC", 1.0)

    async def attack(victim: Victim) -> None:
        await victim.send_all(for_ever(STREAMS[name]))

    prediction = attacked(attack)
    check_that_it_can_be_kept(prediction)
    assert "did not end its turn" in str(prediction.error)


def test_a_run_goes_on_after_each_hostile_message(tmp_path: Path) -> None:
    """An array, a number, deep brackets or a surrogate ended a whole run, with exit 70."""
    harm = cycle(MESSAGES[name] for name in ("an array", "a surrogate", "deep brackets"))

    async def attack(victim: Victim) -> None:
        await victim.send(next(harm))
        await victim.send_all(iter((heard("x"), said("y"), DONE)))

    plan = Plan(load_dataset(DATASET), TUTOR, tmp_path / "run", concurrency=1, limit=4)
    with on_a_thread(hostile_service(attack)) as endpoint:
        asyncio.run(run_dataset(plan, endpoint))
    run = Run.open(tmp_path / "run")
    assert run.status == "complete"
    assert len(run.outcomes()) == 4
    assert {each.prediction.status for each in run.outcomes()} == {"ok"}
