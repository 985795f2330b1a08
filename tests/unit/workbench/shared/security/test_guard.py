"""Who is let in, and what every response carries."""

import base64

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from agent.errors import SettingsError
from workbench.shared.security import (
    CONTENT_SECURITY_POLICY,
    Access,
    BodyBounds,
    Guard,
    Unlocked,
    check_address,
)

OWN = "127.0.0.1:7860"


def client(access: Access) -> httpx.AsyncClient:
    """A client of a one-route server behind the guard."""

    async def answer(_request: object) -> PlainTextResponse:
        return PlainTextResponse("inside")

    app = Starlette(routes=[Route("/", answer, methods=["GET", "POST"])])
    transport = httpx.ASGITransport(Guard(app, access))
    return httpx.AsyncClient(transport=transport, base_url=f"http://{OWN}")


def basic(password: str) -> str:
    return "Basic " + base64.b64encode(f"anyone:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("GET", {}, 200),
        ("GET", {"host": "localhost:7860"}, 200),
        ("GET", {"host": "[::1]:7860"}, 200),
        ("POST", {"origin": f"http://{OWN}"}, 200),
        ("POST", {}, 200),  # no browser: browsers always name the origin of a POST
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, 200),
        ("GET", {"sec-fetch-site": "same-origin", "sec-fetch-mode": "cors"}, 200),
        ("GET", {"host": "evil.example"}, 403),  # DNS rebinding
        ("GET", {"host": "127.0.0.1.evil.example:7860"}, 403),
        ("GET", {"host": ""}, 403),
        ("GET", {"host": "[::1"}, 403),
        ("GET", {"host": "evil@localhost"}, 403),
        ("GET", {"host": "localhost/.evil.example"}, 403),
        ("GET", {"host": "localhost#.evil.example"}, 403),
        ("POST", {"origin": "https://evil.example"}, 403),
        ("POST", {"origin": "null"}, 403),  # a sandboxed frame or a local file
        ("POST", {"origin": "http://127.0.0.1:9999"}, 403),  # another server of this machine
        ("POST", {"origin": "http://["}, 403),
        ("GET", {"origin": "https://evil.example"}, 403),
        ("GET", {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, 403),
        ("POST", {"host": "evil.example", "origin": "http://evil.example"}, 403),
    ],
)  # fmt: skip
async def test_only_its_own_pages_and_names_are_answered(
    method: str, headers: dict[str, str], status: int
) -> None:
    """A page of another site, or one that rebinds its name, may neither read nor change."""
    async with client(Access.of("127.0.0.1", None)) as http:
        response = await http.request(method, "/", headers=headers)
    assert response.status_code == status
    assert (response.text == "inside") == (status == 200)


