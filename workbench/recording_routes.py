"""Recordings of the datasets, to be played on the page."""

from fastapi import APIRouter
from fastapi.responses import FileResponse, JSONResponse, Response

from agent.audio import AUDIO_TYPES
from workbench.shared.recordings import Recordings


def recording_routes(recordings: Recordings) -> APIRouter:
    routes = APIRouter()

    @routes.get("/recordings/{dataset}/{file_name:path}")
    def recording(dataset: str, file_name: str) -> Response:
        path = recordings.find(dataset, file_name)
        if path is None:
            return JSONResponse({"message": "No dataset holds that recording."}, 404)
        return FileResponse(path, media_type=AUDIO_TYPES[path.suffix])

    return routes
