"""The LiveKit server of the rooms, and its key."""

import re
import warnings
from dataclasses import dataclass, field

from agent.errors import RoomError, SettingsError
from agent.settings import Settings

ADDRESS = re.compile(r"(wss?|https?)://([\w.-]+|\[[0-9a-fA-F:]+\])(:\d{1,5})?/?")


@dataclass(frozen=True, slots=True)
class RoomServer:
    """A LiveKit server: `url` as `ws://` or `wss://`, with a key and its secret.

    `public_url` is the address for students' browsers.
    """

    url: str
    api_key: str
    api_secret: str = field(repr=False)
    public_url: str = ""

    def __post_init__(self) -> None:
        if not self.public_url:
            object.__setattr__(self, "public_url", self.url)


def room_server(settings: Settings) -> RoomServer:
    """The server that the settings name; SettingsError says which entry is missing."""
    secret = settings.livekit_api_secret
    if settings.livekit_url is None:
        raise _missing("LIVEKIT_URL")
    if settings.livekit_api_key is None:
        raise _missing("LIVEKIT_API_KEY")
    if secret is None:
        raise _missing("LIVEKIT_API_SECRET")
    url = settings.livekit_url.replace("http", "ws", 1)
    # The development server's secret is short on purpose; every other server checks its own.
    warnings.filterwarnings("ignore", message="The HMAC key is .* bytes long")
    return RoomServer(
        url, settings.livekit_api_key, secret.get_secret_value(), settings.livekit_public_url or ""
    )


def server_url(address: str) -> str:
    """A typed address as `ws://` or `wss://`. Raises RoomError if it is no address."""
    address = address.strip()
    if not ADDRESS.fullmatch(address):
        raise RoomError("url: expected an address like wss://livekit.example.org; correct it.")
    return address.replace("http", "ws", 1).rstrip("/")


def _missing(name: str) -> SettingsError:
    return SettingsError(
        f"{name} is not set. Copy .env.example to .env, or start a local server with "
        "`make livekit` and put there what it prints."
    )
