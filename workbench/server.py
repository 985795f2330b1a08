"""The workbench's one server: own routes first, Gradio mounted last."""

import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator, Sequence
from functools import partial
from itertools import chain
from typing import cast

import uvicorn
from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from agent.errors import EnvironmentNotReady
from agent.home import open_home
from agent.service.certificate import certificate_of
from agent.settings import LogLevel, Settings
from agent.tasks import beside
from agent.tutor.endpoint import EmbeddedEngine
from evals.dataset.catalogue import SHIPPED_DATASETS, dataset_folders
from evals.notation import Katex, Prover
from workbench import page
from workbench.about_routes import about_routes
from workbench.error_answers import answer_errors
from workbench.live.lessons import OpenToAll
from workbench.live.websocket import MAX_MESSAGE_BYTES
from workbench.public.demo import Demo, demo_settings
from workbench.public.routes import visit_part
from workbench.recording_routes import recording_routes
from workbench.runs.evaluations import Evaluations
from workbench.shared.engine import Engine
from workbench.shared.parts import Part, Shared
from workbench.shared.recordings import Recordings
from workbench.shared.security import Access, Guard, check_address
from workbench.shared.typesetting import Typesetter
from workbench.tabs import TABS, Workbench

STATIC_PATH = "/workbench"
GRACE_SEC = 3


class Modules(StaticFiles):
    """Static files that a browser asks for again: an upgraded page must not keep old parts."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


def create_app(settings: Settings, embedded: EmbeddedEngine) -> FastAPI:
    """The whole application; the engine starts with its lifespan."""
    open_home(settings.workbench_home)
    os.environ["GRADIO_TEMP_DIR"] = str(settings.workbench_home / "gradio")  # Gradio's only way
    workbench = _workbench(settings, embedded)
    parts = _parts(workbench)
    app = FastAPI(
        lifespan=partial(_lifespan, workbench.shared, parts),
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    _guard(app, settings, parts)
    answer_errors(app, hides_paths=settings.workbench_public)
    for router in chain.from_iterable(part.routes for part in parts):
        app.include_router(router)
    app.state.parts = parts
    app.mount(STATIC_PATH, Modules(directory=page.STATIC))
    return page.mount(app, workbench)


def _workbench(settings: Settings, embedded: EmbeddedEngine) -> Workbench:
    is_public, katex = settings.workbench_public, Katex()
    shared = Shared(
        settings,
        Engine(demo_settings(settings) if is_public else settings, embedded),
        Recordings((SHIPPED_DATASETS,) if is_public else dataset_folders(settings.workbench_home)),
        katex,
        Prover(),
        Typesetter(katex),
    )
    opening = Demo(shared) if is_public else OpenToAll(shared)
    return Workbench(shared, Evaluations(shared), opening)


def _parts(workbench: Workbench) -> list[Part]:
    """The tabs', and those of no tab."""
    shared, opening = workbench.shared, workbench.opening
    parts = [tab.part(workbench) for tab in TABS if tab.part is not None]
    parts.append(Part((about_routes(shared, opening.lessons), recording_routes(shared.recordings))))
    if isinstance(opening, Demo):
        parts.append(visit_part(shared, opening))
    return parts


@contextlib.asynccontextmanager
async def _lifespan(shared: Shared, parts: Sequence[Part], _: FastAPI) -> AsyncIterator[None]:
    with shared.katex, shared.prover:
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(beside(shared.engine.run()))
            for part in parts:
                await stack.enter_async_context(part.lifespan())
            yield
            await _hang_up(parts)


async def _hang_up(parts: Sequence[Part]) -> None:
    for part in parts:
        await part.hang_up()


def _guard(app: FastAPI, settings: Settings, parts: Sequence[Part]) -> None:
    password = settings.workbench_password
    app.add_middleware(
        Guard,
        access=Access.of(
            settings.workbench_host,
            password.get_secret_value() if password is not None else None,
            settings.allowed_hosts,
        ),
        signed_paths=frozenset().union(*(part.signed_paths for part in parts)),
        # A student has a code, not the password.
        open_paths=frozenset({f"{STATIC_PATH}/"}).union(*(part.open_paths for part in parts)),
        is_public=settings.workbench_public,
    )


def serve(settings: Settings, embedded: EmbeddedEngine) -> None:
    """Serve until interrupted.

    Raises SettingsError for an address that needs a password and for a certificate that is
    none, EnvironmentNotReady for an address that can't be listened on.
    """
    host, password = settings.workbench_host, settings.workbench_password
    check_address(
        host,
        password.get_secret_value() if password else None,
        is_public=settings.workbench_public,
    )
    certificate = certificate_of(settings)
    _set_up_logging(settings.log_level)
    listener = _listen(host, settings.workbench_port)
    config = uvicorn.Config(
        create_app(settings, embedded),
        log_config=None,
        access_log=False,  # the addresses of lessons are secrets
        ws_max_size=MAX_MESSAGE_BYTES,
        ws_per_message_deflate=False,  # sound hardly gets smaller
        timeout_graceful_shutdown=GRACE_SEC,
        ssl_certfile=certificate.chain if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
    )
    scheme = "https" if certificate else "http"
    address = f"[{host}]" if ":" in host else host
    print(f"The workbench is at {scheme}://{address}:{listener.getsockname()[1]}", flush=True)  # noqa: T201
    with contextlib.suppress(KeyboardInterrupt):  # Ctrl-C is how one ends it
        Server(config).run(sockets=[listener])


class Server(uvicorn.Server):
    """Ends the lessons and hangs up before uvicorn waits for event streams to close.

    Gradio's page holds a heartbeat open for as long as it is shown.
    """

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        app = cast(FastAPI, self.config.app)
        await _hang_up(app.state.parts)
        for connection in list(self.server_state.connections):
            connection.transport.close()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise EnvironmentNotReady(
            f"The workbench can't listen on {host}:{port} ({error.strerror}). Stop what listens "
            "there, or set WORKBENCH_PORT (0 takes any free port)."
        ) from error


def _set_up_logging(level: LogLevel) -> None:
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")
    if level != "DEBUG":
        for name in ("aioice", "aiortc", "httpx", "mcp", "uvicorn"):
            logging.getLogger(name).setLevel(logging.WARNING)
        # It logs tracebacks for what the page says in a sentence.
        logging.getLogger("livekit").setLevel(logging.CRITICAL)
