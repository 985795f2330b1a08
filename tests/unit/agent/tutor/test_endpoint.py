"""Where the Live service is, as the settings say, and never with a key in sight."""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from agent.errors import EnvironmentNotReady, SettingsError
from agent.settings import EngineChoice, Settings
from agent.tutor.endpoint import LiveEndpoint, chosen_engine, gemini_endpoint, open_endpoint

EMBEDDED = LiveEndpoint("embedded", "embedded", "https://localhost:1")


def settings(**entries: Any) -> Settings:
    """Settings of nothing but `entries`."""
    return Settings.model_construct(**({"google_api_key": None} | entries))


@asynccontextmanager
async def embedded_engine(faults: Sequence[str]) -> AsyncIterator[LiveEndpoint]:
    yield EMBEDDED


@pytest.mark.parametrize(
    ("choice", "has_key", "engine"),
    [
        ("auto", True, "gemini"),
        ("auto", False, "embedded"),
        ("embedded", True, "embedded"),
        ("gemini", True, "gemini"),
        ("gemini", False, "gemini"),
    ],
)
def test_a_key_decides_unless_an_engine_was_chosen(
    choice: EngineChoice, has_key: bool, engine: str
) -> None:
    """Without a key the embedded engine listens; a choice is never overruled."""
    key = SecretStr("k") if has_key else None
    assert chosen_engine(settings(agent_engine=choice, google_api_key=key)) == engine


async def test_the_chosen_endpoint_is_opened() -> None:
    """The embedded engine is started only when it is wanted."""
    key = SecretStr("k")
    async with open_endpoint(settings(agent_engine="embedded"), embedded_engine) as endpoint:
        assert endpoint is EMBEDDED
    async with open_endpoint(settings(google_api_key=key), embedded_engine) as endpoint:
        assert (endpoint.engine, endpoint.api_key, endpoint.base_url) == ("gemini", "k", None)


async def test_gemini_without_a_key_says_what_to_do() -> None:
    """Both ways out in one sentence."""
    with pytest.raises(EnvironmentNotReady, match=r"GOOGLE_API_KEY .* --engine embedded"):
        async with open_endpoint(settings(agent_engine="gemini"), embedded_engine):
            pass


@pytest.mark.parametrize(
    "address", ["http://localhost:1", "ws://localhost", "wss://localhost", "localhost:8443", "x"]
)
def test_an_address_that_is_not_https_is_refused(address: str) -> None:
    """google-genai would speak TLS to it and fail without a word."""
    with pytest.raises(SettingsError, match=r"GOOGLE_GEMINI_BASE_URL: expected .* https://"):
        gemini_endpoint(settings(google_api_key=SecretStr("k"), google_gemini_base_url=address))


def test_a_missing_certificate_is_named(tmp_path: Path) -> None:
    """Else it is a TLS error in the middle of a lesson."""
    with pytest.raises(SettingsError, match=r"SSL_CERT_FILE: no such file: .*ca\.pem"):
        gemini_endpoint(settings(google_api_key=SecretStr("k"), ssl_cert_file=tmp_path / "ca.pem"))


@pytest.mark.parametrize(
    ("address", "goes_through_a_proxy"),
    [
        ("https://localhost:1", False),
        ("https://127.0.0.1:1", False),
        ("https://[::1]:1", False),
        ("https://live.example.org", True),
        ("https://localhost.example.org", True),
        (None, True),
    ],
)
def test_only_this_machine_is_reached_without_a_proxy(
    address: str | None, goes_through_a_proxy: bool
) -> None:
    """A proxy can't reach our loopback, and may be the only way to Google."""
    arguments = LiveEndpoint("gemini", "k", address).http_options().async_client_args or {}
    assert ("proxy" not in arguments) == goes_through_a_proxy


def test_each_client_gets_options_of_its_own() -> None:
    """LiveKit's plugin writes into what it is given."""
    one, other = EMBEDDED.http_options(), EMBEDDED.http_options()
    one.headers = {"x": "y"}
    assert not other.headers
    assert one.async_client_args is not other.async_client_args


def test_the_key_is_not_shown() -> None:
    """Endpoints stand in tracebacks and logs."""
    endpoint = LiveEndpoint("gemini", "very-secret", None)
    assert "very-secret" not in f"{endpoint!r} {endpoint}"


def test_the_websocket_is_quiet_whatever_the_log_level() -> None:
    """At DEBUG it would log the key and pieces of all that is said."""
    logging.getLogger("agent").setLevel(logging.DEBUG)
    logger = (EMBEDDED.http_options().async_client_args or {})["logger"]
    logging.getLogger("agent").setLevel(logging.NOTSET)
    assert not logger.isEnabledFor(logging.DEBUG)


def test_a_pong_may_take_half_a_minute() -> None:
    """Issue 14 of sip-to-ai saw 8 to 30 s; websockets gives up after 20 s."""
    args = LiveEndpoint("gemini", "key").http_options().async_client_args or {}
    assert args["ping_timeout"] >= 60
