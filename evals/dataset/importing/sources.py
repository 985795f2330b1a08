"""Files of a folder or archive from outside, by name, with bounds on all of it.

Nothing is unpacked: one file at a time is read into memory, and its name is only ever looked
up, never written to.
"""

import gzip
import lzma
import os
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Protocol

from agent.audio import MAX_FILE_BYTES
from agent.errors import DatasetError
from agent.files import read_file

MAX_FILES = 20_000
MAX_TOTAL_BYTES = 4_000_000_000
MAX_RATIO = 50  # of what is unpacked to what came; sound hardly shrinks
FREE_BYTES = 20_000_000  # so much may shrink as it likes: tables and silence do
MAX_NAME_CHARS = 500
ZIP_TAIL_BYTES = 66_000
MAX_DIRECTORY_BYTES = 16_000_000  # of a zip's list of names
UNREADABLE = (  # what zipfile and its decompressors raise, NotImplementedError for others
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
)


class Source(Protocol):
    """Files by name, with "/" between folders."""

    def names(self) -> list[str]:
        """Every file's name."""

    def read(self, name: str) -> bytes:
        """A listed file's content; DatasetError when it is too large or broken."""


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """The files at `path`: a folder, a zip, or a tar, packed with gzip or not.

    DatasetError in a sentence for anything else, and for names that lead out, links, and
    archives that would unpack to more than is allowed.
    """
    if path.is_dir():
        yield _Folder(path)
    elif not path.is_file():
        raise DatasetError(f"{path} is not there; expected a folder, a table or an archive.")
    elif zipfile.is_zipfile(path):
        with _opened_zip(path) as archive:
            yield archive
    else:
        with _opened_tar(path) as tar:
            yield tar


class _Folder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names = list(self._walk())
        _check_totals(
            [(folder / name).stat().st_size for name in self._names], None, len(self._names)
        )

    def names(self) -> list[str]:
        return self._names

    def read(self, name: str) -> bytes:
        try:
            return read_file(self._folder / name, MAX_FILE_BYTES, below=self._folder)
        except OSError as error:
            raise DatasetError(f"{name} can't be read: {error.strerror}.") from error

    def _walk(self) -> Iterator[str]:
        n_files = 0
        for place, _, files in os.walk(self._folder):
            for file_name in sorted(files):
                path = Path(place) / file_name
                name = path.relative_to(self._folder).as_posix()
                n_files += 1
                _check_count(n_files)
                if path.is_symlink():
                    raise DatasetError(f"{name} is a link; put the file itself there.")
                yield name


class _Zip:
    def __init__(self, archive: zipfile.ZipFile, n_packed: int) -> None:
        self._archive = archive
        infos = [info for info in archive.infolist() if not info.is_dir()]
        for info in infos:
            _check_name(info.filename)
            if stat.S_ISLNK(info.external_attr >> 16):
                raise DatasetError(f"{info.filename} is a link; put the file itself there.")
            if info.flag_bits & 1:
                raise DatasetError("The zip asks for a password; pack it again without one.")
        _check_totals([info.file_size for info in infos], n_packed, len(infos))
        self._infos = {info.filename: info for info in infos}

    def names(self) -> list[str]:
        return list(self._infos)

    def read(self, name: str) -> bytes:
        try:
            with self._archive.open(self._infos[name]) as file:
                return _read_bounded(file, name)
        except UNREADABLE as error:
            raise DatasetError(f"{name} in the zip is broken; pack it again.") from error


@contextmanager
def _opened_zip(path: Path) -> Iterator[_Zip]:
    with path.open("rb") as file:
        file.seek(-min(ZIP_TAIL_BYTES, path.stat().st_size), os.SEEK_END)
        tail = file.read()
    end = tail[tail.rfind(b"PK\5\6") :]
    if b"PK\6\7" in tail or int.from_bytes(end[12:16], "little") > MAX_DIRECTORY_BYTES:
        raise DatasetError(f"The zip lists too many files; at most {MAX_FILES:,} are taken.")
    try:
        with zipfile.ZipFile(path) as archive:
            yield _Zip(archive, path.stat().st_size)
    except zipfile.BadZipFile as error:
        raise DatasetError("The zip is broken; pack it again.") from error