@pytest.mark.parametrize(
    ("authorization", "status"),
    [
        (basic("open sesame"), 200),
        (basic("open sesame").replace("Basic", "basic"), 200),
        (basic("wrong"), 401),
        (basic(""), 401),
        ("Basic not-base64!", 401),
        ("Bearer open sesame", 401),
        (None, 401),
    ],
)
async def test_a_password_is_asked_for_on_every_route(
    authorization: str | None, status: int
) -> None:
    """Whoever can reach the address must know the password, whatever the Host name."""
    headers = {"host": "lesson.example"} | (
        {"authorization": authorization} if authorization else {}
    )
    async with client(Access.of("0.0.0.0", "open sesame")) as http:  # noqa: S104
        response = await http.get("/", headers=headers)
    assert response.status_code == status
    assert ("www-authenticate" in response.headers) == (status == 401)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("POST", "/signed", {}, 200),
        ("GET", "/signed", {}, 401),
        ("POST", "/", {}, 401),
        ("POST", "/signed/", {}, 401),
        ("POST", "/signed", {"origin": "https://evil.example"}, 403),
        ("POST", "/signed", {"host": "evil.example"}, 403),
    ],
)
async def test_a_signed_path_is_posted_to_without_the_password(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """By programs, which know the secret; pages of other sites are refused all the same."""

    async def answer(_request: object) -> PlainTextResponse:
        return PlainTextResponse("inside")

    app = Starlette(routes=[Route("/{any:path}", answer, methods=["GET", "POST"])])
    guarded = Guard(app, Access.of("127.0.0.1", "open sesame"), Unlocked(frozenset({"/signed"})))
    transport = httpx.ASGITransport(guarded)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{OWN}") as http:
        response = await http.request(method, path, headers=headers)
    assert response.status_code == status


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/student", {}, 200),
        ("/static/board.js", {}, 200),
        ("/student/", {}, 401),
        ("/student/else", {}, 401),
        ("/students", {}, 401),
        ("/static", {}, 401),
        ("/", {}, 401),
        ("/student", {"host": "evil.example"}, 403),
        ("/static/board.js", {"origin": "https://evil.example"}, 403),
    ],
)
async def test_an_open_path_needs_no_password(
    path: str, headers: dict[str, str], status: int
) -> None:
    """A student has a join code instead; everything else stays shut."""

    async def answer(_request: object) -> PlainTextResponse:
        return PlainTextResponse("inside", headers={"content-security-policy": "its own"})

    app = Starlette(routes=[Route("/{any:path}", answer)])
    access = Access.of("127.0.0.1", "open sesame")
    guarded = Guard(app, access, Unlocked(open_paths=frozenset({"/student", "/static/"})))
    transport = httpx.ASGITransport(guarded)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{OWN}") as http:
        response = await http.get(path, headers=headers)
    assert response.status_code == status
    is_own = response.headers["content-security-policy"] == "its own"
    assert is_own == (status == 200)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/", {}, 200),
        ("HEAD", "/", {}, 200),
        ("GET", "/", {"host": "demo.example"}, 200),  # the name that a proxy answers to
        ("GET", "/", {"host": "evil.example"}, 403),
        ("POST", "/api/lessons", {"origin": f"http://{OWN}"}, 200),
        ("POST", "/api/lessons", {"origin": "https://evil.example"}, 403),
        ("POST", "/api/lessons/a-b_c/stop", {}, 200),
        ("POST", "/api/lessons/a/b/stop", {}, 403),
        ("POST", "/api/lessons/a/stop/", {}, 403),
        ("POST", "/api/lessons/a%0Ab/stop", {}, 403),
        ("GET", "/api/lessons", {}, 403),
        ("PUT", "/api/lessons", {}, 403),
        ("OPTIONS", "/api/lessons", {}, 403),
        ("GET", "/a-route-of-tomorrow", {}, 403),
        ("GET", "/gradio_api/file=/etc/passwd", {}, 403),
        ("POST", "/gradio_api/queue/join", {}, 403),
        ("POST", "/signed", {}, 403),
        ("POST", "/api/lessons", {"content-length": "200001"}, 413),
        ("POST", "/api/lessons", {"content-length": "-1"}, 413),
        ("GET", "/", {"content-length": "1"}, 413),
        ("GET", "/", {"transfer-encoding": "chunked"}, 413),
    ],
)
async def test_public_mode_answers_what_is_listed_and_nothing_else(
    method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """A route that somebody adds is no way in, not even one that needs no password."""

    async def answer(_request: object) -> PlainTextResponse:
        return PlainTextResponse("inside")

    every = ["GET", "POST", "PUT", "OPTIONS"]
    app = Starlette(routes=[Route("/{any:path}", answer, methods=every)])
    access = Access.of("0.0.0.0", None, ("demo.example",))  # noqa: S104
    unlocked = Unlocked(frozenset({"/signed"}))
    guarded = Guard(app, access, unlocked, BodyBounds(200_000), is_public=True)
    transport = httpx.ASGITransport(guarded)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{OWN}") as http:
        response = await http.request(method, path, headers=headers)
    assert response.status_code == status
    assert "https://huggingface.co" in response.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("n_proxies", "kept"),
    [
        (0, {"forwarded", "x-forwarded-for"}),
        (1, {"forwarded", "x-forwarded-for", "x-forwarded-proto"}),
    ],
)
async def test_a_sender_does_not_say_where_the_server_is(n_proxies: int, kept: set[str]) -> None:
    """Gradio would link to it. Whom a proxy speaks for stays: the webhook's route looks for it."""
    sent = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-Proto": "https",
        "X-Gradio-Server": "http://evil.example",
        "X-Forwarded-For": "192.0.2.7",
        "Forwarded": "host=evil.example",
    }

    async def seen(request: Request) -> JSONResponse:
        return JSONResponse([name for name in sent if name in request.headers])

    app = Starlette(routes=[Route("/", seen)])
    guarded = Guard(app, Access.of("127.0.0.1", None, n_proxies=n_proxies))
    transport = httpx.ASGITransport(guarded)
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{OWN}") as http:
        response = await http.get("/", headers=sent)
    assert {name.lower() for name in response.json()} == kept


@pytest.mark.parametrize("headers", [{}, {"host": "evil.example"}])
async def test_every_response_carries_the_policy(headers: dict[str, str]) -> None:
    """Refusals are pages too."""
    async with client(Access.of("127.0.0.1", None)) as http:
        response = await http.get("/", headers=headers)
    assert response.headers["content-security-policy"] == CONTENT_SECURITY_POLICY
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("host", "password", "allowed"),
    [
        ("127.0.0.1", None, True),
        ("localhost", None, True),
        ("::1", None, True),
        ("127.0.0.2", None, True),
        ("0.0.0.0", "secret", True),  # noqa: S104
        ("192.0.2.7", "secret", True),
        ("0.0.0.0", None, False),  # noqa: S104
        ("::", None, False),
        ("192.0.2.7", None, False),
        ("workbench.example", None, False),
        ("0.0.0.0", "", False),  # noqa: S104
    ],
)
def test_an_address_that_others_reach_needs_a_password(
    host: str, password: str | None, allowed: bool
) -> None:
    """Without one the server would hand microphone and key to the whole network."""
    if allowed:
        check_address(host, password)
        return
    with pytest.raises(SettingsError, match="WORKBENCH_PASSWORD"):
        check_address(host, password)


def test_public_mode_is_for_others_and_asks_for_no_password() -> None:
    """On purpose: what visitors may do is bounded instead."""
    check_address("0.0.0.0", None, is_public=True)  # noqa: S104
