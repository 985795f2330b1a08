"""The Room tab's share of the server: rooms, the student's page, transcripts from elsewhere."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agent.delivery import Receiver, delivering
from agent.service.guard import guarding
from agent.settings import Settings
from workbench.rooms.join_codes import JoinCodes
from workbench.rooms.livekit_routes import livekit_routes
from workbench.rooms.student_routes import (
    JOIN_PATH,
    MAX_JOIN_BYTES,
    MAX_WRONG_CODES,
    STUDENT_PATHS,
    student_routes,
)
from workbench.rooms.transcript_routes import room_routes
from workbench.rooms.visits import Visits
from workbench.rooms.webhook_routes import PATH as WEBHOOK_PATH
from workbench.rooms.webhook_routes import transcription_routes
from workbench.shared.parts import Part, Shared
from workbench.shared.security.brake import Brake


def room_part(shared: Shared) -> Part:
    """Transcripts are posted and rooms looked after for as long as the server runs."""
    settings, typeset = shared.settings, shared.typeset
    visits, codes = Visits(), JoinCodes()

    @asynccontextmanager
    async def lifespan() -> AsyncIterator[None]:
        if settings.workbench_public:
            yield
            return
        async with delivering(settings.workbench_home, Receiver.of(settings)), guarding(settings):
            yield

    return Part(
        (
            transcription_routes(settings),
            room_routes(shared.home, typeset),
            livekit_routes(settings, shared.engine, visits, codes, typeset),
            student_routes(codes, Brake("join code", MAX_WRONG_CODES), settings.n_proxies),
        ),
        lifespan,
        visits.end_all,
        open_paths=STUDENT_PATHS,
        signed_paths=_signed_paths(settings),
        bodies={JOIN_PATH: MAX_JOIN_BYTES},
    )


def _signed_paths(settings: Settings) -> frozenset[str]:
    return frozenset({WEBHOOK_PATH} if settings.webhook_secret else ())
