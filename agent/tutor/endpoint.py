"""The address of the Live service, for both of its clients."""

import ssl
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import certifi
from google import genai
from google.genai import types

from agent.errors import EnvironmentNotReady, SettingsError
from agent.settings import Engine, Settings
from agent.tutor.connection import (
    MAX_MESSAGE_BYTES,
    MAX_QUEUED_MESSAGES,
    LiveConnection,
    quiet_logger,
)
from agent.tutor.failures import told_as_live_errors
from agent.tutor.metered import Meter, MeteredConnection

CLOSE_TIMEOUT_SEC = 1.0  # the websocket default of 10 s holds up a lesson's end
PING_TIMEOUT_SEC = 60.0  # the service's pongs took 8 to 30 s (sip-to-ai, issue 14)
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class LiveEndpoint:
    """An address that speaks the Gemini Live protocol.

    `engine` is a label for pages and runs; no code may depend on it. `base_url` None means
    Google's own address. `ca_file` holds the certificates to trust. `meter` counts every
    session that is opened.
    """

    engine: Engine
    api_key: str
    base_url: str | None = None
    ca_file: Path | None = None
    meter: Meter | None = None

    def __repr__(self) -> str:
        return f"LiveEndpoint(engine={self.engine!r}, base_url={self.base_url!r})"

    def http_options(self) -> types.HttpOptions:
        """New options for one client, because LiveKit's plugin changes its options.

        One TLS context serves both transports: loading the certificates again costs
        57 ms a client.
        """
        context = ssl.create_default_context(cafile=self.ca_file or certifi.where())
        client_args: dict[str, object] = {
            "ssl": context,
            "verify": context,
            "create_connection": partial(MeteredConnection, meter=self.meter)
            if self.meter is not None
            else LiveConnection,
            "max_size": MAX_MESSAGE_BYTES,
            "max_queue": MAX_QUEUED_MESSAGES,
            "close_timeout": CLOSE_TIMEOUT_SEC,
            "ping_timeout": PING_TIMEOUT_SEC,
            "logger": quiet_logger(),
        }
        if self.base_url and urlsplit(self.base_url).hostname in LOOPBACK_HOSTS:
            client_args["proxy"] = None  # a proxy of the environment can't reach this machine
        return types.HttpOptions(base_url=self.base_url, async_client_args=client_args)

    def client(self) -> genai.Client:
        """A google-genai client for this address; LiveError where the proxy's setting is wrong."""
        options = self.http_options()
        with told_as_live_errors():
            return genai.Client(api_key=self.api_key, vertexai=False, http_options=options)


def gemini_endpoint(settings: Settings) -> LiveEndpoint:
    """The address that the environment names, read the way google-genai reads it.

    Raises EnvironmentNotReady without a key, SettingsError for an address that is not https.
    """
    if settings.google_api_key is None:
        raise EnvironmentNotReady(
            "Gemini Live needs a key: set GOOGLE_API_KEY in the environment or in .env, "
            "or use the embedded engine with --engine embedded."
        )
    base_url = settings.google_gemini_base_url
    if base_url and not base_url.startswith("https://"):
        raise SettingsError(
            f"GOOGLE_GEMINI_BASE_URL: expected an address that starts with https://, got {base_url}"
        )
    if settings.ssl_cert_file and not settings.ssl_cert_file.is_file():
        raise SettingsError(f"SSL_CERT_FILE: no such file: {settings.ssl_cert_file}")
    return LiveEndpoint(
        engine="gemini",
        api_key=settings.google_api_key.get_secret_value(),
        base_url=base_url,
        ca_file=settings.ssl_cert_file,
    )


def chosen_engine(settings: Settings) -> Engine:
    """The engine that the settings choose; `auto` is Gemini if a key is set, otherwise embedded."""
    if settings.agent_engine != "auto":
        return settings.agent_engine
    return "gemini" if settings.google_api_key else "embedded"


EmbeddedEngine = Callable[[Sequence[str]], AbstractAsyncContextManager[LiveEndpoint]]


@asynccontextmanager
async def open_endpoint(
    settings: Settings, embedded: EmbeddedEngine
) -> AsyncIterator[LiveEndpoint]:
    """The endpoint that the settings choose; the embedded engine runs as long as the block."""
    if chosen_engine(settings) == "embedded":
        async with embedded(settings.embedded_faults) as endpoint:
            yield endpoint
    else:
        yield gemini_endpoint(settings)
