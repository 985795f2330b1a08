"""A TLS websocket server that speaks the Gemini Live protocol."""

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack
from http import HTTPStatus
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TypeVar
from weakref import WeakKeyDictionary

import trustme
from google.genai import types
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from agent.errors import EnvironmentNotReady, LiveError
from agent.local_live.answers import Answers
from agent.local_live.connection import Connection
from agent.local_live.connection_faults import ConnectionFaults
from agent.local_live.ear.recogniser_protocol import Recogniser
from agent.local_live.faults import BUSY, INTERCEPTOR, LIMITS, Fault, read_fault
from agent.local_live.link import MAX_MESSAGE_BYTES, ClientMessage, Link
from agent.local_live.memory import Conversations, Memory
from agent.local_live.quota import read_quota
from agent.local_live.refusal import Dropped, Refusal
from agent.local_live.session import LiveSession
from agent.local_live.setup import Setup, read_setup
from agent.local_live.voice.voice_protocol import Voice
from agent.tutor.endpoint import LiveEndpoint

Problem = TypeVar("Problem", bound=Exception)
log = logging.getLogger(__name__)
PATH_END = ".GenerativeService.BidiGenerateContent"
SETUP_TIMEOUT_SEC = 30.0
MAX_CONNECTIONS = 128  # at a time; the recogniser listens to fewer and says so itself
BACKLOG = 1024  # of connections that come at once


class LocalLive:
    """Serves Live sessions on loopback while the block it is entered for runs.

    `faults` are written as `agent.local_live.faults` says. Neither recogniser nor voice is
    closed with it. Raises EnvironmentNotReady when the port is taken.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        voice: Voice,
        port: int = 0,
        faults: Sequence[str] = (),
        max_connections: int = MAX_CONNECTIONS,
    ) -> None:
        self._recogniser = recogniser
        self._voice = voice
        self._port = port
        self._faults: tuple[Fault, ...] = tuple(read_fault(text) for text in faults)
        self._quotas = [read_quota(f.value) for f in self._faults if f.name == LIMITS]
        self._conversations = Conversations()
        self._numbers: WeakKeyDictionary[ServerConnection, int] = WeakKeyDictionary()
        self._next_number = count(1)
        self._max_connections = max_connections
        self._resources = ExitStack()
        self._server: Server | None = None

    async def __aenter__(self) -> LiveEndpoint:
        authority = trustme.CA()
        folder = self._resources.enter_context(TemporaryDirectory(prefix="local-live-"))
        ca_file = Path(folder) / "ca.pem"
        authority.cert_pem.write_to_path(str(ca_file))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certifier = trustme.CA() if self._has(INTERCEPTOR) else authority
        certifier.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        try:
            self._server = await serve(
                self._handle,
                "127.0.0.1",
                self._port,
                ssl=context,
                process_request=self._admit,
                backlog=BACKLOG,
                compression=None,
                max_size=MAX_MESSAGE_BYTES,
                open_timeout=SETUP_TIMEOUT_SEC,
                close_timeout=1,
                logger=quiet_logger(),
            )
        except OSError as error:
            self._resources.close()
            raise EnvironmentNotReady(
                f"The embedded engine can't listen on port {self._port} ({error.strerror}); "
                "choose another."
            ) from error
        port = next(iter(self._server.sockets)).getsockname()[1]
        return LiveEndpoint("embedded", "embedded", f"https://localhost:{port}", ca_file)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
        self._resources.close()

    async def _handle(self, socket: ServerConnection) -> None:
        try:
            async with asyncio.TaskGroup() as tasks:
                await self._converse(socket, tasks)
        except* Refusal as refusals:
            refusal = _first(refusals)
            await socket.close(refusal.code, refusal.reason)
        except* LiveError as errors:  # the recogniser's or the voice's: theirs to word
            await socket.close(1011, Refusal(1011, str(_first(errors))).reason)
        except* Dropped:
            socket.transport.abort()
        except* ConnectionClosed:
            pass
        except* Exception:
            log.exception("a Live session of the embedded engine failed")
            await socket.close(1011, "Internal error encountered.")

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Refuse a handshake that is wrong, or one too many as the service does."""
        if refusal := check_request(connection, request):
            return refusal
        number = self._numbers[connection] = next(self._next_number)
        is_busy = any(f.name == BUSY and f.concerns(number) for f in self._faults)
        if is_busy or self._n_connections() >= self._max_connections:
            response = connection.respond(HTTPStatus.TOO_MANY_REQUESTS, "Resource exhausted.\n")
            response.headers["Retry-After"] = "1"
            return response
        return None

    def _has(self, name: str) -> bool:
        return any(fault.name == name for fault in self._faults)

    def _n_connections(self) -> int:
        return len(self._server.connections) if self._server else 0

    async def _converse(self, socket: ServerConnection, tasks: asyncio.TaskGroup) -> None:
        link = Link(socket)
        faults = ConnectionFaults(self._faults, self._numbers[socket], link, tasks)
        messages = aiter(link)
        setup = read_setup(await _first_message(messages))
        memory = self._remembered(setup)
        faults.refuse_setup()
        with ExitStack() as counted:
            for quota in self._quotas:
                counted.enter_context(quota.session())
            await self._serve(Connection(link, setup, faults, tasks), messages, memory)

    async def _serve(
        self, connection: Connection, messages: AsyncIterator[ClientMessage], memory: Memory
    ) -> None:
        link, faults = connection.link, connection.faults
        await faults.reach("setup")
        answers = Answers(connection, self._voice, memory, self._conversations)
        session = LiveSession(connection, self._recogniser, answers)
        await link.send(types.LiveServerMessage(setup_complete=types.LiveServerSetupComplete()))
        await answers.offer_resumption()
        await faults.reach("ready")
        async for message in messages:
            await session.take(message.body)
        raise Refusal(1000, "")  # ends the session's tasks

    def _remembered(self, setup: Setup) -> Memory:
        if not setup.handle:
            return Memory()
        memory = self._conversations.find(setup.handle)
        if memory is None:
            raise Refusal(1008, "the session to resume is not found")
        return memory


async def _first_message(messages: AsyncIterator[ClientMessage]) -> ClientMessage:
    try:
        async with asyncio.timeout(SETUP_TIMEOUT_SEC):
            return await anext(messages)
    except TimeoutError:
        raise Refusal(1008, f"no setup within {SETUP_TIMEOUT_SEC:.0f} s") from None
    except StopAsyncIteration:
        raise Refusal(1000, "") from None  # the client hung up


def check_request(connection: ServerConnection, request: Request) -> Response | None:
    """Refuse a handshake for another path or without a key."""
    if not request.path.partition("?")[0].endswith(PATH_END):
        return connection.respond(HTTPStatus.NOT_FOUND, "There is only the Live API here.\n")
    if not request.headers.get("x-goog-api-key"):
        return connection.respond(HTTPStatus.FORBIDDEN, "The header x-goog-api-key is missing.\n")
    return None


def quiet_logger() -> logging.Logger:
    """For websockets, which logs a traceback for every client that hangs up early."""
    logger = log.getChild("websockets")
    logger.setLevel(logging.CRITICAL)
    return logger


def _first(group: BaseExceptionGroup[Problem]) -> Problem:
    first = group.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
