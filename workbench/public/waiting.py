"""The line as its pages follow it, as server-sent events."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator
from dataclasses import asdict

from workbench.live.lesson import Ending
from workbench.public.lesson_line import Free, LessonLine, News, Waiting
from workbench.public.visitors import Visitor
from workbench.shared.events import HEARTBEAT_SEC

LOOK_SEC = 0.5
KINDS: dict[type[News], str] = {Waiting: "waiting", Free: "free", Ending: "ended"}


async def follow_line(line: LessonLine, visitor: Visitor) -> AsyncGenerator[str, None]:
    """Wait in line for as long as this is read: events `waiting`, `free` and `ended`."""
    stream = line.follow(visitor)
    visitor.n_waiting += 1
    told, told_at_sec = None, 0.0
    try:
        yield "retry: 500\n\n"
        while visitor.is_here and (news := line.news(visitor, stream)) is not None:
            if news != told:
                yield f"event: {KINDS[type(news)]}\ndata: {json.dumps(asdict(news))}\n\n"
                told, told_at_sec = news, time.monotonic()
            elif time.monotonic() - told_at_sec > HEARTBEAT_SEC:
                yield ": still here\n\n"
                told_at_sec = time.monotonic()
            if isinstance(news, Ending):
                return
            await asyncio.sleep(LOOK_SEC)
    finally:
        visitor.n_waiting -= 1
        line.unfollow(visitor, stream)
