"""Connections that want nothing, or too many of them: none shuts the others out."""

import asyncio
import contextlib
import logging
import resource
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, WebSocket
from fastapi.responses import StreamingResponse
from websockets.asyncio.client import connect

from tests.browser.harness import running_workbench
from tests.forked import ForkServer
from workbench.shared.security import Access, BodyBounds, Guard
from workbench.shared.security.listener import Listener
from workbench.shared.security.protocol import PunctualProtocol

HEAD = b"GET /hello HTTP/1.1\r\nhost: localhost\r\n"
UPGRADE = (
    b" /socket HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: websocket\r\n"
    b"sec-websocket-version: 13\r\nsec-websocket-key: c29tZSBzaXh0ZWVuIGJ5dGU=\r\n"
)
AT_MOST = 8
LET_GO = asyncio.Event()  # an answer that nobody reads has ended


class Impatient(PunctualProtocol):
    """Waits for a head as long as a test likes to."""

    head_sec = read_sec = 0.2


def small_app() -> FastAPI:
    """Says hello, streams, and has a WebSocket; behind the guard."""
    app = FastAPI()

    @app.get("/hello")
    async def hello() -> str:
        return "hello"

    @app.get("/stream")
    async def stream() -> StreamingResponse:
        async def lines() -> AsyncIterator[str]:
            for _ in range(3):
                yield "line\n"
                await asyncio.sleep(Impatient.head_sec)

        return StreamingResponse(lines())

    @app.get("/large")
    async def large() -> StreamingResponse:
        async def without_end() -> AsyncIterator[bytes]:
            try:
                while True:
                    yield b" " * 100_000
                    await asyncio.sleep(0)
            finally:
                LET_GO.set()

        return StreamingResponse(without_end())

    @app.websocket("/socket")
    async def echo(websocket: WebSocket) -> None:
        await websocket.accept()
        while True:
            await websocket.send_text(await websocket.receive_text())

    app.add_middleware(Guard, access=Access.of("127.0.0.1", None), bodies=BodyBounds(1_000))
    return app


@asynccontextmanager
async def serving(*, is_behind_proxy: bool = False) -> AsyncIterator[int]:
    """The port of a server with few places and little patience."""
    listening = socket.create_server(("127.0.0.1", 0))
    listener = Listener(listening, AT_MOST, is_behind_proxy=is_behind_proxy)
    config = uvicorn.Config(small_app(), http=Impatient, log_config=None, lifespan="off")
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve([listener]))
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = server.force_exit = True
        await running
        listener.close()


async def opened(
    port: int, sent: bytes = b"", source: str = "127.0.0.1"
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(source, 0))
    writer.write(sent)
    return reader, writer


async def answer(port: int, source: str = "127.0.0.1") -> bytes:
    """What a whole request gets: empty where the connection is refused."""
    reader, writer = await opened(port, HEAD + b"connection: close\r\n\r\n", source)
    try:
        return await reader.read()
    except ConnectionResetError:
        return b""
    finally:
        writer.close()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /hel",
        HEAD,
        HEAD + b"\r\n" + HEAD,  # a second head that does not end
        b"POST /hello HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2000\r\n\r\n",  # refused unread
        b"POST /hello HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{",  # 405 at once
        b"GET" + UPGRADE,
        b"GET" + UPGRADE + b"content-length: 500\r\n\r\n",
        b"GET" + UPGRADE + b"transfer-encoding: chunked\r\n\r\n",
        b"POST" + UPGRADE + b"content-length: 5\r\n\r\n12345",
    ],
)
async def test_who_does_not_say_what_they_want_is_hung_up_on(sent: bytes) -> None:
    """Slowly sent heads and bodies would hold every place there is."""
    async with serving() as port, asyncio.timeout(10):
        reader, writer = await opened(port, sent)
        assert await reader.read() is not None  # it ends
        writer.close()


async def test_a_head_that_trickles_in_is_hung_up_on_too() -> None:
    """A byte now and then is no progress."""
    async with serving() as port, asyncio.timeout(10):
        reader, writer = await opened(port, b"GET /hello HTTP/1.1\r\n")

        async def trickle() -> None:
            while True:
                writer.write(b"a: b\r\n")
                await asyncio.sleep(0.01)

        trickling = asyncio.create_task(trickle())
        with contextlib.suppress(ConnectionResetError):
            assert await reader.read() == b""
        trickling.cancel()
        writer.close()


async def test_an_answer_and_a_socket_may_last() -> None:
    """Event streams and sound go on for as long as they like, and a connection serves again."""
    async with serving() as port, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
        async with connect(f"ws://127.0.0.1:{port}/socket") as websocket:
            assert (await http.get("/stream")).text == "line\n" * 3
            await websocket.send("still here")
            assert await websocket.recv() == "still here"
        assert (await http.get("/hello")).text == '"hello"'


async def test_who_does_not_read_the_answer_is_hung_up_on() -> None:
    """Otherwise it holds its place, and what waits to be sent, for as long as it likes."""
    LET_GO.clear()
    async with serving() as port, asyncio.timeout(20):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(HEAD.replace(b"hello", b"large") + b"\r\n")
            await LET_GO.wait()


async def test_one_address_has_a_quarter_of_the_places(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever fills theirs shuts out themselves, and the log has one line of it."""
    async with serving() as port:
        held = [await opened(port, HEAD) for _ in range(AT_MOST // 4)]
        assert [await answer(port) for _ in range(20)] == [b""] * 20
        assert b"hello" in await answer(port, "127.0.0.2")
        for _, writer in held:
            writer.close()
        async with asyncio.timeout(10):
            while not await answer(port):  # the server hears of the ends in its own time
                pass
    lines = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    assert lines == ["1 connections refused: at most 8 at a time, 2 of one address"]


async def test_all_addresses_together_have_no_more_than_all_places() -> None:
    """Behind a proxy all of them come from one."""
    async with serving(is_behind_proxy=True) as port:
        held = [await opened(port, HEAD) for _ in range(AT_MOST)]
        assert await answer(port) == b""
        assert await answer(port, "127.0.0.2") == b""
        for _, writer in held:
            writer.close()


def test_without_a_file_left_a_workbench_stays_quiet_and_comes_back(
    tmp_path: Path, workbench_forks: ForkServer
) -> None:
    """At its limit of open files it wrote megabytes of tracebacks, and let nobody in."""
    with running_workbench(tmp_path, workbench_forks) as workbench:
        pid = workbench.process.pid
        assert httpx.get(workbench.url).status_code == 200
        n_open = len(list(Path(f"/proc/{pid}/fd").iterdir()))
        before = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (n_open + 10, before[1]))
        with crowd(workbench.url, 200) as connections:
            for each in connections[100:]:
                each.settimeout(10)
                with contextlib.suppress(ConnectionResetError):
                    assert each.recv(1) == b""  # sent away, not left in line
        resource.prlimit(pid, resource.RLIMIT_NOFILE, before)
        assert httpx.get(f"{workbench.url}/api/workbench", timeout=10).status_code == 200
        log = workbench.log.read_text()
    assert len(log) < 1_000
    assert "connections refused" in log


@contextlib.contextmanager
def crowd(url: str, n_connections: int) -> Iterator[Sequence[socket.socket]]:
    """Connections that send nothing."""
    address = (httpx.URL(url).host, httpx.URL(url).port or 0)
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(socket.create_connection(address, timeout=10))
            for _ in range(n_connections)
        ]
