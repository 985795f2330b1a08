"""One room's finished lines as server-sent events, whoever writes them."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from pathlib import Path

from agent.delivery import Posted, lines_after
from workbench.shared.events import HEARTBEAT_SEC
from workbench.shared.views import Typeset, transcript_view

AT_ONCE = 100
LOOK_AGAIN_SEC = 0.2  # other processes write too, and SQLite tells nobody


async def follow_room(
    home: Path, room: str, after: int, typeset: Typeset
) -> AsyncGenerator[str, None]:
    """Events numbered as the lines are; a page that comes back goes on after its last one."""
    yield "retry: 500\n\n"
    heard_sec = time.monotonic()
    while True:
        lines = await asyncio.to_thread(lines_after, home, room, after, AT_ONCE)
        for line in lines:
            after = line.number
            if line.posted is not None:
                yield await asyncio.to_thread(_event, after, line.posted, typeset)
                heard_sec = time.monotonic()
        if time.monotonic() - heard_sec > HEARTBEAT_SEC:
            heard_sec = time.monotonic()
            yield ": still here\n\n"
        if not lines:
            await asyncio.sleep(LOOK_AGAIN_SEC)


def _event(number: int, posted: Posted, typeset: Typeset) -> str:
    view = transcript_view(posted.transcription.transcript(), typeset)
    return f"id: {number}\nevent: transcript\ndata: {json.dumps(view)}\n\n"
