"""What a join link may carry: a code that is good once and soon worthless."""

import pytest

from agent.rooms.tokens import RoomPass
from workbench.rooms.join_codes import LIFE_SEC, MAX_WAITING, JoinCodes, UnknownCodeError

PASS = RoomPass("wss://livekit.example.org", "a.b.c", "lesson", "student")


class Clock:
    def __init__(self) -> None:
        self.now_sec = 0.0

    def __call__(self) -> float:
        return self.now_sec


def test_a_code_is_traded_once() -> None:
    """Whoever has seen the link later gets nothing for it."""
    codes = JoinCodes()
    code = codes.issue(PASS)
    assert codes.trade(code) is PASS
    with pytest.raises(UnknownCodeError, match="has been used"):
        codes.trade(code)


def test_looking_where_a_code_leads_does_not_use_it() -> None:
    """The page is loaded, perhaps by a preview in a chat, before it is used."""
    codes = JoinCodes()
    code = codes.issue(PASS)
    assert codes.server_of(code) == PASS.url
    assert codes.trade(code) is PASS
    assert codes.server_of(code) is None


def test_an_old_code_is_worthless() -> None:
    """A link stands in a chat for ever."""
    clock = Clock()
    codes = JoinCodes(clock)
    code = codes.issue(PASS)
    clock.now_sec = LIFE_SEC
    assert codes.server_of(code) is None
    with pytest.raises(UnknownCodeError):
        codes.trade(code)


def test_unused_codes_do_not_pile_up() -> None:
    """The newest ones are the ones that somebody waits for."""
    codes = JoinCodes()
    issued = [codes.issue(PASS) for _ in range(MAX_WAITING + 1)]
    assert len(set(issued)) == len(issued)
    assert codes.server_of(issued[0]) is None
    assert codes.server_of(issued[-1]) == PASS.url


@pytest.mark.parametrize("code", ["", "guess", "../..", "\x00"])
def test_a_code_that_was_never_given_is_refused(code: str) -> None:
    """And says no more than that."""
    with pytest.raises(UnknownCodeError):
        JoinCodes().trade(code)


def test_a_pass_does_not_show_its_token() -> None:
    """Values end up in logs and tracebacks."""
    assert "a.b.c" not in repr(PASS)
