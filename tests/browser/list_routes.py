"""Print every route of the server as JSON, `[method, path]` each; of the demo's with `public`.

A program of its own: what Gradio leaves open must not trouble the tests.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from fastapi.routing import iter_route_contexts
from starlette.routing import BaseRoute, Mount

from agent.local_live import embedded_engine
from agent.settings import Settings
from workbench.server import create_app
from workbench.shared.security import GradioWall


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
