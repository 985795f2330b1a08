"""A LiveKit server of one's own on this machine: for trying, for classrooms, for tests."""

import asyncio
import contextlib
import random
import signal
import socket
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from agent.errors import EnvironmentNotReady
from agent.rooms.server import RoomServer
from agent.service.dev_server_binary import ensure_server

API_KEY, API_SECRET = "devkey", "secret"
LOOPBACK, ANYWHERE = "127.0.0.1", ""
PORTS = range(15_000, 32_000)  # below those that systems give to outgoing connections
READY_SEC = 15.0
POLL_SEC = 0.02
STOP_SEC = 1.0  # it would wait for every participant to leave


@dataclass(frozen=True, slots=True)
class Ports:
    """Where it listens: `http` for signalling, `tcp` and `udp` for sound."""

    http: int = 7880
    tcp: int = 7881
    udp: int = 7882


def free_ports(among: range = PORTS) -> Ports:
    """Three of `among` that nobody listens on now; the server can't choose its own.

    The system's own choice would lie among those of outgoing connections, of which a room has
    many: one of them could take it before the server does.
    """
    while True:
        ports = Ports(*random.sample(among, 3))
        if _taken(ports) is None:
            return ports


class DevServer:
    """The program with LiveKit's development key, on loopback, while it is entered.

    Sound comes and goes at `node_ip`. Entering raises EnvironmentNotReady when a port is taken
    or it doesn't come up.
    """

    def __init__(
        self, program: Path, ports: Ports, *, node_ip: str = LOOPBACK, secret: str = API_SECRET
    ) -> None:
        self.address = RoomServer(f"ws://{LOOPBACK}:{ports.http}", API_KEY, secret)
        self._config = _config(ports, node_ip, self.address)
        self._program = program
        self._ports = ports
        self._process: Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Run it; returns when it answers."""
        _check_free(self._ports)
        self._process = await asyncio.create_subprocess_exec(
            self._program, "--dev", "--config-body", self._config, stdin=DEVNULL
        )
        try:
            async with asyncio.timeout(READY_SEC):
                while not await self._answers():  # noqa: ASYNC110 (nothing tells of it)
                    await asyncio.sleep(POLL_SEC)
        except TimeoutError:
            await self.stop()
            raise EnvironmentNotReady(
                f"livekit-server did not answer within {READY_SEC:.0f} s; what it said stands above"
            ) from None

    async def stop(self) -> None:
        """End it, whoever is in its rooms."""
        if self._process is None:
            return
        process, self._process = self._process, None
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            async with asyncio.timeout(STOP_SEC):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    async def kill(self) -> None:
        """End it as a crash does."""
        if self._process is not None:
            self._process.kill()
            await self._process.wait()

    async def wait(self) -> None:
        """Until it ends by itself, which it does not; EnvironmentNotReady when it did."""
        if self._process is not None:
            code = await self._process.wait()
            raise EnvironmentNotReady(f"livekit-server has ended by itself (exit code {code})")

    async def _answers(self) -> bool:
        if self._process is not None and self._process.returncode is not None:
            await self.wait()
        try:
            reader, writer = await asyncio.open_connection(LOOPBACK, self._ports.http)
        except OSError:
            return False
        writer.write(b"GET / HTTP/1.0\r\n\r\n")
        answer = await reader.read()
        writer.close()
        return answer.endswith(b"OK")


async def serve(ports: Ports, announce: Callable[[str], None], tell: Callable[[str], None]) -> None:
    """Run one until told to stop; `announce` gets the lines for `.env`, `tell` the progress."""
    program = await asyncio.to_thread(ensure_server, tell)
    this = asyncio.current_task()
    if this is not None:  # ended by SIGTERM it would leave the server behind
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, this.cancel)
    async with DevServer(program, ports) as server:
        announce(f"LIVEKIT_URL={server.address.url}")
        announce(f"LIVEKIT_API_KEY={server.address.api_key}")
        announce(f"LIVEKIT_API_SECRET={server.address.api_secret}")
        await server.wait()


def _config(ports: Ports, node_ip: str, address: RoomServer) -> str:
    """YAML. Its log is kept to errors: its warnings hold whole tokens."""
    return "\n".join(
        (
            f"port: {ports.http}",
            f"bind_addresses: [{LOOPBACK}]",
            "log_level: error",
            "rtc:",
            f"  tcp_port: {ports.tcp}",
            f"  udp_port: {ports.udp}",
            f"  node_ip: {node_ip}",
            "keys:",
            f"  {address.api_key}: {address.api_secret}",
        )
    )


def _taken(ports: Ports) -> int | None:
    """The first that somebody has, at the addresses where the server wants it."""
    wanted = (
        (socket.SOCK_STREAM, LOOPBACK, ports.http),
        (socket.SOCK_STREAM, ANYWHERE, ports.tcp),
        (socket.SOCK_DGRAM, ANYWHERE, ports.udp),
    )
    for kind, address, port in wanted:
        with socket.socket(socket.AF_INET, kind) as probe:
            if kind == socket.SOCK_STREAM:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((address, port))
            except OSError:
                return port
    return None


def _check_free(ports: Ports) -> None:
    port = _taken(ports)
    if port is not None:
        raise EnvironmentNotReady(
            f"port {port} is taken; choose others: `python -m agent livekit --port 7890`"
        )
