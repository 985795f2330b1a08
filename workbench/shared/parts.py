"""What the parts of one server share, and what each gives to it."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import APIRouter

from agent.settings import Settings
from evals.notation import Katex, Prover
from workbench.shared.engine import Engine
from workbench.shared.recordings import Recordings
from workbench.shared.views import Typeset


@dataclass(frozen=True, slots=True)
class Shared:
    """What every part may use; `engine` is opened and closed by the server."""

    settings: Settings
    engine: Engine
    recordings: Recordings
    katex: Katex
    prover: Prover
    typeset: Typeset

    @property
    def home(self) -> Path:
        return self.settings.workbench_home


async def nothing_open() -> None:
    """Hang up where no page holds a connection."""


@dataclass(frozen=True, slots=True)
class Part:
    """A tab's share of the server, or another's.

    `lifespan` is entered when the server starts, with the engine on its way, and left before
    the engine goes. `hang_up` ends what pages follow for as long as they are open. Requests
    to `open_paths`, and to `signed_paths` by POST, need no password (see `Guard`). `bodies` are
    the most bytes of a body, by a pattern of its path, where others hold than everywhere.
    """

    routes: tuple[APIRouter, ...]
    lifespan: Callable[[], AbstractAsyncContextManager[None]] = nullcontext
    hang_up: Callable[[], Awaitable[None]] = nothing_open
    open_paths: frozenset[str] = frozenset()
    signed_paths: frozenset[str] = frozenset()
    bodies: Mapping[str, int] = field(default_factory=dict)
