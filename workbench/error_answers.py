"""What goes wrong in a request, as the page shows it."""

import logging
from typing import cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from agent.errors import DeliveryError, EnvironmentNotReady, SpokenMathsError
from agent.storable import storable
from workbench.datasets.opened import NoSuchDatasetError, ReadOnlyDatasetError
from workbench.rooms.join_codes import UnknownCodeError
from workbench.shared.places import MustWaitError, NoPlaceLeftError, NotHereError
from workbench.shared.security import HEADERS
from workbench.shared.wording import without_paths

STATUSES = {
    EnvironmentNotReady: 503,
    DeliveryError: 503,
    NoPlaceLeftError: 503,
    NotHereError: 404,
    UnknownCodeError: 404,
    NoSuchDatasetError: 404,
    ReadOnlyDatasetError: 403,
}

log = logging.getLogger(__name__)


def answer_errors(app: FastAPI, *, hides_paths: bool) -> None:
    """One sentence for whatever goes wrong; never a traceback."""

    async def known(_: Request, error: Exception) -> Response:
        status = next((status for kind, status in STATUSES.items() if isinstance(error, kind)), 400)
        message = without_paths(str(error)) if hides_paths else str(error)
        line = {"line": error.line} if isinstance(error, MustWaitError) else {}
        return JSONResponse({"message": storable(message)} | line, status)

    async def invalid(_: Request, error: Exception) -> Response:
        first = cast(RequestValidationError, error).errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        return JSONResponse({"message": storable(f"{where}: {first['msg']}")}, 422)

    async def refused(_: Request, error: Exception) -> Response:
        found = cast(HTTPException, error)
        return JSONResponse({"message": found.detail}, found.status_code, found.headers)

    async def unknown(_: Request, error: Exception) -> Response:
        log.error("a request failed", exc_info=error)
        message = "Something went wrong on the server; its terminal says what."
        return JSONResponse({"message": message}, 500, HEADERS)

    app.add_exception_handler(SpokenMathsError, known)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(Exception, unknown)
