"""Every route of a server, told by a program of its own.

What Gradio leaves open must not trouble the tests. As a program it prints them as JSON,
`[method, path]` each; those of the demo with `public`.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Mount

from agent.local_live import embedded_engine
from agent.settings import Settings
from tests.forked import ForkServer, Program
from workbench.server import create_app
from workbench.shared.security import GradioWall


def listed(forks: ForkServer, home: Path, *mode: str) -> list[tuple[str, str]]:
    """Method and path of each route of a workbench with that home."""
    words = ("-m", "tests.browser.list_routes", str(home), *mode)
    process = forks.start(Program(words))
    output, errors = process.communicate()
    assert process.returncode == 0, errors
    return [(method, path) for method, path in json.loads(output)]


def routes(found: Sequence[BaseRoute], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Method and path of every route, those of mounted applications too."""
    for context in iter_route_contexts(found):
        route = context.original_route
        if isinstance(route, Mount):
            mounted = route.app.gradio if isinstance(route.app, GradioWall) else route.app
            yield from routes(getattr(mounted, "routes", ()), prefix + route.path)
        for method in context.methods or {"WEBSOCKET"}:
            yield method, prefix + (context.path or "")


if __name__ == "__main__":
    home, is_public = Path(sys.argv[1]), "public" in sys.argv[2:]
    settings = Settings(_env_file=None, workbench_home=home, workbench_public=is_public)
    print(json.dumps(list(routes(create_app(settings, embedded_engine).routes))))  # noqa: T201
