"""Start all of a classroom on this machine: LiveKit server, worker and workbench."""

import asyncio
import contextlib
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from agent.command_line import new_commands, run_commands, tell
from agent.errors import EnvironmentNotReady, SettingsError
from agent.service.certificate import Certificate, certificate_of, tls_in_front
from agent.service.dev_server import DevServer, Ports
from agent.service.dev_server_binary import ensure_server
from agent.settings import Settings, read_settings
from agent.tasks import first_of, until_told_to_stop
from agent.tutor.endpoint import LOOPBACK_HOSTS

PROJECT = Path(__file__).parent
DRAIN_SEC = 5  # a lesson that is under way when the classroom closes
STOP_SEC = 20.0

commands = new_commands("A LiveKit server, a worker and the workbench at once.")


@commands.command()
def classroom(
    port: Annotated[int, typer.Option(help="Port of the rooms.", min=1, max=65535)] = 7880,
    tcp_port: Annotated[
        int, typer.Option(help="Port for sound over TCP.", min=1, max=65535)
    ] = 7881,
    udp_port: Annotated[
        int, typer.Option(help="Port for sound over UDP.", min=1, max=65535)
    ] = 7882,
    tls_port: Annotated[
        int, typer.Option(help="Port of the rooms over TLS.", min=1, max=65535)
    ] = 7443,
) -> None:
    """Run a LiveKit server, a worker and the workbench until Ctrl-C.

    For phones and other machines, set WORKBENCH_HOST to the address or name that they open,
    and WORKBENCH_PASSWORD, WORKBENCH_TLS_CERT and WORKBENCH_TLS_KEY.

    Example: `python classroom.py --port 7890`
    """
    settings = read_settings()
    certificate = certificate_of(settings)
    _check_address(settings.workbench_host, certificate)
    ports = Ports(port, tcp_port, udp_port)
    asyncio.run(until_told_to_stop(_run(settings, certificate, ports, tls_port)))


def _check_address(host: str, certificate: Certificate | None) -> None:
    if host in LOOPBACK_HOSTS:
        return
    if certificate is None:
        raise SettingsError(
            f"WORKBENCH_HOST is {host}, and a browser there has no microphone without HTTPS: set "
            "WORKBENCH_TLS_CERT and WORKBENCH_TLS_KEY, or leave WORKBENCH_HOST at 127.0.0.1."
        )
    if host in ("0.0.0.0", "::"):  # noqa: S104 (compared, not bound)
        raise SettingsError(
            "WORKBENCH_HOST: expected the address or name of this machine that phones open, "
            f"got {host}, which is none."
        )


def _ip_address(host: str) -> str:
    try:
        return socket.gethostbyname(host)
    except OSError:
        raise SettingsError(
            f"WORKBENCH_HOST: expected an address or name of this machine, got {host}, which "
            "is not known here."
        ) from None


async def _run(
    settings: Settings, certificate: Certificate | None, ports: Ports, tls_port: int
) -> None:
    program = await asyncio.to_thread(ensure_server, tell)
    host = settings.workbench_host
    secret = secrets.token_urlsafe(32)  # the development server's own is known to everybody
    async with contextlib.AsyncExitStack() as stack:
        server = DevServer(program, ports, node_ip=_ip_address(host), secret=secret)
        await stack.enter_async_context(server)
        environment = {
            "LIVEKIT_URL": server.address.url,
            "LIVEKIT_API_KEY": server.address.api_key,
            "LIVEKIT_API_SECRET": secret,
            "AGENT_DRAIN_SEC": str(DRAIN_SEC),
        }
        if certificate is not None:
            await stack.enter_async_context(tls_in_front(certificate, host, tls_port, ports.http))
            environment["LIVEKIT_PUBLIC_URL"] = f"wss://{host}:{tls_port}"
        await first_of(
            server.wait(),
            _keep_running("The worker", environment, "-m", "agent", "start", "--plain"),
            _keep_running("The workbench", environment, "app.py"),
        )


async def _keep_running(name: str, environment: dict[str, str], *words: str) -> None:
    """Until cancelled; raises EnvironmentNotReady when it has ended by itself."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *words, cwd=PROJECT, env=os.environ | environment
    )
    try:
        code = await process.wait()
        raise EnvironmentNotReady(f"{name} has ended (exit code {code}); its words stand above.")
    finally:
        if process.returncode is None:
            process.terminate()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(STOP_SEC):
                    await process.wait()
        if process.returncode is None:
            process.kill()


if __name__ == "__main__":
    run_commands(commands)
