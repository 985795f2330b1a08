"""`python -m agent`: rooms, deliveries, the spoken-maths parser and the embedded engine."""

import asyncio
import contextlib
import json
import shlex
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from agent.command_line import new_commands, run_commands, tell
from agent.errors import LanguageError, SettingsError
from agent.local_live import embedded_engine, serve
from agent.rooms.server import room_server
from agent.settings import read_settings
from agent.spoken import Context, Reading, annotate, edit, readings, require_english
from agent.tasks import until_told_to_stop

commands = new_commands(
    "A tutor in LiveKit rooms, spoken maths to LaTeX, and the embedded Live engine."
)
View = dict[str, object]

JSON_HELP = "Write JSON, one object per line. Without a phrase, read one phrase per line of input."
AFTER_HELP = "The previous formula as LaTeX: the phrase may change it or use its letters."
SENTENCES_HELP = "Find formulas inside sentences. Default: the whole phrase is one formula."
RETRY_HELP = "Send the refused transcripts again, in the order of each room."
PLAIN_HELP = "Log plain lines instead of JSON."
FAULT_HELP = "Inject a fault, such as 1011@answer or drop@utterance#2. Can be repeated."


@commands.command()
def spoken(
    phrase: Annotated[str | None, typer.Argument(help="The spoken words.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
    sentences: Annotated[bool, typer.Option("--sentences", help=SENTENCES_HELP)] = False,
    after: Annotated[str | None, typer.Option(metavar="LATEX", help=AFTER_HELP)] = None,
) -> None:
    """Turn spoken English maths into LaTeX, the likeliest reading first.

    Example: `python -m agent spoken "x squared plus one over two"`
    """
    view = partial(_sentence_view if sentences else _phrase_view, after=after)
    if as_json:
        _write_json([phrase] if phrase is not None else _lines(), view)
        return
    if phrase is None:
        raise typer.BadParameter("give a phrase, or --json to read phrases from standard input")
    require_english(phrase)
    if sentences:
        _print_formulas(phrase, after)
    else:
        _print_readings(_read(phrase, after))


@commands.command("local-live")
def local_live(
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 chooses a free one.", min=0, max=65535)
    ] = 8443,
    canned: Annotated[
        str | None,
        typer.Option(help="Return this transcript for every utterance; nothing is recognised."),
    ] = None,
    fault: Annotated[list[str] | None, typer.Option(help=FAULT_HELP)] = None,
) -> None:
    """Serve the Gemini Live protocol on this machine until Ctrl-C.

    It prints the environment variables that make any Gemini Live client use it.

    Example: `python -m agent local-live --port 8443`
    """
    asyncio.run(serve(port, typer.echo, canned, fault or ()))


@commands.command()
def deliveries(
    retry: Annotated[bool, typer.Option("--retry", help=RETRY_HELP)] = False,
) -> None:
    """List the transcripts that the receiver refused, without their words.

    Example: `python -m agent deliveries --retry`
    """
    from agent.delivery import Receiver  # noqa: PLC0415 (heavy)
    from agent.delivery.command import retry_deliveries, show_deliveries  # noqa: PLC0415 (heavy)

    settings = read_settings()
    if not retry:
        typer.echo(show_deliveries(settings.workbench_home))
        return
    receiver = Receiver.of(settings)
    if receiver is None:
        raise SettingsError("FRONTEND_WEBHOOK_URL is not set: nowhere to send them again.")
    typer.echo(asyncio.run(retry_deliveries(settings.workbench_home, receiver)))


@commands.command()
def start(
    plain: Annotated[bool, typer.Option("--plain", help=PLAIN_HELP)] = False,
) -> None:
    """Serve LiveKit rooms as a tutor until SIGTERM; running lessons may then finish.

    LIVEKIT_URL names the server. A dispatch may name prompt and model; otherwise AGENT_PROMPT
    and AGENT_MODEL do.

    Example: `python -m agent start`
    """
    settings = read_settings()
    server = room_server(settings)
    from agent import logs  # noqa: PLC0415 (heavy)
    from agent.service import worker  # noqa: PLC0415 (heavy, and settings are checked first)
    from agent.tutor.endpoint import open_endpoint  # noqa: PLC0415 (heavy)

    async def work() -> None:
        async with open_endpoint(settings, embedded_engine) as endpoint:
            secrets = (*settings.secrets, endpoint.api_key)
            logs.log_to_stderr(settings.log_level, secrets, plain=plain)
            await worker.serve(settings, server, endpoint, tell)

    asyncio.run(work())


@commands.command()
def dev() -> None:
    """Like `start`, with plain logs, and restarted when a file of the agent changes.

    Example: `python -m agent dev`
    """
    from watchfiles import run_process  # noqa: PLC0415 (only here)

    room_server(read_settings())
    command = shlex.join((sys.executable, "-m", "agent", "start", "--plain"))
    run_process(Path(__file__).parent, target=command, target_type="command")


@commands.command()
def guard(
    plain: Annotated[bool, typer.Option("--plain", help=PLAIN_HELP)] = False,
) -> None:
    """Send a tutor to every room where a student has none, until SIGTERM.

    LiveKit loses a dispatch that finds no worker. A running workbench does the same.

    Example: `python -m agent guard`
    """
    settings = read_settings()
    server = room_server(settings)
    from agent import logs  # noqa: PLC0415 (heavy)
    from agent.rooms import admin as room_admin  # noqa: PLC0415 (heavy)
    from agent.service import guard  # noqa: PLC0415 (heavy)

    async def look_after() -> None:
        await room_admin.check_key(server)
        logs.log_to_stderr(settings.log_level, settings.secrets, plain=plain)
        await guard.RoomGuard(server, settings.agent_name, settings.workbench_home).run()

    asyncio.run(until_told_to_stop(look_after()))


@commands.command()
def livekit(
    port: Annotated[int, typer.Option(help="Port of the rooms.", min=1, max=65535)] = 7880,
    tcp_port: Annotated[
        int, typer.Option(help="Port for sound over TCP.", min=1, max=65535)
    ] = 7881,
    udp_port: Annotated[
        int, typer.Option(help="Port for sound over UDP.", min=1, max=65535)
    ] = 7882,
) -> None:
    """Run a LiveKit server on this machine until Ctrl-C; build it first if it is missing.

    It prints the entries for `.env`.

    Example: `python -m agent livekit --port 7890`
    """
    from agent.service import dev_server as livekit_dev  # noqa: PLC0415 (heavy)

    ports = livekit_dev.Ports(port, tcp_port, udp_port)
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(livekit_dev.serve(ports, typer.echo, tell))


def _lines() -> Iterable[str]:
    return (line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer)


def _write_json(texts: Iterable[str], view: Callable[[str], View]) -> None:
    for text in texts:
        print(json.dumps(view(text), ensure_ascii=False), flush=True)  # noqa: T201


def _phrase_view(text: str, after: str | None) -> View:
    return {"text": text, "readings": _reading_views(_read(text, after)), **_complaint(text)}


def _sentence_view(text: str, after: str | None) -> View:
    formulas = [
        {
            "start": span.start,
            "end": span.end,
            "latex": span.latex,
            "readings": _reading_views(span.readings),
        }
        for span in annotate(text, _context(after))
    ]
    return {"text": text, "formulas": formulas, **_complaint(text)}


def _read(text: str, after: str | None) -> tuple[Reading, ...]:
    changed = edit(after, text) if after else ()
    return changed or readings(text, context=_context(after))


def _context(after: str | None) -> Context | None:
    return Context(formulas=(after,)) if after else None


def _complaint(text: str) -> View:
    try:
        require_english(text)
    except LanguageError as error:
        return {"error": str(error)}
    return {}


def _reading_views(found: Iterable[Reading]) -> list[View]:
    return [{"latex": each.latex, "confidence": round(each.confidence, 4)} for each in found]


def _print_readings(found: Iterable[Reading]) -> None:
    lines = [f"{each.confidence:4.0%}  {each.latex}{_because(each.choices)}" for each in found]
    typer.echo("\n".join(lines) or "no formula")


def _because(choices: tuple[str, ...]) -> str:
    return f"   ({'; '.join(choices)})" if choices else ""


def _print_formulas(text: str, after: str | None) -> None:
    spans = annotate(text, _context(after))
    lines = [f"{text[span.start : span.end]}: {span.latex}" for span in spans]
    typer.echo("\n".join(lines) or "no formula")


if __name__ == "__main__":
    run_commands(commands)
