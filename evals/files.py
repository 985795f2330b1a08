"""Files that are written whole or not at all, and the version of the code that reads them."""

import contextlib
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import agent
from agent.errors import EnvironmentNotReady


def replace_file(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file whole or not at all; EnvironmentNotReady when the disk won't take it.

    Text may come in pieces.
    """
    scratch = path.with_name(f"{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            scratch.write_bytes(content)
        else:
            with scratch.open("w", encoding="utf-8") as file:
                file.writelines([content] if isinstance(content, str) else content)
        scratch.replace(path)
    except OSError as error:
        raise EnvironmentNotReady(unwritable(path, error)) from error
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink()


def unwritable(path: Path, error: OSError) -> str:
    """One sentence for a file or folder that the disk will not take."""
    return f"{path}: can't be written ({error.strerror}). Make room, or choose another folder."


@lru_cache(maxsize=1)
def code_hash() -> str:
    """A version that nobody can forget to raise."""
    found = hashlib.sha256()
    for package in (Path(str(agent.__file__)).parent, Path(__file__).parent):
        for path in sorted(package.rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()
