"""A Live service that means harm: it lets every client in and then sends what it likes."""

import asyncio
import base64
import contextlib
import gzip
import itertools
import json
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import trustme
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from agent.local_live.server import quiet_logger
from agent.tutor.endpoint import LiveEndpoint

Attack = Callable[["Victim"], Awaitable[None]]
CHUNK_SEC = 2.0  # of sound in a message


class Victim:
    """One client that was let in; `number` counts the connections from 1."""

    def __init__(self, socket: ServerConnection, number: int) -> None:
        self.number = number
        self._socket = socket

    async def send(self, message: object) -> None:
        """Send a value as JSON, whatever JSON forbids; bytes and text as they are."""
        is_raw = isinstance(message, bytes | str)
        await self._socket.send(message if is_raw else json.dumps(message))  # type: ignore[arg-type]

    async def send_all(self, messages: Iterator[object]) -> None:
        """Send one after the other, as fast as the client takes them."""
        for message in messages:
            await self.send(message)
            await asyncio.sleep(0)  # lets the server notice that the client has gone

    async def send_endless(self) -> None:
        """Send one message that never ends, in fragments of a megabyte."""
        await self._socket.send(itertools.chain([heard_begins()], itertools.repeat("x" * 2**20)))

    async def spoken_to(self) -> None:
        """Wait until the client has spoken: a whole marked turn, or anything where none is marked."""
        first = await self._socket.recv()
        message = first
        while "activityStart" in str(first) and "activityEnd" not in str(message):
            message = await self._socket.recv()


@asynccontextmanager
async def hostile_service(attack: Attack) -> AsyncIterator[LiveEndpoint]:
    """Every client that has spoken meets `attack`; then the connection stays open and silent."""
    n_connections = 0

    async def receive(socket: ServerConnection) -> None:
        nonlocal n_connections
        n_connections += 1
        victim = Victim(socket, n_connections)
        with contextlib.suppress(ConnectionClosed):
            await socket.recv()
            await victim.send({"setupComplete": {}})
            await victim.spoken_to()
            await asyncio.gather(attack(victim), _drain(socket))

    with TemporaryDirectory(prefix="hostile-") as folder:
        authority, ca_file = trustme.CA(), Path(folder) / "ca.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        async with serve(
            receive,
            "127.0.0.1",
            0,
            ssl=context,
            compression=None,
            max_size=None,
            close_timeout=0.1,
            logger=quiet_logger(),
        ) as server:
            port = next(iter(server.sockets)).getsockname()[1]
            yield LiveEndpoint("embedded", "key", f"https://localhost:{port}", ca_file)


async def _drain(socket: ServerConnection) -> None:
    async for _ in socket:
        pass


def heard(text: str) -> dict[str, object]:
    """A piece of the student's words."""
    return {"serverContent": {"inputTranscription": {"text": text}}}


def heard_begins() -> str:
    """The beginning of a message that brings words."""
    return '{"serverContent": {"inputTranscription": {"text": "'


def said(text: str) -> dict[str, object]:
    """A piece of the tutor's words."""
    return {"serverContent": {"outputTranscription": {"text": text}}}


def sound(pcm: bytes, mime_type: str = "audio/pcm;rate=24000") -> dict[str, object]:
    """A piece of the tutor's voice."""
    data = {"mimeType": mime_type, "data": base64.b64encode(pcm).decode()}
    return {"serverContent": {"modelTurn": {"parts": [{"inlineData": data}]}}}


def calls(n: int, first: int = 0, latex: str = "x^2") -> dict[str, object]:
    """So many calls of the tool in one message."""
    arguments = {"latex": latex, "spoken": "x squared"}
    each = ({"id": f"call-{first + i}", "name": "write_math", "args": arguments} for i in range(n))
    return {"toolCall": {"functionCalls": list(each)}}


DONE: dict[str, object] = {"serverContent": {"turnComplete": True}}
WORDS = ("x ", "squared ", "plus ", "one ", "over ", "two ")


