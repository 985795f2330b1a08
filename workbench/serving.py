"""The running server: its address, its connections, its end."""

import contextlib
import logging
import socket
from typing import cast

import uvicorn
from fastapi import FastAPI

from agent.errors import EnvironmentNotReady
from agent.service.certificate import Certificate, certificate_of
from agent.settings import LogLevel, Settings
from agent.tutor.endpoint import EmbeddedEngine
from workbench.live.websocket import MAX_MESSAGE_BYTES
from workbench.server import create_app, hang_up
from workbench.shared.addresses import is_loopback
from workbench.shared.security import check_address
from workbench.shared.security.listener import Listener, connections_at_most
from workbench.shared.security.protocol import PunctualProtocol

GRACE_SEC = 3

log = logging.getLogger(__name__)


def serve(settings: Settings, embedded: EmbeddedEngine) -> None:
    """Serve until interrupted.

    Raises SettingsError for an address that needs a password and for a certificate that is
    none, EnvironmentNotReady for an address that can't be listened on.
    """
    host, password = settings.workbench_host, settings.workbench_password
    check_address(
        host,
        password.get_secret_value() if password else None,
        is_public=settings.workbench_public,
    )
    certificate = certificate_of(settings)
    _set_up_logging(settings.log_level)
    if password and not certificate:
        warn_of_plain_password(host, settings.n_proxies)
    is_behind_proxy = settings.n_proxies > 0
    listener = Listener(
        _listen(host, settings.workbench_port),
        connections_at_most(),
        is_behind_proxy=is_behind_proxy,
    )
    scheme = "https" if certificate else "http"
    address = f"[{host}]" if ":" in host else host
    server = Server(_config(create_app(settings, embedded), certificate))
    print(f"The workbench is at {scheme}://{address}:{listener.getsockname()[1]}", flush=True)  # noqa: T201
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how one ends it
        server.run(sockets=[listener])


def warn_of_plain_password(host: str, n_proxies: int) -> None:
    """Without TLS here or at a proxy everybody on the way reads the password."""
    if not is_loopback(host) and not n_proxies:
        log.warning(
            "The password travels over http, which everybody on the way can read: set "
            "WORKBENCH_TLS_CERT and WORKBENCH_TLS_KEY, or put a proxy with https in front and "
            "set WORKBENCH_PROXIES."
        )


def _config(app: FastAPI, certificate: Certificate | None) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=PunctualProtocol,
        loop="asyncio",  # another would accept connections past the listener
        proxy_headers=False,  # believed as the settings say: `client_address`
        log_config=None,
        access_log=False,  # the addresses of lessons are secrets
        ws_max_size=MAX_MESSAGE_BYTES,
        ws_per_message_deflate=False,  # sound hardly gets smaller
        timeout_graceful_shutdown=GRACE_SEC,
        ssl_certfile=certificate.chain if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
    )


class Server(uvicorn.Server):
    """Ends the lessons and hangs up before uvicorn waits for event streams to close.

    Gradio's page holds a heartbeat open for as long as it is shown.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        app = cast(FastAPI, self.config.app)
        await hang_up(app.state.parts)
        for connection in list(self.server_state.connections):
            connection.transport.close()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise EnvironmentNotReady(
            f"The workbench can't listen on {host}:{port} ({error.strerror}). Stop what listens "
            "there, or set WORKBENCH_PORT (0 takes any free port)."
        ) from error


def _set_up_logging(level: LogLevel) -> None:
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    if level != "DEBUG":
        for name in ("aioice", "aiortc", "httpx", "mcp"):
            logging.getLogger(name).setLevel(logging.WARNING)
        # A line for each request that is none would let anybody fill the disk.
        logging.getLogger("uvicorn").setLevel(logging.ERROR)
        # It logs tracebacks for what the page says in a sentence.
        logging.getLogger("livekit").setLevel(logging.CRITICAL)
