"""What every layer of tests may ask for, and the last line of a run."""

import fcntl
import signal
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from agent.local_live.ear.moonshine import installed_model, read_tokenizer
from agent.local_live.ear.token_model import build, cached_path, read
from evals.notation import Katex
from tests.forked import ForkServer, fork_server
from tests.ports import own_ports

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell starts background jobs deaf to Ctrl-C; the processes that tests start must hear it.
    signal.signal(signal.SIGINT, signal.default_int_handler)

N_SLOW = pytest.StashKey[int]()


@pytest.fixture
def free_port() -> int:
    """A TCP port on loopback that nobody listens on at the moment."""
    return own_ports().http


@pytest.fixture(scope="session")
def katex() -> Iterator[Katex]:
    """One V8 with KaTeX for all tests that ask for it."""
    with Katex() as running:
        yield running


@pytest.fixture(scope="session")
def command_forks() -> Iterator[ForkServer]:
    """Where the commands of `python -m evals` and `python -m agent` come from."""
    with fork_server("evals") as forks:
        yield forks


@pytest.fixture(scope="session")
def workbench_forks() -> Iterator[ForkServer]:
    """Where workbenches come from: `python app.py`."""
    with fork_server("evals", "workbench") as forks:
        yield forks


@pytest.fixture(scope="session", autouse=True)
def language_model() -> None:
    """The recogniser's, built by whichever worker comes first; its builders are tested apart."""
    texts = read_tokenizer(installed_model()).texts
    path = cached_path(texts)
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / ".tests-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if read(path) is None:
            build(path, texts)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser's tests last, its largest files first: so two workers end at one time.

    They can't come earlier: Playwright keeps an event loop running that bars all others.
    """
    sizes = Counter(item.path for item in items)

    def place(item: pytest.Item) -> int:
        return sizes[item.path] if item.get_closest_marker("browser") else sys.maxsize

    items.sort(key=place, reverse=True)


def pytest_deselected(items: Sequence[pytest.Item]) -> None:
    """Count the slow tests that this run leaves out."""
    slow = [item for item in items if item.get_closest_marker("slow")]
    for item in slow[:1]:
        item.config.stash[N_SLOW] = item.config.stash.get(N_SLOW, 0) + len(slow)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands its count to the process that prints."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["n_slow"] = session.config.stash.get(N_SLOW, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Each worker leaves out the same tests."""
    if hasattr(node, "workeroutput"):
        node.config.stash[N_SLOW] = node.workeroutput["n_slow"]


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last line of a run: a reader must not take a quick run for a whole one."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter and not hasattr(config, "workeroutput"):
        reporter.write_line(f"{config.stash.get(N_SLOW, 0)} slow tests left out (SLOW=1 runs them)")
