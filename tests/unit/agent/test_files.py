"""Files from outside are plain ones; ours are as private as the folder they come into."""

import os
import stat
from pathlib import Path

import pytest

from agent.errors import EnvironmentNotReady, SettingsError
from agent.files import append_to, make_folder, read_file, replace_file, write_new_file
from agent.home import open_home


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that everybody may read, beside a secret."""
    (tmp_path / "secret").write_text("not yours")
    made = tmp_path / "foreign"
    made.mkdir(mode=0o755)
    return made


def test_a_link_is_not_followed(folder: Path) -> None:
    """A dataset or a run from elsewhere may hold links to any file of this machine."""
    (folder / "link").symlink_to(folder.parent / "secret")
    (folder / "inner").symlink_to(folder.parent)
    for name in ("link", "inner/secret"):
        with pytest.raises(OSError, match="a link leads there"):
            read_file(folder / name, 100, below=folder)
    with pytest.raises(OSError, match="leads out"):
        read_file(folder / "inner/../../secret", 100, below=folder)


def test_links_above_a_folder_and_in_a_path_that_the_user_typed_are_his(folder: Path) -> None:
    """The temporary folder itself is a link on some machines."""
    (folder / "plain").write_text("yours")
    (folder.parent / "shortcut").symlink_to(folder)
    shortcut = folder.parent / "shortcut"
    assert read_file(shortcut / "plain", 100, below=shortcut) == b"yours"
    assert read_file(shortcut / "plain", 100) == b"yours"


def test_a_pipe_and_a_device_are_refused_unread(folder: Path) -> None:
    """Whoever opened them waited for ever, or filled the memory."""
    os.mkfifo(folder / "pipe")
    for path in (folder / "pipe", Path("/dev/zero")):
        with pytest.raises(OSError, match="no plain file"):
            read_file(path, 100)
    with pytest.raises(OSError, match="no plain file"):
        append_to(folder / "pipe")


def test_a_file_is_read_up_to_its_bound(folder: Path) -> None:
    """One byte more, and nothing of it is taken."""
    (folder / "plain").write_bytes(bytes(100))
    assert len(read_file(folder / "plain", 100)) == 100
    with pytest.raises(OSError, match="more than"):
        read_file(folder / "plain", 99)


def test_nothing_is_written_through_a_link(folder: Path) -> None:
    """A foreign run folder must not say which of the user's files a score goes into."""
    secret = folder.parent / "secret"
    (folder / "scores").symlink_to(folder.parent)
    with pytest.raises(EnvironmentNotReady, match="is a link"):
        replace_file(folder / "scores" / "secret", "gone", below=folder)
    (folder / "row.new").symlink_to(secret)
    with pytest.raises(EnvironmentNotReady):
        replace_file(folder / "row", "gone")
    (folder / "lock").symlink_to(secret)
    with pytest.raises(OSError, match="symbolic links"):
        append_to(folder / "lock")
    assert secret.read_text() == "not yours"


@pytest.mark.parametrize(
    ("folder_mode", "file_mode", "inner_mode"), [(0o700, 0o600, 0o700), (0o755, 0o644, 0o755)]
)
def test_what_is_new_is_as_private_as_its_folder(
    tmp_path: Path, folder_mode: int, file_mode: int, inner_mode: int
) -> None:
    """The home is its owner's alone; where the user chose the place, his mask decides."""
    place = tmp_path / "place"
    place.mkdir()
    place.chmod(folder_mode)
    before = os.umask(0o022)
    replace_file(place / "inner" / "one", "x")
    write_new_file(place / "two", "x")
    append_to(place / "three").close()
    make_folder(place / "inner" / "deeper" / "still")
    os.umask(before)
    assert {mode(place / name) for name in ("inner/one", "two", "three")} == {file_mode}
    assert {mode(place / name) for name in ("inner", "inner/deeper/still")} == {inner_mode}


def test_a_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    """Voices of students lie there."""
    open_home(tmp_path / "new" / "home")
    assert mode(tmp_path / "new" / "home") == 0o700


def test_an_earlier_home_is_narrowed_with_all_that_is_in_it(tmp_path: Path) -> None:
    """Earlier versions made it as open as the user's mask; what is not ours stays as it is."""
    home = tmp_path / "home"
    for name in ("datasets/mine/audio", "other"):
        (home / name).mkdir(parents=True)
    files = [home / name for name in ("workbench.sqlite3-wal", "datasets/mine/audio/a.flac")]
    foreign = [home / "other" / "notes.txt", tmp_path / "linked.txt"]
    for path in (*files, *foreign):
        path.write_text("x")
        path.chmod(0o644)
    (home / "datasets" / "link").symlink_to(tmp_path / "linked.txt")
    home.chmod(0o755)
    open_home(home)
    assert mode(home) == mode(home / "datasets" / "mine" / "audio") == 0o700
    assert [mode(path) for path in files] == [0o600, 0o600]
    assert [mode(path) for path in foreign] == [0o644, 0o644]


def test_a_folder_of_everybody_is_no_home(tmp_path: Path) -> None:
    """Narrowing /tmp would stop the machine for everybody else."""
    tmp_path.chmod(0o1777)
    with pytest.raises(SettingsError, match="is everybody's"):
        open_home(tmp_path)
    assert mode(tmp_path) == 0o1777