def pieces(n: int) -> Iterator[object]:
    """A turn of so many pieces of spoken maths."""
    for i in range(n):
        yield heard(WORDS[i % len(WORDS)])
    yield said("Well done.")
    yield DONE


def for_ever(message: object) -> Iterator[object]:
    """The same again and again."""
    while True:
        yield message


def _deep(n: int) -> bytes:
    return b'{"serverContent":' + b"[" * n + b"]" * n + b"}"


def _usage(count: object) -> dict[str, object]:
    return {"usageMetadata": {"totalTokenCount": count, "promptTokenCount": 7}}


SURROGATE = "x \ud800 squared"
# What ends an attempt, or is left out of it, or changes nothing: one message each.
MESSAGES: dict[str, object] = {
    "an array": b"[1, 2, 3]",
    "a number": b"7",
    "a string": b'"hello"',
    "null": b"null",
    "nothing": b"",
    "deep brackets": b"[" * 200_000,
    "deep content": _deep(200_000),
    "rather deep content": _deep(900),
    "garbage": bytes(range(256)),
    "gzip": gzip.compress(json.dumps(heard("x")).encode()),
    "half a message": b'{"serverContent": {"modelTurn": ',
    "raw surrogate": b'{"serverContent":{"inputTranscription":{"text":"\xed\xa0\x80"}}}',
    "NaN usage": _usage(float("nan")),
    "infinite usage": b'{"usageMetadata": {"totalTokenCount": 1e999}}',
    "negative usage": _usage(-1),
    "huge usage": _usage(10**30),
    "usage in words": _usage("many"),
    "content that is text": {"serverContent": "hello"},
    "words that are a number": {"serverContent": {"inputTranscription": 7}},
    "words that are an array": {"serverContent": {"inputTranscription": [7]}},
    "text that is an object": {"serverContent": {"inputTranscription": {"text": {"a": 1}}}},
    "calls that are text": {"toolCall": {"functionCalls": "write_math"}},
    "a call of nothing": {"toolCall": {"functionCalls": [{}]}},
    "arguments that are an array": {"toolCall": {"functionCalls": [{"name": "f", "args": [1]}]}},
    "sound at 48 kHz": sound(b"\0\0" * 4_800, "audio/pcm;rate=48000"),
    "sound that is a picture": sound(b"\x89PNG", "image/png"),
    "half a sample": sound(b"\0\0\0"),
    "empty sound": sound(b""),
    "sound that is no base64": {
        "serverContent": {"modelTurn": {"parts": [{"inlineData": {"data": "?", "mimeType": 7}}]}}
    },
    "parts that are text": {"serverContent": {"modelTurn": {"parts": "x"}}},
    "an error": {"error": {"code": 500, "message": "boom"}},
    "a code": {"code": "many"},
    "a surrogate": heard(SURROGATE),
    "a surrogate in a formula": calls(1, latex=SURROGATE),
    "a surrogate that was said": said(SURROGATE),
    "control characters": heard("x \x00\x1b[2J squared"),
    "a megabyte of words": heard("x squared " * 100_000),
    "a megabyte of an answer": said("x squared " * 100_000),
    "a megabyte of a formula": calls(1, latex="x" * 10**6),
    "10,000 calls": calls(10_000),
    "200 calls": calls(200),
    "10,000 cancellations": {"toolCallCancellation": {"ids": [f"c{i}" for i in range(10_000)]}},
    "a million parts": b'{"serverContent":{"modelTurn":{"parts":[' + b"{}," * 10**6 + b"{}]}}}",
}
# What never ends.
STREAMS: dict[str, object] = {
    "words": heard("x squared "),
    "an answer": said("x squared "),
    "sound": sound(b"\0\0" * int(24_000 * CHUNK_SEC)),
    "calls": calls(1),
    "interruptions": {"serverContent": {"interrupted": True}},
    "cancellations": {"toolCallCancellation": {"ids": ["call-0"]}},
    "notices to go away": {"goAway": {"timeLeft": "1s"}},
    "empty messages": {"serverContent": {}},
}
