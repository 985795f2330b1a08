"""Which server and which role the Room tab's requests come to."""

from pathlib import Path

import jwt
import pytest
from pydantic import SecretStr, TypeAdapter

from agent.errors import RoomError, SettingsError
from agent.rooms.server import RoomServer
from agent.rooms.tokens import Role, room_pass
from agent.settings import Settings
from workbench.rooms.entry import (
    Entry,
    FromEnvironment,
    PastedToken,
    TypedKey,
    pass_into,
    server_of,
)
from workbench.rooms.student_routes import content_security_policy, livekit_addresses

URL = "wss://livekit.example.org"
KEY = TypedKey(by="key", url=URL, api_key="devkey", api_secret=SecretStr("typed-secret"))
ROLES: tuple[Role, ...] = ("student", "watcher", "tutor")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, workbench_home=tmp_path)  # type: ignore[call-arg]


def pasted(role: Role) -> PastedToken:
    token = room_pass(RoomServer(URL, "devkey", "secret"), "lesson", role).token
    return PastedToken(by="token", url=URL, token=SecretStr(token))


@pytest.mark.parametrize("role", ROLES)
async def test_a_pasted_token_is_taken_for_what_it_is(role: Role, settings: Settings) -> None:
    """Its room is the one it names, whatever else stands on the page."""
    found = await pass_into(pasted(role), settings, "another room", role)
    assert (found.room, found.role) == ("lesson", role)


async def test_a_token_for_another_role_says_which_button(settings: Settings) -> None:
    """A student's token would make a tutor that is seen as a student."""
    with pytest.raises(RoomError, match="for a student: press Join as student"):
        await pass_into(pasted("student"), settings, "", "tutor")


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("hello", "no LiveKit token"),
        ("a.b.c", "no LiveKit token"),
        (jwt.encode({"sub": "x"}, "k" * 32), "not for joining a room"),
        (jwt.encode({"video": []}, "k" * 32), "not for joining a room"),
        (jwt.encode({"video": {"room": 7, "roomJoin": True}}, "k" * 32), "not for joining"),
        (jwt.encode({"video": {"roomList": True}}, "k" * 32), "not for joining a room"),
        (
            jwt.encode({"video": {"room": "r", "roomJoin": True}, "exp": 1}, "k" * 32),
            "has expired",
        ),
    ],
)
async def test_what_is_no_good_token_is_told_in_a_sentence(
    token: str, sentence: str, settings: Settings
) -> None:
    """Without repeating it."""
    entry = PastedToken(by="token", url=URL, token=SecretStr(token))
    with pytest.raises(RoomError, match=sentence) as refused:
        await pass_into(entry, settings, "", "student")
    assert token not in str(refused.value)


async def test_a_token_lists_nothing(settings: Settings) -> None:
    """It has no such grant; the server's answer would be riddle."""
    with pytest.raises(RoomError, match="use a URL and a key"):
        await server_of(pasted("student"), settings)


async def test_without_an_environment_the_missing_entry_is_named(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="LIVEKIT_URL is not set"):
        await server_of(FromEnvironment(by="environment"), settings)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "livekit.example.org",
        "ftp://x",
        "ws://x; script-src *",
        "wss://user:pass@x",
        "ws://x/path?y",
        "ws://x\nws://y",
    ],
)
async def test_an_address_that_is_none_is_refused(url: str, settings: Settings) -> None:
    """It ends in the student's Content-Security-Policy: nothing else may come along."""
    entry = TypedKey(by="key", url=url, api_key="k", api_secret=SecretStr("s"))
    with pytest.raises(RoomError, match="expected an address"):
        await server_of(entry, settings)


def test_no_typed_secret_is_shown() -> None:
    """Neither in what is logged of a request nor in what is sent back."""
    assert "typed-secret" not in repr(KEY)
    assert "typed-secret" not in TypeAdapter(Entry).dump_json(KEY).decode()


@pytest.mark.parametrize(
    ("server", "addresses"),
    [
        ("ws://127.0.0.1:7880", ["ws://127.0.0.1:7880", "http://127.0.0.1:7880"]),
        (URL, [URL, "https://livekit.example.org"]),
        (
            "wss://maths.livekit.cloud",
            [
                "wss://maths.livekit.cloud",
                "https://maths.livekit.cloud",
                "wss://*.livekit.cloud",  # its regions
                "https://*.livekit.cloud",
            ],
        ),
        (
            "wss://livekit.cloud.example.org",
            ["wss://livekit.cloud.example.org", "https://livekit.cloud.example.org"],
        ),
    ],
)
def test_the_policy_names_the_servers_addresses(server: str, addresses: list[str]) -> None:
    """LiveKit Cloud sends its clients to regions of its own."""
    assert livekit_addresses(server) == addresses
    assert f"connect-src 'self' {' '.join(addresses)};" in content_security_policy(server)


def test_without_a_code_the_policy_names_the_workbench_alone() -> None:
    assert "connect-src 'self';" in content_security_policy(None)
