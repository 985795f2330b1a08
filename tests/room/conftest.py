"""A real LiveKit server for each test, and Local Live for the tutor to talk to."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent.service.dev_server import DevServer
from agent.service.dev_server_binary import ensure_server
from tests.ports import own_ports
from tests.wire.conftest import local_live, quiet_fixture, speech_fixture

__all__ = ["local_live", "quiet_fixture", "speech_fixture"]


@pytest.fixture(scope="session")
def livekit_program() -> Path:
    """The server's program; built here on a machine where `make test` has not done it."""
    return ensure_server(print)


@pytest.fixture
async def dev_server(livekit_program: Path) -> AsyncIterator[DevServer]:
    """A server on free ports; it is up in a tenth of a second."""
    async with DevServer(livekit_program, own_ports()) as server:
        yield server
