"""A body's size and time are bounded before any route has it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

import httpx
import pytest
from fastapi import Body, FastAPI, Request

from workbench.shared.security import Access, BodyBounds, Guard

BOUNDS = BodyBounds(1_000, {r"/parts/\w+": 5_000}, grace_sec=0.05)
SENTENCE = {413: "at most", 408: "too slowly"}


def client() -> httpx.AsyncClient:
    """A server that reads bodies in FastAPI's way and in its own, behind the guard."""
    app = FastAPI()

    @app.post("/json")
    async def of_json(words: Annotated[str, Body(embed=True)]) -> int:
        return len(words)

    @app.post("/parts/{name}")
    async def in_parts(request: Request) -> int:
        return sum([len(part) async for part in request.stream()])

    app.add_middleware(Guard, access=Access.of("127.0.0.1", None), bodies=BOUNDS)
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


async def piecewise(n_bytes: int) -> AsyncIterator[bytes]:
    for _ in range(0, n_bytes, 100):
        yield b" " * 100


async def stalled() -> AsyncIterator[bytes]:
    yield b"{"
    await asyncio.sleep(3_600)


@pytest.mark.parametrize(
    ("path", "content", "status"),
    [
        ("/json", b'{"words": "x"}', 200),
        ("/json", b'{"words": "' + b"x" * 1_000 + b'"}', 413),
        ("/json", piecewise(2_000), 413),
        ("/json", stalled(), 408),
        ("/parts/a", b" " * 5_000, 200),
        ("/parts/a", piecewise(5_000), 200),
        ("/parts/a", b" " * 5_001, 413),
        ("/parts/a", piecewise(600_000_000), 413),
        ("/parts/a", stalled(), 408),
        ("/parts/a/b", b" " * 1_001, 413),
    ],
)
async def test_a_body_is_refused_as_soon_as_it_is_too_large_or_too_slow(
    path: str, content: bytes | AsyncIterator[bytes], status: int
) -> None:
    """Whether it says its size or not, and whoever reads it; always in one sentence."""
    async with client() as http:
        answer = await http.post(
            path, content=content, headers={"content-type": "application/json"}
        )
    assert answer.status_code == status
    if status in SENTENCE:
        assert SENTENCE[status] in str(answer.json().get("message", answer.json().get("detail")))


async def test_what_has_come_gives_more_time() -> None:
    """A large upload over a slow line is no attack: 20,000 bytes a second are enough."""
    parts = [{"type": "http.request", "body": b" " * 10_000, "more_body": n < 4} for n in range(5)]

    async def receive() -> dict[str, object]:
        if len(parts) < 5:
            for _ in range(5):
                await asyncio.sleep(0)  # by now the first deadline has passed
        return parts.pop(0)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    bounded = BodyBounds(grace_sec=0).checked(scope, receive)
    for _ in range(5):
        assert (await bounded())["body"]
