"""Who is a visitor, how many may be, and what is left of them."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from tests.clock import Clock
from workbench.live.lesson import GONE, Ending, Lesson
from workbench.public.cookie import COOKIE
from workbench.public.visitors import AWAY_SEC, MAX_VISITORS, Visitor, Visitors
from workbench.shared.places import NoPlaceLeftError, NotHereError

PER_ADDRESS = 40


def arrive(visitors: Visitors, address: str = "192.0.2.1", **has: object) -> Visitor:
    """Someone who comes back with the cookie that they got."""
    visitor = visitors.find({COOKIE: visitors.cookies.new()}, address)
    for name, value in has.items():
        setattr(visitor, name, value)
    return visitor


def test_a_key_is_in_no_text_of_its_holder() -> None:
    """Neither a log nor an error can show what no text holds."""
    visitor = arrive(Visitors(Path("never-made"), PER_ADDRESS), key=SecretStr("very-secret-key"))
    assert "very-secret" not in repr(visitor) + str(visitor)


async def test_nothing_is_left_of_a_visit(tmp_path: Path) -> None:
    """Files go with whoever made them, and with the server that was killed."""
    folder, clock = tmp_path / "visits", Clock()
    (folder / "of a killed server" / "runs").mkdir(parents=True)
    visitors = Visitors(folder, PER_ADDRESS, clock)
    assert not folder.exists()
    cookies = {COOKIE: visitors.cookies.new()}
    stays, goes = visitors.find(cookies, "192.0.2.1"), arrive(visitors)
    for visitor in (stays, goes):
        (visitor.folder / "runs").mkdir(parents=True)
    clock.sec = AWAY_SEC
    assert visitors.find(cookies, "192.0.2.1") is stays
    clock.sec += 1
    await visitors.end_those_away()
    assert stays.folder.exists()
    assert stays.is_here
    assert not goes.folder.exists()
    assert not goes.is_here


class Taught(Lesson):
    """A lesson that only hears why it ends."""

    def __init__(self) -> None:
        self.endings: list[Ending] = []

    def end(self, ending: Ending) -> None:
        self.endings.append(ending)


async def test_a_lesson_ends_with_its_visit(tmp_path: Path) -> None:
    """Otherwise it would hold a place that nobody counts."""
    clock, lesson = Clock(), Taught()
    visitors = Visitors(tmp_path / "visits", PER_ADDRESS, clock)
    arrive(visitors, lesson=lesson)
    clock.sec = AWAY_SEC + 1
    await visitors.end_those_away()
    assert lesson.endings == [GONE]


@pytest.mark.parametrize(
    "cookies",
    [{}, {COOKIE: ""}, {COOKIE: "."}, {COOKIE: "guessed.00"}, {COOKIE: "é.ü"}, {"other": "x"}],
)
def test_a_stranger_is_nobody(tmp_path: Path, cookies: dict[str, str]) -> None:
    """A visit is known by a cookie of this server alone."""
    visitors = Visitors(tmp_path / "visits", PER_ADDRESS)
    with pytest.raises(NotHereError, match="visit has ended"):
        visitors.find(cookies, "192.0.2.1")


def test_a_cookie_of_another_server_is_none(tmp_path: Path) -> None:
    """The key that signs them lives as long as the process."""
    other = Visitors(tmp_path / "other", PER_ADDRESS)
    with pytest.raises(NotHereError):
        Visitors(tmp_path / "visits", PER_ADDRESS).find({COOKIE: other.cookies.new()}, "")


def test_visits_are_bounded(tmp_path: Path) -> None:
    """A program that takes a cookie after the other fills no memory."""
    visitors = Visitors(tmp_path / "visits", PER_ADDRESS)
    for number in range(MAX_VISITORS):
        arrive(visitors, f"192.0.2.{number // 10}", key=SecretStr("k"))
    with pytest.raises(NoPlaceLeftError, match="Too many visitors are here"):
        arrive(visitors, "203.0.113.1")


def test_visits_of_one_address_are_bounded(tmp_path: Path) -> None:
    """Sixty cookies of one address keep nobody else out."""
    visitors = Visitors(tmp_path / "visits", PER_ADDRESS)
    for _ in range(PER_ADDRESS):
        arrive(visitors, n_waiting=1)
    with pytest.raises(NoPlaceLeftError, match="of your network"):
        arrive(visitors)
    arrive(visitors, "203.0.113.1")


def test_who_has_nothing_yet_makes_room(tmp_path: Path) -> None:
    """Cookies that are only collected cost nobody a place; their visits come back with them."""
    clock = Clock()
    visitors = Visitors(tmp_path / "visits", PER_ADDRESS, clock)
    cookies = {COOKIE: visitors.cookies.new()}
    first = visitors.find(cookies, "192.0.2.1")
    for _ in range(100):
        clock.sec += 1
        arrive(visitors)
    assert not first.is_here
    again = visitors.find(cookies, "192.0.2.1")
    assert again.id == first.id
