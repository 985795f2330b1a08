"""A real HTTP server on loopback that answers webhooks as it is told."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web


@dataclass
class WebhookReceiver:
    """What came, in order; each request gets the next of `statuses`, the last one for ever."""

    statuses: Sequence[int] = (204,)
    before_answer: Callable[[], Awaitable[object]] | None = None
    url: str = ""
    requests: list[tuple[dict[str, str], str]] = field(default_factory=list)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def texts(self) -> list[str]:
        return [json.loads(body)["transcription"]["text"] for _, body in self.requests]

    @property
    def message_ids(self) -> list[str]:
        return [headers["webhook-id"] for headers, _ in self.requests]

    async def has(self, n_requests: int) -> None:
        """Return as soon as that many requests have come."""
        async with self.news, asyncio.timeout(20):
            await self.news.wait_for(lambda: len(self.requests) >= n_requests)

    async def answer(self, request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        body = await request.text()
        number = len(self.requests)
        async with self.news:
            self.requests.append((headers, body))
            self.news.notify_all()
        if self.before_answer is not None:
            await self.before_answer()
        status = self.statuses[min(number, len(self.statuses) - 1)]
        return web.Response(status=status, headers={"location": "/elsewhere"})


@asynccontextmanager
async def webhook_receiver(**how: Any) -> AsyncIterator[WebhookReceiver]:
    """Serves until the block ends."""
    receiver = WebhookReceiver(**how)
    app = web.Application()
    app.router.add_route("*", "/{any:.*}", receiver.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.01)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    receiver.url = f"http://{host}:{port}/hook"
    try:
        yield receiver
    finally:
        await runner.cleanup()
