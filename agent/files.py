"""Files that are written whole or not at all."""

import contextlib
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from agent.errors import EnvironmentNotReady

Content = str | bytes | Iterable[str]


def replace_file(path: Path, content: Content) -> None:
    """Write a file, over an earlier one; EnvironmentNotReady when the disk won't take it.

    Text may come in pieces.
    """
    with _written(path, f"{path.name}.new", content) as scratch:
        scratch.replace(path)


def write_new_file(path: Path, content: Content) -> bool:
    """Whether the file is new: of many who write it at once, one does. Raises as `replace_file`."""
    with _written(path, f".{path.name}.{secrets.token_hex(4)}.new", content) as scratch:
        try:
            path.hardlink_to(scratch)
        except FileExistsError:
            return False
    return True


def unwritable(path: Path, error: OSError) -> str:
    """One sentence for a file or folder that the disk will not take."""
    return f"{path}: can't be written ({error.strerror}). Make room, or choose another folder."


@contextlib.contextmanager
def _written(path: Path, scratch_name: str, content: Content) -> Iterator[Path]:
    """The content in a file beside `path`, gone afterwards."""
    scratch = path.with_name(scratch_name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            scratch.write_bytes(content)
        else:
            with scratch.open("w", encoding="utf-8") as file:
                file.writelines([content] if isinstance(content, str) else content)
        yield scratch
    except OSError as error:
        raise EnvironmentNotReady(unwritable(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink()
