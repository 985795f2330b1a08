"""What a visitor sends as a file: onto the disk while it comes."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Request

from agent.errors import EnvironmentNotReady
from agent.files import make_folder


@asynccontextmanager
async def received_file(request: Request, folder: Path) -> AsyncIterator[Path]:
    """The body as a file in `folder` for as long as the block.

    The guard bounds it. EnvironmentNotReady when the disk won't take it.
    """
    with new_file(folder) as file:
        try:
            async for part in request.stream():
                file.write(part)
            file.flush()
        except OSError as error:
            raise EnvironmentNotReady(
                f"The upload can't be kept ({error.strerror}). Make room, then try again."
            ) from error
        yield Path(file.name)


def new_file(folder: Path) -> "tempfile._TemporaryFileWrapper[bytes]":
    """An open file in `folder`, gone when it is closed."""
    make_folder(folder)
    return tempfile.NamedTemporaryFile(dir=folder, prefix="upload-")
