"""What the Room tab tells of an address that somebody typed: nothing, unless LiveKit is there."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent.errors import RoomError
from agent.rooms.server import RoomServer
from agent.settings import Settings
from tests.ports import own_ports
from workbench.rooms.entry import TypedKey, server_of
from workbench.rooms.typed_address import NO_SERVER, proven

ANSWER_SEC = 0.2


def http(status: str, kind: str, body: str) -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: {kind}\r\ncontent-length: {len(body)}\r\n"
    return f"{head}connection: close\r\n\r\n{body}".encode()


@asynccontextmanager
async def inner_service(says: bytes | None) -> AsyncIterator[int]:
    """Something that listens on this machine: it says that to everybody, or nothing at all."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if says is None:
            await reader.read()  # until the other end hangs up
        else:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(says)
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


@pytest.mark.parametrize(
    "says",
    [
        None,  # a service that waits for another protocol
        b"SSH-2.0-OpenSSH_9.2\r\n",
        http("404 Not Found", "text/html", "<h1>nginx</h1>"),
        http("401 Unauthorized", "application/json", '{"code": "unauthenticated", "msg": "x"}'),
        http("403 Forbidden", "application/json", '{"code": "<b>secret</b>", "msg": "x"}'),
        http("400 Bad Request", "application/json", '["a list"]'),
        http("200 OK", "text/html", "<h1>An inner page</h1>"),
        http("302 Found\r\nlocation: http://127.0.0.1:1/", "text/html", ""),
        http("500 Internal Server Error", "text/plain", "Traceback"),
    ],
)
async def test_whatever_listens_there_is_told_as_if_nothing_did(says: bytes | None) -> None:
    """One sentence after one time: the workbench is no scanner of the network it stands in."""
    clock = asyncio.get_running_loop().time
    async with inner_service(says) as port:
        began_sec = clock()
        with pytest.raises(RoomError) as refused:
            await proven(RoomServer(f"ws://127.0.0.1:{port}", "key", "secret" * 6), ANSWER_SEC)
    assert str(refused.value) == NO_SERVER
    assert clock() - began_sec >= ANSWER_SEC


async def test_a_closed_port_takes_as_long(tmp_path: Path) -> None:
    """Otherwise a clock tells what the sentence does not."""
    clock = asyncio.get_running_loop().time
    began_sec = clock()
    with pytest.raises(RoomError) as refused:
        await proven(RoomServer(f"ws://127.0.0.1:{own_ports().http}", "k", "s" * 40), ANSWER_SEC)
    assert str(refused.value) == NO_SERVER
    assert clock() - began_sec >= ANSWER_SEC


@pytest.mark.parametrize("suffix", ["", "/"])
async def test_an_address_is_taken_as_one_pastes_it(tmp_path: Path, suffix: str) -> None:
    """With http or ws, blanks around it, and a slash; an empty list of rooms proves a server."""
    settings = Settings(_env_file=None, workbench_home=tmp_path)  # type: ignore[call-arg]
    async with inner_service(http("200 OK", "application/protobuf", "")) as port:
        typed = f" http://127.0.0.1:{port}{suffix} "
        entry = TypedKey(by="key", url=typed, api_key="k", api_secret=SecretStr("s" * 40))
        assert (await server_of(entry, settings)).url == f"ws://127.0.0.1:{port}"
