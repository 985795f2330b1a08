"""The routes of the public demo."""

from workbench.shared.security.gradio import PAGE_ROUTES
from workbench.shared.security.listed import Routes, matches

# All that public mode answers: a route that is not listed here is refused.
PUBLIC_ROUTES: Routes = {
    "GET": (
        *PAGE_ROUTES["GET"],
        r"/workbench/.+",
        r"/recordings/[^/]+/.+",
        r"/api/(workbench|visit|visit/line|visit/run|visit/run/attempts/\d+)",
        r"/api/lessons/[\w-]+/events",
    ),
    "POST": (
        r"/api/lessons",
        r"/api/lessons/[\w-]+/(offer|say|correct|settings|stop)",
        r"/api/visit/(key|run)",
    ),
    "DELETE": (r"/api/visit/(key|run)",),
    "WEBSOCKET": (r"/api/lessons/[\w-]+/sound",),
}
MAX_PUBLIC_BODY_BYTES = 200_000


def is_listed(method: str, path: str) -> bool:
    """Whether public mode answers; a WebSocket has the method `WEBSOCKET`."""
    return matches(PUBLIC_ROUTES, method, path)
