"""The demo's limits, one by one: minutes, line, visits, wording."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import SecretStr

from agent.settings import Settings
from workbench.public.budget import Budget
from workbench.public.engines import Engines, UsedUpError
from workbench.public.line import Line, try_again_sec
from workbench.public.visitors import AWAY_SEC, COOKIE, MAX_VISITORS, Visitors
from workbench.shared.engine import Engine
from workbench.shared.places import NoPlaceLeftError, NotHereError
from workbench.shared.wording import UNSAID, without_paths


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.sec = 0.0

    def __call__(self) -> float:
        return self.sec


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_restart_does_not_give_the_day_new_minutes(tmp_path: Path) -> None:
    """Otherwise whoever makes the demo crash has the owner's key for nothing."""
    path = tmp_path / "public.json"
    budget = Budget(path, 100, lambda: "2026-11-25")
    assert budget.take(90)
    assert not budget.take(20)
    budget.give_back(15)
    assert Budget(path, 100, lambda: "2026-11-25").left_sec == 25
    assert path.read_text() == '{"2026-11-25": 75.0}'
    assert Budget(path, 100, lambda: "2026-11-26").left_sec == 100


def test_midnight_gives_new_minutes_and_takes_none_back(tmp_path: Path) -> None:
    """A lesson that began yesterday returns what yesterday lent."""
    days = ["2026-11-25"]
    budget = Budget(tmp_path / "public.json", 100, lambda: days[-1])
    assert budget.take(90)
    days.append("2026-11-26")
    budget.give_back(50)
    assert budget.left_sec == 100


@pytest.mark.parametrize("text", ["", "[]", "{}", "nonsense", '{"a": "b"}', '{"a": 1, "b": 2}'])
def test_a_spoilt_count_is_begun_anew(tmp_path: Path, text: str) -> None:
    """The demo starts all the same."""
    path = tmp_path / "public.json"
    path.write_text(text)
    assert Budget(path, 100).left_sec == 100


def test_a_disk_that_takes_nothing_does_not_stop_the_counting(tmp_path: Path) -> None:
    """Memory counts on."""
    (tmp_path / "file").write_text("")
    budget = Budget(tmp_path / "file" / "public.json", 100)
    assert budget.take(60)
    assert budget.left_sec == 40


def engines(tmp_path: Path, minutes: float, **entries: str) -> Engines:
    settings = Settings(_env_file=None, **entries)
    budget = Budget(tmp_path / "public.json", 60 * minutes)
    embedded = Engine(settings, None)  # type: ignore[arg-type] (it is never started here)
    return Engines(settings, embedded, budget)


def test_a_visitors_own_key_is_used_first_and_costs_no_minutes(tmp_path: Path) -> None:
    """Who brings a key has no limit, and the owner's key is left for others."""
    theirs = engines(tmp_path, 1, google_api_key="owner")
    loan = theirs.lend(SecretStr("visitor"), 90)
    assert (loan.endpoint.api_key, loan.paid_sec) == ("visitor", 0)
    assert theirs.lend(None, 60).endpoint.api_key == "owner"


def test_the_owners_key_is_not_lent_beyond_its_minutes(tmp_path: Path) -> None:
    """Then there is one sentence, or the embedded engine; what was not used comes back."""
    gemini = engines(tmp_path, 2, google_api_key="owner", agent_engine="gemini")
    loan = gemini.lend(None, 90)
    with pytest.raises(UsedUpError, match="used up"):
        gemini.lend(None, 90)
    assert "used up" in gemini.note(None, 90)
    gemini.settle(loan, used_sec=30)
    assert gemini.lend(None, 90).endpoint.api_key == "owner"


def test_a_key_is_in_no_text_of_its_holder() -> None:
    """Neither a log nor an error can show what no text holds."""
    visitors = Visitors(Path("never-made"))
    visitor = visitors.enter()
    visitor.key = SecretStr("very-secret-key")
    assert "very-secret" not in repr(visitor) + str(visitor)


