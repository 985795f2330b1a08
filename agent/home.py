"""WORKBENCH_HOME: voices of students lie there, so it is its owner's alone."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from agent.errors import EnvironmentNotReady, SettingsError
from agent.files import make_folder, unwritable

OTHERS = 0o077
# What this project puts there; a home that is more than that keeps the rest as it is.
CONTENTS = (
    "datasets",
    "incoming",
    "prompts",
    "runs",
    "visits",
    "public.json",
    "workbench.sqlite3*",
)


def open_home(home: Path) -> None:
    """Make the folder with mode 0700, or narrow one that others can look into, and its files.

    A folder of another user, such as a mounted disk, keeps its mode. SettingsError for one that
    everybody uses, such as /tmp; EnvironmentNotReady when it can't be made.
    """
    try:
        if not home.is_dir():
            make_folder(home.parent)
            home.mkdir(0o700, exist_ok=True)
        found = home.stat()
        mode = found.st_mode
        if mode & stat.S_ISVTX:
            raise SettingsError(
                f"WORKBENCH_HOME: {home} is everybody's; name a folder that is for the workbench "
                "alone."
            )
        if mode & OTHERS and found.st_uid == os.geteuid():
            home.chmod(0o700)
            for path in _contents(home):
                path.chmod(path.stat().st_mode & ~OTHERS)
    except OSError as error:
        raise EnvironmentNotReady(unwritable(home, error)) from error


def _contents(home: Path) -> Iterator[Path]:
    """What was written there so far; links are left alone, and where they lead to."""
    for top in (path for name in CONTENTS for path in home.glob(name)):
        if top.is_symlink():
            continue
        yield top
        for place, folders, files in os.walk(top):
            paths = (Path(place) / name for name in (*folders, *files))
            yield from (path for path in paths if not path.is_symlink())
