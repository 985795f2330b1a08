"""How the Room tab says which LiveKit server it means, and what it may do there."""

from typing import Annotated, Literal

from pydantic import Field, SecretStr

from agent.errors import RoomError
from agent.rooms.server import RoomServer, room_server, server_url
from agent.rooms.tokens import Role, RoomPass, read_pass, room_pass
from agent.settings import Settings
from agent.strict import Strict
from workbench.rooms.typed_address import proven

BUTTONS = {"student": "Join as student", "watcher": "Watch", "tutor": "Join as tutor"}

Address = Annotated[str, Field(max_length=500)]


class FromEnvironment(Strict):
    """The server of LIVEKIT_URL."""

    by: Literal["environment"]


class TypedKey(Strict):
    """Used for this one request, kept nowhere."""

    by: Literal["key"]
    url: Address
    api_key: Annotated[str, Field(min_length=1, max_length=500)]
    api_secret: Annotated[SecretStr, Field(min_length=1, max_length=500)]


class PastedToken(Strict):
    """Lets one participant into one room; it can list and dispatch nothing."""

    by: Literal["token"]
    url: Address
    token: Annotated[SecretStr, Field(min_length=1, max_length=10_000)]


Entry = Annotated[FromEnvironment | TypedKey | PastedToken, Field(discriminator="by")]


async def server_of(entry: Entry, settings: Settings) -> RoomServer:
    """The server with its key. Raises RoomError or SettingsError where there is none."""
    if isinstance(entry, FromEnvironment):
        return room_server(settings)
    if isinstance(entry, TypedKey):
        secret = entry.api_secret.get_secret_value()
        typed = RoomServer(server_url(entry.url), entry.api_key.strip(), secret.strip())
        return await proven(typed)
    raise RoomError("A token opens one room and nothing else: for this, use a URL and a key.")


async def pass_into(entry: Entry, settings: Settings, room: str, role: Role) -> RoomPass:
    """A fresh pass with the least grants, or the pasted one if it is for that role."""
    if not isinstance(entry, PastedToken):
        return room_pass(await server_of(entry, settings), room, role)
    found = read_pass(server_url(entry.url), entry.token.get_secret_value())
    if found.role != role:
        raise RoomError(f"This token is for a {found.role}: press {BUTTONS[found.role]}.")
    return found
