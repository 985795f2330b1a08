"""The certificate under which browsers on other machines may use a microphone here."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from agent.errors import EnvironmentNotReady, SettingsError
from agent.settings import Settings
from agent.tasks import first_of

LOOPBACK = "127.0.0.1"
PIECE_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class Certificate:
    """Two PEM files: the certificate with its chain, and its key."""

    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """For a server. Raises SettingsError for files that are no such pair."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(self.chain, self.key, password="")  # else it would ask
        except (OSError, ssl.SSLError) as error:
            raise SettingsError(
                "WORKBENCH_TLS_CERT and WORKBENCH_TLS_KEY: expected a certificate and its key, "
                f"without a password, as PEM files; got: {error.strerror or error}"
            ) from None
        return context


def certificate_of(settings: Settings) -> Certificate | None:
    """The one that the settings name, checked; None when they name none."""
    chain, key = settings.workbench_tls_cert, settings.workbench_tls_key
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        raise SettingsError("WORKBENCH_TLS_CERT and WORKBENCH_TLS_KEY: set both or none.")
    certificate = Certificate(chain, key)
    certificate.context()
    return certificate


@asynccontextmanager
async def tls_in_front(
    certificate: Certificate, host: str, port: int, behind_port: int
) -> AsyncIterator[None]:
    """Whoever connects to `host` talks to this machine's `behind_port`, for as long as the block.

    Raises EnvironmentNotReady when the port is taken.
    """

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):  # either side may hang up at any time
            behind_reader, behind_writer = await asyncio.open_connection(LOOPBACK, behind_port)
            with contextlib.closing(behind_writer):
                await first_of(_pump(reader, behind_writer), _pump(behind_reader, writer))
        writer.close()

    try:
        server = await asyncio.start_server(pass_on, host, port, ssl=certificate.context())
    except OSError as error:
        raise EnvironmentNotReady(
            f"{host}:{port} can't be listened on ({error.strerror}); choose another with --tls-port"
        ) from error
    try:
        yield
    finally:
        server.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(PIECE_BYTES):
        writer.write(piece)
        await writer.drain()
