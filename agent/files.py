"""Files that are written whole or not at all, and read only where they are plain files.

A new file or folder is as private as the folder that it comes into: below WORKBENCH_HOME
nobody else may read it, and where a user chose the place the user's own mask decides.
"""

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from agent.errors import EnvironmentNotReady

Content = str | bytes | Iterable[str]


def replace_file(path: Path, content: Content, *, below: Path | None = None) -> None:
    """Write a file, over an earlier one; EnvironmentNotReady when the disk won't take it.

    Text may come in pieces. With `below`, no link may lead from that folder to the file's.
    """
    if below is not None:
        _check_no_link(path, below)
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


def open_file(path: Path, *, below: Path | None = None) -> BinaryIO:
    """A plain file open for reading; OSError for any other kind.

    Never waits: a pipe or a device is refused unread. With `below`, whatever leads from that
    folder to the file must be no link either.
    """
    file = os.fdopen(_opened(path, below), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "it is no plain file")
    return file


def read_file(path: Path, most_bytes: int, *, below: Path | None = None) -> bytes:
    """A plain file's content; OSError as `open_file`, and for more than `most_bytes`."""
    with open_file(path, below=below) as file:
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise OSError(errno.EFBIG, f"it has more than {most_bytes / 1_000_000:g} MB")
    return content


def read_text(path: Path, most_bytes: int, *, below: Path | None = None) -> str:
    """A plain file's content as UTF-8; OSError as `read_file`, and for any other encoding."""
    try:
        return read_file(path, most_bytes, below=below).decode()
    except UnicodeDecodeError as error:
        raise OSError(errno.EILSEQ, "it is no UTF-8") from error


def _opened(path: Path, below: Path | None) -> int:
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
    if below is None:
        return os.open(path, flags)
    *folders, name = path.relative_to(below).parts
    if ".." in folders:
        raise OSError(errno.EINVAL, "it leads out of its folder")
    at = os.open(below, flags | os.O_DIRECTORY)
    try:
        for folder in folders:
            inner = os.open(folder, flags | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=at)
            os.close(at)
            at = inner
        return os.open(name, flags | os.O_NOFOLLOW, dir_fd=at)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR):
            raise OSError(errno.ELOOP, "a link leads there; put the file itself there") from None
        raise
    finally:
        os.close(at)


def unwritable(path: Path, error: OSError) -> str:
    """One sentence for a file or folder that the disk will not take."""
    return f"{path}: can't be written ({error.strerror}). Make room, or choose another folder."


def make_folder(folder: Path) -> None:
    """Make a folder and those that lead to it; FileExistsError when something else is there."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(0o777 if _is_shared(folder.parent) else 0o700, exist_ok=True)


def open_new(path: Path) -> TextIO:
    """A file to write that was not there; FileExistsError otherwise."""
    return os.fdopen(_created(path, os.O_WRONLY | os.O_EXCL), "w", encoding="utf-8")


def append_to(path: Path) -> TextIO:
    """A plain file open for reading and appending, new where there is none; OSError otherwise."""
    number = _created(path, os.O_RDWR | os.O_APPEND)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.EINVAL, "it is no plain file")
    return os.fdopen(number, "a+", encoding="utf-8")


def _check_no_link(path: Path, below: Path) -> None:
    for folder in path.relative_to(below).parents:
        if (below / folder).is_symlink() and folder != Path():
            raise EnvironmentNotReady(f"{below / folder} is a link; put the folder itself there.")


@contextlib.contextmanager
def _written(path: Path, scratch_name: str, content: Content) -> Iterator[Path]:
    """The content in a file beside `path`, gone afterwards."""
    scratch = path.with_name(scratch_name)
    try:
        make_folder(path.parent)
        with os.fdopen(_created(scratch, os.O_WRONLY | os.O_TRUNC), "wb") as file:
            pieces = [content] if isinstance(content, str | bytes) else content
            file.writelines(each.encode() if isinstance(each, str) else each for each in pieces)
        yield scratch
    except OSError as error:
        raise EnvironmentNotReady(unwritable(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink()


def _created(path: Path, flags: int) -> int:
    """A descriptor; a link is not followed, and a pipe without a reader is not waited for."""
    flags |= os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    return os.open(path, flags, 0o666 if _is_shared(path.parent) else 0o600)


def _is_shared(folder: Path) -> bool:
    return bool(folder.stat().st_mode & 0o077)
