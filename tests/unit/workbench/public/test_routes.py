"""What a request costs the demo before its sender is a visitor."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from agent.settings import Settings
from evals.notation import Katex, Prover
from workbench.error_answers import answer_errors
from workbench.public.demo import Demo
from workbench.public.routes import visit_routes
from workbench.public.visitors import MAX_VISITORS
from workbench.shared.engine import Engine
from workbench.shared.parts import Shared
from workbench.shared.recordings import Recordings
from workbench.shared.typesetting import Typesetter


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A program at one address, in front of a demo that nobody visits yet."""
    settings = Settings(_env_file=None, workbench_home=tmp_path, agent_engine="embedded")  # type: ignore[call-arg]
    engine = Engine(settings, None)  # type: ignore[arg-type] (it is never started here)
    katex = Katex()
    shared = Shared(settings, engine, Recordings(()), katex, Prover(), Typesetter(katex))
    app = FastAPI()
    answer_errors(app, hides_paths=True)
    app.include_router(visit_routes(shared, Demo(shared)))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://demo") as client:
        yield client


async def test_requests_without_a_cookie_take_no_place(program: httpx.AsyncClient) -> None:
    """300 of them had locked the demo for 150 s."""
    for _ in range(MAX_VISITORS + 1):
        answer = await program.get("/api/visit")
        assert (answer.status_code, "set-cookie" in answer.headers) == (200, True)
        program.cookies.clear()


async def test_cookies_that_are_only_collected_take_no_place(program: httpx.AsyncClient) -> None:
    """Each of them is a visit once it comes back; one that has nothing makes room."""
    for _ in range(MAX_VISITORS + 1):
        for has_cookie in (False, True):
            answer = await program.get("/api/visit")
            assert (answer.status_code, "set-cookie" in answer.headers) == (200, not has_cookie)
        program.cookies.clear()


async def test_visits_that_have_something_are_bounded_by_address(
    program: httpx.AsyncClient,
) -> None:
    """A program that enters a key with each cookie keeps out its own network alone."""
    statuses = []
    for _ in range(42):
        await program.get("/api/visit")
        own = await program.post("/api/visit/key", json={"key": "x" * 20})
        statuses.append(own.status_code)
        program.cookies.clear()
    assert statuses == [204] * 40 + [503] * 2


@pytest.mark.parametrize(
    "foreign", ["\r\nx-other: 1", "\n", " ", "\t", "\0", "\x7f", "é", "٣", "\u200b"]
)
async def test_a_key_that_no_header_can_carry_is_refused(
    program: httpx.AsyncClient, foreign: str
) -> None:
    """At either end or within, in one sentence that does not repeat it."""
    await program.get("/api/visit")
    for key in (f"{foreign}{'x' * 20}", f"{'x' * 20}{foreign}", f"{'x' * 10}{foreign}{'x' * 10}"):
        answer = await program.post("/api/visit/key", json={"key": key})
        assert answer.status_code == 422
        assert "expected printable ASCII without spaces" in answer.json()["message"]
        assert "xxx" not in answer.text
    assert (await program.get("/api/visit")).json()["has_key"] is False
