"""The embedded engine: a server that speaks the Gemini Live protocol and really listens."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agent.tutor.endpoint import LiveEndpoint


def embedded_engine(faults: Sequence[str] = ()) -> "AbstractAsyncContextManager[LiveEndpoint]":
    """The engine with its recogniser and voice, on a free port of this machine.

    Entering raises EnvironmentNotReady when the machine lacks something it needs, and
    SettingsError for a fault that doesn't exist.
    """
    from agent.local_live.engine import open_engine  # noqa: PLC0415 (heavy)

    return open_engine(faults=faults)


async def serve(
    port: int,
    announce: Callable[[str], None],
    canned: str | None = None,
    faults: Sequence[str] = (),
) -> None:
    """Run the engine alone until cancelled; see `agent.local_live.engine.serve`."""
    from agent.local_live.engine import serve as serve_engine  # noqa: PLC0415 (heavy)

    await serve_engine(port, announce, canned, faults)
