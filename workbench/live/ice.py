"""The TURN servers over which WebRTC gets through a firewall: none, one's own, Cloudflare's."""

import asyncio
import logging
import time
from dataclasses import dataclass
from typing import Any, NotRequired

import aiohttp
from typing_extensions import TypedDict

from agent.errors import SettingsError
from agent.settings import Settings

LIFE_SEC = 3_600
RENEW_SEC = LIFE_SEC / 2
ANSWER_SEC = 3.0
AFTER_FAILURE_SEC = 30.0
# Some hosts let out no other port, and aiortc takes the first address that it is given.
BEST_ADDRESS = ":443?transport=tcp"

log = logging.getLogger(__name__)


class IceServer(TypedDict):
    """As browsers take it."""

    urls: list[str]
    username: NotRequired[str]
    credential: NotRequired[str]


@dataclass(frozen=True, slots=True)
class CloudflareKey:
    """A TURN key of Cloudflare Calls, at `address`."""

    address: str
    key_id: str
    token: str

    def __repr__(self) -> str:
        return f"CloudflareKey({self.address!r}, {self.key_id!r})"


class IceServers:
    """What a lesson's two ends are given; made anew before it expires."""

    def __init__(self, own: list[IceServer], cloudflare: CloudflareKey | None) -> None:
        self._servers = own
        self._cloudflare = cloudflare
        self._renew_at_sec = 0.0
        self._asking = asyncio.Lock()

    @classmethod
    def of(cls, settings: Settings) -> "IceServers":
        """What the settings name. Raises SettingsError for half an entry."""
        token = settings.cloudflare_turn_api_token
        if (settings.cloudflare_turn_key_id is None) != (token is None):
            raise SettingsError(
                "Set both CLOUDFLARE_TURN_KEY_ID and CLOUDFLARE_TURN_API_TOKEN, or neither."
            )
        cloudflare = None
        if settings.cloudflare_turn_key_id is not None and token is not None:
            address, key_id = settings.cloudflare_turn_address, settings.cloudflare_turn_key_id
            cloudflare = CloudflareKey(address, key_id, token.get_secret_value())
        return cls(_own(settings), cloudflare)

    async def current(self) -> list[IceServer]:
        """The servers to use now.

        Without Cloudflare's answer there are none for a while: sound then goes over the
        WebSocket.
        """
        if self._cloudflare is None:
            return self._servers
        async with self._asking:
            if time.monotonic() >= self._renew_at_sec:
                await self._renew(self._cloudflare)
        return self._servers

    async def _renew(self, key: CloudflareKey) -> None:
        try:
            self._servers = await _cloudflare_servers(key)
            self._renew_at_sec = time.monotonic() + RENEW_SEC
        except (aiohttp.ClientError, OSError, ValueError, KeyError, TypeError) as error:
            log.warning("Cloudflare gave no TURN credentials: %s", type(error).__name__)
            self._servers = []
            self._renew_at_sec = time.monotonic() + AFTER_FAILURE_SEC


def _own(settings: Settings) -> list[IceServer]:
    username, credential = settings.turn_username, settings.turn_credential
    if settings.turn_url is None:
        return []
    if username is None or credential is None:
        raise SettingsError("TURN_URL also needs TURN_USERNAME and TURN_CREDENTIAL.")
    return [
        {
            "urls": [settings.turn_url],
            "username": username,
            "credential": credential.get_secret_value(),
        }
    ]


async def _cloudflare_servers(key: CloudflareKey) -> list[IceServer]:
    """Ask for credentials; STUN alone would not help where TURN is needed, and is left out."""
    path = f"/v1/turn/keys/{key.key_id}/credentials/generate-ice-servers"
    async with (
        aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_SEC)) as http,
        http.post(
            key.address.rstrip("/") + path,
            json={"ttl": LIFE_SEC},
            headers={"authorization": f"Bearer {key.token}"},
            allow_redirects=False,
        ) as response,
    ):
        response.raise_for_status()
        answer = await response.json()
    return [_turn_only(server) for server in answer["iceServers"] if "credential" in server]


def _turn_only(server: dict[str, Any]) -> IceServer:
    """The best address first, and none of port 53, which browsers refuse."""
    urls = [server["urls"]] if isinstance(server["urls"], str) else list(server["urls"])
    turn = [url for url in urls if url.startswith(("turn:", "turns:")) and ":53?" not in url]
    turn.sort(key=lambda url: not url.endswith(BEST_ADDRESS))
    return {"urls": turn, "username": server["username"], "credential": server["credential"]}