@pytest.mark.parametrize(
    ("place", "remaining_sec", "expected_sec"),
    [
        (1, [50, 20, 90], 20),
        (2, [50, 20, 90], 50),
        (3, [50, 20, 90], 90),
        (4, [50, 20, 90], 110),
        (1, [], 0),
    ],
)
def test_a_place_in_line_says_when_to_try_again(
    place: int, remaining_sec: list[float], expected_sec: float
) -> None:
    """The lesson that ends first is the first one's, and so on around."""
    assert try_again_sec(place, remaining_sec, 90) == expected_sec


def test_places_go_to_those_who_waited_longest(clock: Clock) -> None:
    """Whoever comes at the right moment does not overtake the line."""
    line = Line(clock)
    assert line.ask("first", n_free=1)
    assert not line.ask("second", n_free=0)
    assert not line.ask("third", n_free=0)
    assert [line.place(each) for each in ("first", "second", "third")] == [None, 1, 2]
    assert not line.ask("third", n_free=1)
    assert line.ask("second", n_free=1)
    assert line.ask("third", n_free=1)


@pytest.mark.parametrize("come_back", [lambda line: line.look("gone"), lambda _: None])
def test_nobody_blocks_the_line(clock: Clock, come_back: Callable[[Line], None]) -> None:
    """A free place waits half a minute for its visitor, whether or not they are still there."""
    line = Line(clock)
    line.ask("gone", n_free=0)
    line.ask("patient", n_free=0)
    assert not line.is_offered("patient", n_free=1)
    for clock.sec in (20.0, 40.0):
        come_back(line)
        line.look("patient")
        offered = line.is_offered("patient", n_free=1)
    assert offered
    assert line.place("gone") is None


async def test_nothing_is_left_of_a_visit(tmp_path: Path, clock: Clock) -> None:
    """Files go with whoever made them, and with the server that was killed."""
    folder = tmp_path / "visits"
    (folder / "of a killed server").mkdir(parents=True)
    visitors = Visitors(folder, clock)
    assert not folder.exists()
    stays, goes = visitors.enter(), visitors.enter()
    for visitor in (stays, goes):
        (visitor.folder / "runs").mkdir(parents=True)
    clock.sec = AWAY_SEC
    visitors.find({COOKIE: stays.id})
    clock.sec += 1
    await visitors.end_those_away()
    assert stays.folder.exists()
    assert not goes.folder.exists()
    with pytest.raises(NotHereError, match="visit has ended"):
        visitors.find({COOKIE: goes.id})


@pytest.mark.parametrize("cookies", [{}, {COOKIE: ""}, {COOKIE: "guessed"}, {"other": "x"}])
def test_a_stranger_is_nobody(tmp_path: Path, cookies: dict[str, str]) -> None:
    """A visit is known by its secret cookie alone."""
    visitors = Visitors(tmp_path / "visits")
    visitors.enter()
    with pytest.raises(NotHereError):
        visitors.find(cookies)


def test_visits_are_bounded(tmp_path: Path) -> None:
    """A program that takes a cookie after the other fills no memory."""
    visitors = Visitors(tmp_path / "visits")
    for _ in range(MAX_VISITORS):
        visitors.enter()
    with pytest.raises(NoPlaceLeftError, match="Too many visitors"):
        visitors.enter()


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("All 5 places are taken at the moment.", True),
        ("Gemini refused the key (1007/1008). See https://ai.google.dev/gemini-api/docs.", True),
        ("Choose 1/2 or and/or.", True),
        ("/srv/workspace/runs/x: can't be written.", False),
        ("no such file: ../datasets/x.flac", False),
        ("~/workspace/x", False),
        ("C:\\Users\\x is no folder", False),
        ("see 'workspace/runs/x/run.json'", False),
    ],
)
def test_no_message_names_a_file_of_the_server(message: str, told: bool) -> None:
    """Paths say who runs the demo and where; visitors get a sentence without them."""
    assert without_paths(message) == (message if told else UNSAID)
