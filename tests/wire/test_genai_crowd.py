"""A thousand connections at once."""

import asyncio
from typing import Any

import pytest
from google import genai
from google.genai import errors
from websockets.exceptions import InvalidStatus

from agent.local_live.canned import CannedRecogniser, SilentVoice
from agent.local_live.server import LocalLive
from agent.tutor.failures import live_error
from agent.tutor.tutor import Tutor

pytestmark = pytest.mark.wire
N_CONNECTIONS = 1000
MAX_CONNECTIONS = 50


async def test_those_over_the_limit_are_refused_and_the_others_go_on(
    open_talk: Any, tutor: Tutor
) -> None:
    """429, as the service does it; a lesson under way notices nothing."""
    server = LocalLive(
        CannedRecogniser("x squared"), SilentVoice(), max_connections=MAX_CONNECTIONS
    )
    everybody_came = asyncio.Event()
    outcomes: list[str | int | None] = []

    async with server as endpoint:
        options = endpoint.http_options()
        options.async_client_args = {**(options.async_client_args or {}), "open_timeout": 60}
        client = genai.Client(api_key=endpoint.api_key, vertexai=False, http_options=options)
        config = tutor.live_config(manual_turns=True)

        def note(outcome: str | int | None) -> None:
            outcomes.append(outcome)
            if len(outcomes) == N_CONNECTIONS:
                everybody_came.set()

        async def come() -> None:
            try:
                async with client.aio.live.connect(model=tutor.model, config=config):
                    note("welcome")
                    await everybody_came.wait()
            except (errors.APIError, InvalidStatus) as error:
                note(live_error(error).code)

        async with open_talk(endpoint) as talk, asyncio.TaskGroup() as tasks:
            for _ in range(N_CONNECTIONS):
                tasks.create_task(come())
            await everybody_came.wait()
            await talk.say(0.5)
            assert (await talk.turn()).latex == ["x^2"]
        await client.aio.aclose()
    assert set(outcomes) == {"welcome", 429}
    assert outcomes.count("welcome") == MAX_CONNECTIONS - 1
