"""A room whose Live service means harm: the lesson goes on, or ends in a sentence."""

import pytest

from agent.errors import LiveError
from agent.rooms.tutor import FRESH, MAX_STARTS
from agent.service.dev_server import DevServer
from agent.tutor.turn_bounds import MAX_TURN_CHARS, MAX_TURN_FORMULAS
from tests.hostile_service import (
    DONE,
    MESSAGES,
    STREAMS,
    Victim,
    calls,
    for_ever,
    heard,
    hostile_service,
    pieces,
    said,
)
from tests.live_service import on_a_thread
from tests.room.harness import lesson, student_in

pytestmark = pytest.mark.room


async def test_a_model_that_runs_away_costs_a_session_and_no_more(dev_server: DevServer) -> None:
    """Surrogates, words in hundreds of pieces, 10,000 calls; then an ordinary turn."""

    async def attack(victim: Victim) -> None:
        if victim.number == 1:
            await victim.send_all(iter((MESSAGES["a surrogate"], said("What?"), DONE)))
            await victim.send_all(pieces(400))
            await victim.send_all(calls(100, first) for first in range(0, 10_000, 100))
        await victim.send_all(iter((heard("x squared"), calls(1), said("Well done."), DONE)))

    with on_a_thread(hostile_service(attack)) as endpoint:
        async with (
            lesson(dev_server.address, endpoint) as taught,
            student_in(dev_server.address) as anna,
        ):
            assert await anna.notice() == FRESH
            await anna.until(lambda told: told.text == "x squared" and told.is_final)
    told = [*anna.newest("student"), *anna.newest("tutor")]
    assert all(len(each.text) <= MAX_TURN_CHARS + 2 for each in told)
    assert max(len(final.formulas) for _, final in taught.finals) <= MAX_TURN_FORMULAS
    assert any(final.text == "x \ufffd squared" for _, final in taught.finals)


@pytest.mark.slow
async def test_a_model_that_runs_away_again_and_again_is_given_up(dev_server: DevServer) -> None:
    """Each fresh session is paid for, and the room should know why nobody teaches."""

    async def attack(victim: Victim) -> None:
        await victim.send_all(for_ever(STREAMS["words"]))

    with on_a_thread(hostile_service(attack)) as endpoint:
        async with (
            lesson(dev_server.address, endpoint) as taught,
            student_in(dev_server.address) as anna,
        ):
            notices = [await anna.notice()]
            while notices[-1] == FRESH:
                notices.append(await anna.notice())
            with pytest.raises(LiveError, match="ran away"):
                await taught.until_ended()
    assert len(notices) <= MAX_STARTS + 1
    assert "ran away" in notices[-1]
