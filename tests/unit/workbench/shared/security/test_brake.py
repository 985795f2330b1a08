"""Whoever guesses must wait, and the log says so; nobody else does."""

import base64
import logging

import httpx
import pytest
from fastapi import FastAPI, HTTPException

from workbench.error_answers import answer_errors
from workbench.rooms.join_codes import JoinCodes
from workbench.rooms.student_routes import MAX_WRONG_CODES, student_routes
from workbench.serving import warn_of_plain_password
from workbench.shared.security import Access, Guard
from workbench.shared.security.brake import (
    ALLOWED,
    FIRST_WAIT_SEC,
    FORGOTTEN_AFTER_SEC,
    LONGEST_WAIT_SEC,
    MAX_ADDRESSES,
    Brake,
)

ATTACKER, OTHER = "203.0.113.9", "203.0.113.10"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.sec = 0.0

    def __call__(self) -> float:
        return self.sec


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def brake(clock: Clock) -> Brake:
    return Brake("password", clock=clock)


def guess(brake: Brake, address: str, n_guesses: int, first: int = 0) -> None:
    for number in range(first, first + n_guesses):
        brake.wrong(address, f"guess {number}".encode())


def waits(brake: Brake, address: str) -> int:
    """Seconds that the address is told to wait, 0 for none."""
    try:
        brake.check(address)
    except HTTPException as error:
        assert error.status_code == 429
        assert error.headers
        return int(error.headers["retry-after"])
    return 0


def test_ten_wrong_guesses_cost_a_wait_and_each_further_one_twice_as_much(
    brake: Brake, clock: Clock
) -> None:
    """Of one address alone."""
    guess(brake, ATTACKER, ALLOWED - 1)
    assert waits(brake, ATTACKER) == 0
    guess(brake, ATTACKER, 1, ALLOWED)
    assert (waits(brake, ATTACKER), waits(brake, OTHER)) == (FIRST_WAIT_SEC, 0)
    clock.sec += FIRST_WAIT_SEC
    assert waits(brake, ATTACKER) == 0
    guess(brake, ATTACKER, 1, 50)
    assert waits(brake, ATTACKER) == 2 * FIRST_WAIT_SEC
    guess(brake, ATTACKER, 100, 60)
    assert waits(brake, ATTACKER) == LONGEST_WAIT_SEC


def test_this_machine_never_waits_long(brake: Brake) -> None:
    """Its owner is there, and must get in."""
    for address in ("127.0.0.1", "::1"):
        guess(brake, address, 200)
        assert waits(brake, address) == FIRST_WAIT_SEC


def test_the_same_wrong_guess_again_is_no_guess(brake: Brake, clock: Clock) -> None:
    """A page that stays open with yesterday's password asks every second."""
    for _ in range(1_000):
        clock.sec += 1
        brake.wrong(ATTACKER, b"yesterday's")
    assert waits(brake, ATTACKER) == 0


def test_an_hour_without_a_guess_is_forgotten(brake: Brake, clock: Clock) -> None:
    """Whoever mistypes now and then never waits."""
    guess(brake, ATTACKER, ALLOWED - 1)
    clock.sec += FORGOTTEN_AFTER_SEC + 1
    guess(brake, ATTACKER, 1, ALLOWED)
    assert waits(brake, ATTACKER) == 0


def test_many_addresses_fill_no_memory(brake: Brake) -> None:
    """Those longest quiet are forgotten."""
    guess(brake, ATTACKER, ALLOWED)
    for number in range(MAX_ADDRESSES):
        brake.wrong(f"2001:db8:0:{number:x}::/64", b"x")
    assert waits(brake, ATTACKER) == 0


def test_the_log_names_the_address_once_a_wait_and_no_guess(
    brake: Brake, caplog: pytest.LogCaptureFixture
) -> None:
    """An owner must see an attack, and a log must hold no passwords."""
    guess(brake, ATTACKER, ALLOWED)
    assert [each.getMessage() for each in caplog.records] == [
        f"10 wrong passwords came from {ATTACKER}: it waits 30 s"
    ]


def login(password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f":{password}".encode()).decode()}


@pytest.mark.parametrize(
    ("n_proxies", "forwarded", "status_of_another"),
    [(0, "x", 429), (1, "203.0.113.10", 200)],
)
async def test_a_guesser_is_refused_even_the_right_password(
    n_proxies: int, forwarded: str, status_of_another: int
) -> None:
    """By the address that the settings believe; without the password one is asked for it."""
    app = FastAPI()
    app.add_middleware(Guard, access=Access.of("192.0.2.7", "right", n_proxies=n_proxies))
    app.add_api_route("/", lambda: "inside")
    transport = httpx.ASGITransport(app, client=("192.0.2.8", 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://192.0.2.7") as http:
        for number in range(ALLOWED):
            from_one = {"x-forwarded-for": f"198.51.100.{number}, {ATTACKER}"}
            answer = await http.get("/", headers=login(f"wrong {number}") | from_one)
            assert answer.status_code == 401
        refused = await http.get("/", headers=login("right") | from_one)
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "30")
        assert "Try again in 30 seconds." in refused.text
        assert (await http.get("/", headers=from_one)).status_code == 401
        other = await http.get("/", headers=login("right") | {"x-forwarded-for": forwarded})
        assert other.status_code == status_of_another


async def test_guessed_join_codes_cost_a_wait_too() -> None:
    """The page says whether a code is known, by where it may connect."""
    app = FastAPI()
    answer_errors(app, hides_paths=False)
    app.include_router(student_routes(JoinCodes(), Brake("join code", MAX_WRONG_CODES), 0))
    transport = httpx.ASGITransport(app, client=(ATTACKER, 5))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as http:
        for number in range(MAX_WRONG_CODES):
            answer = await http.post("/student/join", json={"code": f"code {number}"})
            assert answer.status_code == 404
        for answer in (
            await http.post("/student/join", json={"code": "another"}),
            await http.get("/student", params={"code": "another"}),
        ):
            assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
            assert "Too many wrong join codes" in answer.json()["message"]


@pytest.mark.parametrize(
    ("host", "n_proxies", "is_told"),
    [("0.0.0.0", 0, True), ("192.0.2.7", 0, True), ("127.0.0.1", 0, False), ("0.0.0.0", 1, False)],  # noqa: S104
)
def test_a_password_that_others_can_read_is_warned_of(
    caplog: pytest.LogCaptureFixture, host: str, n_proxies: int, is_told: bool
) -> None:
    """Basic authentication is plain text."""
    with caplog.at_level(logging.WARNING):
        warn_of_plain_password(host, n_proxies)
    assert ("WORKBENCH_TLS_CERT" in caplog.text) == is_told
