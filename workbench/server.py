"""The workbench's one server: own routes first, Gradio mounted last."""

import asyncio
import contextlib
import logging
import os
import socket
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import cast

import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from agent.delivery import Receiver, delivering
from agent.errors import DeliveryError, EnvironmentNotReady, SpokenMathsError
from agent.service.certificate import certificate_of
from agent.service.guard import guarding
from agent.settings import LogLevel, Settings
from agent.tutor.endpoint import EmbeddedEngine
from evals.dataset.catalogue import SHIPPED_DATASETS, dataset_folders
from evals.notation import Katex, Prover
from workbench import page
from workbench.about_routes import about_routes
from workbench.datasets.opened import NoSuchDatasetError, ReadOnlyDatasetError
from workbench.datasets.routes import dataset_tab_routes
from workbench.live.lessons import Lessons, OpenToAll
from workbench.live.routes import lesson_routes
from workbench.live.websocket import MAX_MESSAGE_BYTES
from workbench.programs.endpoints import offer_endpoints
from workbench.prompts.routes import prompt_tab_routes
from workbench.public.demo import Demo, DemoLessons, demo_settings
from workbench.public.routes import visit_routes
from workbench.recording_routes import recording_routes
from workbench.rooms.join_codes import JoinCodes, UnknownCodeError
from workbench.rooms.livekit_routes import livekit_routes
from workbench.rooms.student_routes import STUDENT_PATHS, student_routes
from workbench.rooms.transcript_routes import room_routes
from workbench.rooms.visits import Visits
from workbench.rooms.webhook_routes import PATH as TRANSCRIPTION_PATH
from workbench.rooms.webhook_routes import transcription_routes
from workbench.runs.evaluations import Evaluations
from workbench.runs.routes import run_routes
from workbench.shared.engine import Engine
from workbench.shared.places import NoPlaceLeftError, NotHereError
from workbench.shared.recordings import Recordings
from workbench.shared.security import HEADERS, Access, Guard, check_address
from workbench.shared.typesetting import Typesetter
from workbench.shared.uploads import TooLargeError
from workbench.shared.wording import without_paths

STATIC = Path(__file__).parent / "static"
OPEN_PATHS = STUDENT_PATHS | {"/workbench/"}  # a student has a code, not the password
GRACE_SEC = 3

log = logging.getLogger(__name__)


class Modules(StaticFiles):
    """Static files that a browser asks for again: an upgraded page must not keep old parts."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


def create_app(settings: Settings, embedded: EmbeddedEngine) -> FastAPI:
    """The whole application; the engine starts with its lifespan."""
    os.environ["GRADIO_TEMP_DIR"] = str(settings.workbench_home / "gradio")  # Gradio's only way
    is_public = settings.workbench_public
    engine = Engine(demo_settings(settings) if is_public else settings, embedded)
    lessons = DemoLessons() if is_public else Lessons()
    visits, codes = Visits(), JoinCodes()
    katex, prover = Katex(), Prover()
    home = settings.workbench_home
    recordings = Recordings((SHIPPED_DATASETS,) if is_public else dataset_folders(home))
    typeset = Typesetter(katex)
    demo = Demo(settings, engine, lessons, typeset) if isinstance(lessons, DemoLessons) else None

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(katex)
            stack.enter_context(prover)
            if demo is not None:
                await stack.enter_async_context(demo.open())
            else:
                await stack.enter_async_context(delivering(home, Receiver.of(settings)))
                await stack.enter_async_context(guarding(settings))
            running = asyncio.create_task(engine.run())
            yield
            await evaluations.jobs.aclose()
            await lessons.end_all()
            await visits.end_all()
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    password = settings.workbench_password
    access = Access.of(
        settings.workbench_host,
        password.get_secret_value() if password is not None else None,
        settings.allowed_hosts,
    )
    signed = frozenset({TRANSCRIPTION_PATH} if settings.webhook_secret else ())
    app.add_middleware(
        Guard, access=access, signed_paths=signed, open_paths=OPEN_PATHS, is_public=is_public
    )
    _answer_errors(app, hides_paths=is_public)
    app.include_router(about_routes(settings, engine, recordings, lessons))
    app.include_router(recording_routes(recordings))
    evaluations = Evaluations(settings, engine, recordings, katex)
    opening = demo or OpenToAll(lessons, engine, typeset, home / "datasets")
    app.include_router(lesson_routes(settings, lessons, opening))
    if demo is not None:
        app.include_router(visit_routes(settings, demo, recordings, katex, typeset))
    app.include_router(dataset_tab_routes(settings, recordings, katex, typeset))
    app.include_router(run_routes(evaluations, recordings, typeset))
    app.include_router(prompt_tab_routes(settings, engine, evaluations, recordings, katex, typeset))
    app.include_router(transcription_routes(settings))
    app.include_router(room_routes(settings.workbench_home, typeset))
    app.include_router(livekit_routes(settings, engine, visits, codes, typeset))
    app.include_router(student_routes(STATIC, codes))
    app.state.lessons = lessons
    app.state.visits = visits
    app.mount("/workbench", Modules(directory=STATIC))
    return page.mount(
        app,
        settings,
        evaluations,
        recordings,
        partial(offer_endpoints, settings, engine, evaluations, recordings, katex, prover),
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
        await app.state.lessons.end_all()
        await app.state.visits.end_all()
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


def _answer_errors(app: FastAPI, *, hides_paths: bool) -> None:
    """One sentence for whatever goes wrong; never a traceback."""

    async def known(_: Request, error: Exception) -> Response:
        statuses = (
            (EnvironmentNotReady, 503),
            (DeliveryError, 503),
            (NoPlaceLeftError, 503),
            (NotHereError, 404),
            (UnknownCodeError, 404),
            (NoSuchDatasetError, 404),
            (ReadOnlyDatasetError, 403),
            (TooLargeError, 413),
        )
        status = next((status for kind, status in statuses if isinstance(error, kind)), 400)
        message = without_paths(str(error)) if hides_paths else str(error)
        return JSONResponse({"message": message}, status)

    async def invalid(_: Request, error: Exception) -> Response:
        first = cast(RequestValidationError, error).errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return JSONResponse({"message": f"{where}: {first['msg']}"}, 422)

    async def refused(_: Request, error: Exception) -> Response:
        found = cast(HTTPException, error)
        return JSONResponse({"message": found.detail}, found.status_code)

    async def unknown(_: Request, error: Exception) -> Response:
        log.error("a request failed", exc_info=error)
        message = "Something went wrong on the server; its terminal says what."
        return JSONResponse({"message": message}, 500, HEADERS)

    app.add_exception_handler(SpokenMathsError, known)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unknown)
