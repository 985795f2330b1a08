"""TURN by configuration, against a small server that answers as Cloudflare does."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from agent.errors import SettingsError
from agent.settings import Settings
from workbench.live.ice import IceServers

pytestmark = pytest.mark.wire

# As https://developers.cloudflare.com/realtime/turn/generate-credentials/ shows it.
ANSWER = {
    "iceServers": [
        {"urls": ["stun:stun.cloudflare.com:3478", "stun:stun.cloudflare.com:53"]},
        {
            "urls": [
                "turn:turn.cloudflare.com:3478?transport=udp",
                "turn:turn.cloudflare.com:53?transport=udp",
                "turn:turn.cloudflare.com:80?transport=tcp",
                "turns:turn.cloudflare.com:5349?transport=tcp",
                "turns:turn.cloudflare.com:443?transport=tcp",
            ],
            "username": "short-lived",
            "credential": "secret",
        },
    ]
}


class Cloudflare:
    """Its TURN service on a port of this machine."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.status, self.body = 201, json.dumps(ANSWER)
        self.address = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append((request.path, request.headers["authorization"], await request.json()))
        return web.Response(status=self.status, text=self.body, content_type="application/json")

    def servers(self) -> IceServers:
        return IceServers.of(
            _settings(
                CLOUDFLARE_TURN_KEY_ID="key1",
                CLOUDFLARE_TURN_API_TOKEN="token",
                CLOUDFLARE_TURN_ADDRESS=self.address,
            )
        )


def _settings(**entries: str) -> Settings:
    return Settings(_env_file=None, **{name.lower(): text for name, text in entries.items()})


@pytest.fixture
async def cloudflare() -> AsyncIterator[Cloudflare]:
    service = Cloudflare()
    app = web.Application()
    app.router.add_post("/{path:.*}", service.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    service.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield service
    await runner.cleanup()


async def test_cloudflare_is_asked_once_for_credentials_that_many_lessons_use(
    cloudflare: Cloudflare,
) -> None:
    """The address that gets through everywhere comes first; browsers refuse port 53."""
    servers = cloudflare.servers()
    (first,) = await servers.current()
    assert await servers.current() == [first]
    assert cloudflare.asked == [
        (
            "/v1/turn/keys/key1/credentials/generate-ice-servers",
            "Bearer token",
            {"ttl": 3600},
        )
    ]
    assert first["urls"][0] == "turns:turn.cloudflare.com:443?transport=tcp"
    assert len(first["urls"]) == 4
    assert not any(":53?" in url for url in first["urls"])
    assert (first["username"], first["credential"]) == ("short-lived", "secret")


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (401, "{}"),
        (500, "down"),
        (302, ""),
        (201, "not json"),
        (201, "{}"),
        (201, "[]"),
        (201, '{"iceServers": [{"credential": "no address"}]}'),
        (201, '{"iceServers": [{"credential": "c", "username": "u", "urls": 5}]}'),
    ],
)
async def test_a_lesson_does_without_when_cloudflare_fails(
    cloudflare: Cloudflare, status: int, body: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Sound then goes over the WebSocket; neither token nor answer gets into the log."""
    cloudflare.status, cloudflare.body = status, body
    assert await cloudflare.servers().current() == []
    assert "no TURN credentials" in caplog.text
    assert "token" not in caplog.text and "key1" not in caplog.text


async def test_without_configuration_there_is_no_server() -> None:
    """A STUN server that does not answer costs five seconds a lesson."""
    assert await IceServers.of(_settings()).current() == []


async def test_an_own_turn_server_is_used_as_it_is_named() -> None:
    """One address, with its name and password."""
    own = _settings(TURN_URL="turns:turn.example:443", TURN_USERNAME="u", TURN_CREDENTIAL="c")
    (server,) = await IceServers.of(own).current()
    assert server == {"urls": ["turns:turn.example:443"], "username": "u", "credential": "c"}


@pytest.mark.parametrize(
    "entries",
    [
        {"TURN_URL": "turn:turn.example:3478"},
        {"TURN_URL": "turn:turn.example:3478", "TURN_USERNAME": "u"},
        {"CLOUDFLARE_TURN_KEY_ID": "key1"},
        {"CLOUDFLARE_TURN_API_TOKEN": "token"},
    ],
)
def test_half_a_configuration_is_refused(entries: dict[str, str]) -> None:
    """Who forgets an entry learns of it at the start, not from a silent lesson."""
    with pytest.raises(SettingsError):
        IceServers.of(_settings(**entries))
