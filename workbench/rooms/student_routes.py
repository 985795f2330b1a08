"""The student's page: open to everybody, and of no use without a join code."""

import gzip
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import Field
from typing_extensions import TypedDict

from agent.errors import EnvironmentNotReady
from agent.strict import Strict
from evals.notation import browser_script
from workbench.rooms.join_codes import JoinCodes, UnknownCodeError
from workbench.shared.addresses import client_address
from workbench.shared.security.brake import Brake

PAGE = Path(__file__).parents[1] / "static" / "rooms" / "student.html"
LIVEKIT_CLIENT = (
    Path(__file__).parents[2]
    / "node_modules"
    / "livekit-client"
    / "dist"
    / "livekit-client.esm.mjs"
)
JOIN_PATH = "/student/join"
MAX_JOIN_BYTES = 1_000
MAX_WRONG_CODES = 50  # a class behind one address may bring as many used links
STUDENT_PATHS = frozenset(
    {"/student", JOIN_PATH, "/student/livekit-client.js", "/student/katex.js"}
)
JAVASCRIPT = "text/javascript"
FRESH = {"cache-control": "no-cache"}
COMPRESSED = {"content-encoding": "gzip"}  # every browser that runs the page takes it
NO_STORE = {"cache-control": "no-store"}
Code = Annotated[str, Field(max_length=100)]


class Join(Strict):
    code: Code


class JoinPass(TypedDict):
    """A LiveKit server, and what lets the student into one room of it."""

    url: str
    token: str


def student_routes(codes: JoinCodes, brake: Brake, n_proxies: int) -> APIRouter:
    """The page, its parts from elsewhere, and the exchange of a code for a token."""
    routes = APIRouter(prefix="/student")

    @routes.get("")
    def page(request: Request, code: Annotated[str, Query(max_length=100)] = "") -> Response:
        address = client_address(request.scope, n_proxies)
        brake.check(address)
        if not LIVEKIT_CLIENT.is_file():
            raise EnvironmentNotReady(
                "The student's page lacks livekit-client. Run `make run`, or `npm ci` beside "
                "package-lock.json."
            )
        server = codes.server_of(code)
        if code and server is None:
            brake.wrong(address, code.encode())
        policy = {"content-security-policy": content_security_policy(server)}
        return FileResponse(PAGE, headers=FRESH | policy)

    @routes.post("/join")
    def join(body: Join, request: Request) -> JSONResponse:
        address = client_address(request.scope, n_proxies)
        brake.check(address)
        try:
            entry = codes.trade(body.code)
        except UnknownCodeError:
            brake.wrong(address, body.code.encode())
            raise
        found: JoinPass = {"url": entry.url, "token": entry.token}
        return JSONResponse(found, headers=NO_STORE)

    @routes.get("/livekit-client.js")
    def livekit_client() -> Response:
        return Response(_livekit_client(), media_type=JAVASCRIPT, headers=FRESH | COMPRESSED)

    @routes.get("/katex.js")
    def katex() -> Response:
        return Response(_katex(), media_type=JAVASCRIPT, headers=FRESH | COMPRESSED)

    return routes


@cache
def _livekit_client() -> bytes:
    """Compressed: a fifth of its size over a telephone's network."""
    return gzip.compress(LIVEKIT_CLIENT.read_bytes())


@cache
def _katex() -> bytes:
    return gzip.compress(browser_script().encode())


def content_security_policy(server: str | None) -> str:
    """Everything from this workbench, connections also to the LiveKit server; nothing else."""
    addresses = " ".join(("'self'", *(livekit_addresses(server) if server else ())))
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "media-src 'self' blob:",
            f"connect-src {addresses}",
            "frame-ancestors 'self'",
            "form-action 'self'",
            "base-uri 'none'",
        )
    )


def livekit_addresses(server: str) -> list[str]:
    """Where a client of that server connects: LiveKit Cloud names others of its own."""
    parts = urlsplit(server)
    web = "https" if parts.scheme == "wss" else "http"
    addresses = [f"{parts.scheme}://{parts.netloc}", f"{web}://{parts.netloc}"]
    if (parts.hostname or "").endswith(".livekit.cloud"):
        addresses += ["wss://*.livekit.cloud", "https://*.livekit.cloud"]
    return addresses
