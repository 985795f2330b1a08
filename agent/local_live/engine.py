"""The embedded engine as one thing to start: its ear, its voice and its server."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.local_live.server import LocalLive
    from agent.tutor.endpoint import LiveEndpoint


@asynccontextmanager
async def open_engine(
    port: int = 0, canned: str | None = None, faults: Sequence[str] = ()
) -> AsyncIterator["LiveEndpoint"]:
    """An engine that really listens and speaks; with `canned` it hears that text always.

    Raises EnvironmentNotReady when the port is taken or the machine lacks something, and
    SettingsError for a fault that doesn't exist.
    """
    async with AsyncExitStack() as stack:
        if canned is not None:
            from agent.local_live.canned import CannedRecogniser, SilentVoice  # noqa: PLC0415

            server = _server_class()(CannedRecogniser(canned), SilentVoice(), port, faults)
        else:
            from agent.local_live.ear.recogniser import MoonshineRecogniser  # noqa: PLC0415 (heavy)
            from agent.local_live.voice.hibari_voice import HibariVoice  # noqa: PLC0415 (heavy)

            # Its imports take as long as the processes of ear and voice: all at once.
            loading = asyncio.create_task(asyncio.to_thread(_server_class))
            recogniser = await stack.enter_async_context(MoonshineRecogniser())
            voice = await stack.enter_async_context(HibariVoice())
            server = (await loading)(recogniser, voice, port, faults)
        yield await stack.enter_async_context(server)


def _server_class() -> "type[LocalLive]":
    from agent.local_live.server import LocalLive  # noqa: PLC0415 (heavy)

    return LocalLive


async def serve(
    port: int,
    announce: Callable[[str], None],
    canned: str | None = None,
    faults: Sequence[str] = (),
) -> None:
    """Run alone until cancelled; `announce` gets the lines that point a client here."""
    async with open_engine(port, canned, faults) as endpoint:
        announce(f"export GOOGLE_GEMINI_BASE_URL={endpoint.base_url}")
        announce(f"export SSL_CERT_FILE={endpoint.ca_file}")
        announce(f"export GOOGLE_API_KEY={endpoint.api_key}")
        await asyncio.Event().wait()
