"""Tokens grant the least that each role needs."""

import jwt
import pytest

from agent.rooms.server import RoomServer
from agent.rooms.tokens import student_token, tutor_token, watcher_token

SERVER = RoomServer("ws://x", "key", "a secret of thirty-two characters")


def grants(token: str) -> dict[str, object]:
    claims = jwt.decode(token, SERVER.api_secret, algorithms=["HS256"])
    assert claims["exp"] - claims["nbf"] <= 600
    return dict(claims["video"])


def test_a_student_publishes_a_microphone_and_nothing_else() -> None:
    """No camera, no screen, no room's administration."""
    found = grants(student_token(SERVER, "room", "anna"))
    assert found.pop("canPublishSources") == ["microphone"]
    assert found == {
        "roomJoin": True,
        "room": "room",
        "canPublish": True,
        "canSubscribe": True,
        "canPublishData": True,
    }


def test_a_watcher_reads_only_and_is_not_seen() -> None:
    """Text arrives without subscribing to anything."""
    assert grants(watcher_token(SERVER, "room", "page")) == {
        "roomJoin": True,
        "room": "room",
        "canPublish": False,
        "canSubscribe": False,
        "canPublishData": False,
        "hidden": True,
    }


def test_a_tutor_is_an_agent_that_may_show_its_state() -> None:
    """Without the grant its state is missing, and nothing says so."""
    token = tutor_token(SERVER, "room", "tutor")
    found = grants(token)
    assert found["agent"] is True
    assert found["canUpdateOwnMetadata"] is True
    assert not {"roomAdmin", "roomCreate", "roomList"} & found.keys()
    assert jwt.decode(token, SERVER.api_secret, algorithms=["HS256"])["kind"] == "agent"


@pytest.mark.parametrize("part", ["repr", "str"])
def test_the_secret_is_not_shown(part: str) -> None:
    """Addresses end up in logs."""
    shown = repr(SERVER) if part == "repr" else str(SERVER)
    assert SERVER.api_secret not in shown
