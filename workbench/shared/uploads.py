"""What a visitor sends as a file: onto the disk while it comes, and never more than allowed."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Request

from agent.errors import EnvironmentNotReady, SpokenMathsError
from agent.files import make_folder

MAX_UPLOAD_BYTES = 400_000_000


class TooLargeError(SpokenMathsError):
    """More was sent than is taken."""


def too_large(most_bytes: int) -> TooLargeError:
    return TooLargeError(
        f"That is more than {most_bytes / 1_000_000:g} MB, the most that the page takes; send it "
        "in parts, or use `python -m evals dataset import` on this machine."
    )


async def read_body(request: Request, most_bytes: int) -> bytes:
    """The whole body; TooLargeError while reading, as soon as there is more."""
    parts: list[bytes] = []
    async for part in _parts(request, most_bytes):
        parts.append(part)
    return b"".join(parts)


@asynccontextmanager
async def received_file(request: Request, folder: Path, most_bytes: int) -> AsyncIterator[Path]:
    """The body as a file in `folder` for as long as the block; TooLargeError as for `read_body`.

    EnvironmentNotReady when the disk won't take it.
    """
    with new_file(folder) as file:
        try:
            async for part in _parts(request, most_bytes):
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


async def _parts(request: Request, most_bytes: int) -> AsyncIterator[bytes]:
    if int(request.headers.get("content-length") or 0) > most_bytes:
        raise too_large(most_bytes)
    n_bytes = 0
    async for part in request.stream():
        n_bytes += len(part)
        if n_bytes > most_bytes:
            raise too_large(most_bytes)
        yield part
