"""Sessions that somebody pays for: none of either client gets past the meter."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from agent.audio import Pcm16, silence
from agent.errors import LiveError
from agent.tutor.endpoint import LiveEndpoint
from evals.replay.direct import replay
from evals.runs.prediction import Prediction
from tests.wire.conftest import StartLocalLive
from tests.wire.session_harness import TUTOR, state, talk_to

pytestmark = [
    pytest.mark.wire,
    # LiveKit's plugin reads it of a connection that breaks while it sends.
    pytest.mark.filterwarnings("ignore:ConnectionClosed.code is deprecated:DeprecationWarning"),
]

CLIP = silence(0.5, 16_000)


@dataclass
class Count:
    """A `Meter` that lets `n_allowed` sessions open."""

    n_allowed: int = 100
    n_begun: int = 0
    n_ended: int = 0
    cuts: list[Callable[[], None]] = field(default_factory=list)

    def begin(self, cut: Callable[[], None]) -> Callable[[], None]:
        if self.n_begun == self.n_allowed:
            raise LiveError("No more.", 429)
        self.n_begun += 1
        self.cuts.append(cut)
        return self._end

    def _end(self) -> None:
        self.n_ended += 1


def metered(endpoint: LiveEndpoint, count: Count) -> LiveEndpoint:
    return replace(endpoint, meter=count)


async def direct(endpoint: LiveEndpoint, clip: Pcm16 = CLIP) -> Prediction:
    client = endpoint.client()
    try:
        return await replay(clip, TUTOR, client)
    finally:
        await client.aio.aclose()
        client.close()


async def until_all_ended(count: Count) -> None:
    """A socket that is aborted is told of it in the loop's next rounds."""
    async with asyncio.timeout(5):
        while count.n_ended < count.n_begun:  # noqa: ASYNC110 (nothing tells)
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "fault", ["", "429", "wrong_key", "drop@setup", "1011@ready", "malformed@ready"]
)
async def test_an_attempt_counts_once_whatever_becomes_of_it(
    local_live: StartLocalLive, fault: str
) -> None:
    """Failed ones had cost nothing, nor those that were stopped before their first clip."""
    count = Count()
    await direct(metered(await local_live("x", faults=[fault] if fault else []), count))
    await until_all_ended(count)
    assert (count.n_begun, count.n_ended) == (1, 1)


async def test_an_attempt_counts_that_is_stopped_while_it_waits(local_live: StartLocalLive) -> None:
    """Stop comes when it likes."""
    count = Count()
    endpoint = metered(await local_live("x", faults=["stall@setup"]), count)
    attempt = asyncio.create_task(direct(endpoint))
    async with asyncio.timeout(5):
        while not count.n_begun:  # noqa: ASYNC110 (nothing tells)
            await asyncio.sleep(0.01)
    attempt.cancel()
    await asyncio.gather(attempt, return_exceptions=True)
    await until_all_ended(count)


async def test_a_lesson_that_connects_again_counts_again(local_live: StartLocalLive) -> None:
    """Each resumption and each change of patience is a session."""
    count = Count()
    endpoint = metered(await local_live("x", faults=["go_away@ready#1"]), count)
    async with talk_to(endpoint) as talk:
        await talk.until(state("listening"), state("reconnecting"), state("listening"))
        talk.session.be_patient(900)
        await talk.until(state("reconnecting"), state("listening"))
    await until_all_ended(count)
    assert count.n_begun == 3


async def test_a_session_that_may_not_open_is_told_in_the_meters_words(
    local_live: StartLocalLive,
) -> None:
    """A visitor reads why, and the service was not asked."""
    endpoint = await local_live("x")
    replayed = await direct(metered(endpoint, Count(n_allowed=0)))
    assert (replayed.status, replayed.error_code) == ("failed", 429)
    assert "No more" in str(replayed.error)
    async with talk_to(metered(endpoint, Count(n_allowed=0))) as talk:
        with pytest.raises(LiveError, match="No more"):
            await talk.until(lambda _: False)


async def test_a_lesson_whose_session_is_cut_ends_in_the_meters_words(
    local_live: StartLocalLive,
) -> None:
    """It may connect no more: that is why it ends, not the lost connection."""
    count = Count(n_allowed=1)
    async with talk_to(metered(await local_live("x"), count)) as talk:
        await talk.until(state("listening"))
        count.cuts[0]()
        with pytest.raises(LiveError, match="No more"):
            await talk.until(lambda _: False)
    assert count.n_ended == 1
