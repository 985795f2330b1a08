"""What a worker tells of itself over HTTP: /alive, /ready and /metrics."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector

from agent.errors import EnvironmentNotReady


@dataclass(frozen=True, slots=True)
class Health:
    """How the worker is now; `problem` says why it takes no room, empty where it does."""

    n_rooms: int
    max_rooms: int
    problem: str = ""


@asynccontextmanager
async def telling_health(host: str, port: int, health: Callable[[], Health]) -> AsyncIterator[str]:
    """Answers for as long as the block; gives the address.

    Raises EnvironmentNotReady when the port is taken.
    """

    async def ready(_: web.Request) -> web.Response:
        """A load balancer reads nothing but the status."""
        problem = health().problem
        return web.Response(text=f"{problem or 'ready'}\n", status=503 if problem else 200)

    app = web.Application()
    app.add_routes(
        [
            web.get("/alive", _alive),
            web.get("/ready", ready),
            web.get("/metrics", _Metrics(health).answer),
        ]
    )
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield f"http://{host}:{runner.addresses[0][1]}"
    except OSError as error:
        raise EnvironmentNotReady(
            f"port {port} is taken ({error.strerror}); choose another with AGENT_PORT"
        ) from error
    finally:
        await runner.cleanup()


async def _alive(_: web.Request) -> web.Response:
    return web.Response(text="alive\n")


class _Metrics:
    """Prometheus' view; asked for, it looks."""

    def __init__(self, health: Callable[[], Health]) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        gauges = {
            "agent_rooms": ("Rooms that are taught in now", lambda: health().n_rooms),
            "agent_max_rooms": ("Rooms at a time at most", lambda: health().max_rooms),
            "agent_ready": ("1 while rooms are taken", lambda: not health().problem),
        }
        for name, (what, look) in gauges.items():
            Gauge(name, what, registry=self._registry).set_function(look)

    async def answer(self, _: web.Request) -> web.Response:
        body = generate_latest(self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})
