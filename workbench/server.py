"""The workbench as one application: own routes first, Gradio mounted last."""

import contextlib
from collections import ChainMap
from collections.abc import AsyncIterator, Sequence
from functools import partial
from itertools import chain
from tempfile import TemporaryDirectory

from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.types import Scope

from agent.home import open_home
from agent.settings import Settings
from agent.tasks import beside
from agent.tutor.endpoint import EmbeddedEngine
from evals.dataset.catalogue import SHIPPED_DATASETS, dataset_folders
from evals.notation import Katex, Prover
from workbench import page
from workbench.about_routes import about_routes
from workbench.error_answers import answer_errors
from workbench.live.lessons import OpenToAll
from workbench.programs.clips import MAX_CALL_BYTES
from workbench.public.demo import Demo, demo_settings
from workbench.public.routes import visit_part
from workbench.recording_routes import recording_routes
from workbench.runs.evaluations import Evaluations
from workbench.shared.engine import Engine
from workbench.shared.parts import Part, Shared
from workbench.shared.recordings import Recordings
from workbench.shared.security import (
    CALLS,
    MAX_PUBLIC_BODY_BYTES,
    Access,
    BodyBounds,
    Guard,
    Unlocked,
)
from workbench.shared.typesetting import Typesetter
from workbench.tabs import TABS, Workbench

STATIC_PATH = "/workbench"


class Modules(StaticFiles):
    """Static files that a browser asks for again: an upgraded page must not keep old parts."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "no-cache"
        return response


def create_app(settings: Settings, embedded: EmbeddedEngine) -> FastAPI:
    """The whole application; the engine starts with its lifespan."""
    open_home(settings.workbench_home)
    folder = page.gradio_folder()
    workbench = _workbench(settings, embedded)
    parts = _parts(workbench)
    app = FastAPI(
        lifespan=partial(_lifespan, workbench.shared, parts, folder),
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
async def _lifespan(
    shared: Shared, parts: Sequence[Part], folder: TemporaryDirectory[str], _: FastAPI
) -> AsyncIterator[None]:
    with folder, shared.katex, shared.prover:
        async with contextlib.AsyncExitStack() as stack:
            await stack.enter_async_context(beside(shared.engine.run()))
            for part in parts:
                await stack.enter_async_context(part.lifespan())
            yield
            await hang_up(parts)


async def hang_up(parts: Sequence[Part]) -> None:
    """End what pages follow for as long as they are open."""
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
            settings.n_proxies,
        ),
        unlocked=Unlocked(
            frozenset().union(*(part.signed_paths for part in parts)),
            # A student has a code, not the password.
            frozenset({f"{STATIC_PATH}/"}).union(*(part.open_paths for part in parts)),
        ),
        bodies=_bodies(parts, is_public=settings.workbench_public),
        is_public=settings.workbench_public,
    )


def _bodies(parts: Sequence[Part], *, is_public: bool) -> BodyBounds:
    if is_public:
        return BodyBounds(MAX_PUBLIC_BODY_BYTES)
    own = ChainMap(*(dict(part.bodies) for part in parts), {CALLS: MAX_CALL_BYTES})
    return BodyBounds(own=own)