class _Tar:
    def __init__(self, archive: tarfile.TarFile) -> None:
        self._archive = archive
        self._members: dict[str, tarfile.TarInfo] = {}
        for member in archive:
            _check_count(len(self._members) + 1)
            _check_name(member.name)
            if member.isdir():
                continue
            if not member.isreg() or member.issparse():
                raise DatasetError(f"{member.name} is no plain file; put the file itself there.")
            self._members[member.name.removeprefix("./")] = member
        sizes = [member.size for member in self._members.values()]
        _check_totals(sizes, None, len(sizes))

    def names(self) -> list[str]:
        return list(self._members)

    def read(self, name: str) -> bytes:
        file = self._archive.extractfile(self._members[name])
        if file is None:
            raise DatasetError(f"{name} in the archive is broken; pack it again.")
        return _read_bounded(file, name)


@contextmanager
def _opened_tar(path: Path) -> Iterator[_Tar]:
    with TemporaryFile(dir=path.parent) as plain, path.open("rb") as packed:
        if packed.read(2) == b"\x1f\x8b":
            packed.seek(0)
            _unpack(packed, plain, path.stat().st_size)
            plain.seek(0)
            source: IO[bytes] = plain
        else:
            packed.seek(0)
            source = packed
        try:
            with tarfile.open(fileobj=source, mode="r:") as archive:
                yield _Tar(archive)
        except (tarfile.TarError, UnicodeError, ValueError, MemoryError) as error:
            raise DatasetError(
                f"{path.name} can't be read; expected a zip, a tar.gz, or a CSV with its recordings."
            ) from error


def _unpack(packed: IO[bytes], plain: IO[bytes], n_packed: int) -> None:
    most = min(MAX_TOTAL_BYTES, max(FREE_BYTES, MAX_RATIO * n_packed))
    try:
        with gzip.GzipFile(fileobj=packed) as stream:
            while piece := stream.read(1 << 20):
                most -= len(piece)
                if most < 0:
                    raise DatasetError(_BOMB)
                plain.write(piece)
    except (OSError, EOFError) as error:
        raise DatasetError("The archive is broken; pack it again.") from error


_BOMB = "The archive would unpack to far more than recordings do; nothing of it was kept."


def _read_bounded(file: IO[bytes], name: str) -> bytes:
    content = file.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise DatasetError(
            f"{name} has more than {MAX_FILE_BYTES // 1_000_000} MB; cut it into utterances."
        )
    return content


def _check_count(n_files: int) -> None:
    if n_files > MAX_FILES:
        raise DatasetError(f"Expected at most {MAX_FILES:,} files; import it in parts.")


def _check_totals(sizes: list[int], n_packed: int | None, n_files: int) -> None:
    _check_count(n_files)
    total = sum(sizes)
    if total > MAX_TOTAL_BYTES:
        raise DatasetError(
            f"Expected at most {MAX_TOTAL_BYTES // 1_000_000_000} GB, got "
            f"{total / 1_000_000_000:.1f}; import it in parts."
        )
    if n_packed is not None and total > max(FREE_BYTES, MAX_RATIO * n_packed):
        raise DatasetError(_BOMB)


def _check_name(name: str) -> None:
    parts = PurePosixPath(name).parts
    leads_out = name.startswith("/") or ".." in parts or "\\" in name or ":" in name[:2]
    if leads_out or "\0" in name or len(name) > MAX_NAME_CHARS:
        raise DatasetError(
            f"{name[:100]!r} leads out of the archive, or is no file's name; nothing of it was kept."
        )
