"""A service's log: one JSON object a line, with no speech, no token and no secret in it."""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from agent.settings import LogLevel

TOKEN = re.compile(r"eyJ[\w-]+(\.[\w-]+)*")
# Of what others attach to a record, this alone is shown: speech is in fields of its own.
SHOWN_FIELDS = ("room", "job_id", "dispatch_id", "agent_name", "reason", "retry_count")
PLACE = re.compile(r'^\s*File "(?P<file>[^"]+)", line (?P<line>\d+), in (?P<name>\S+)')
QUIET = logging.NullHandler()
ERROR = re.compile(r"^(?P<name>[A-Za-z_][\w.]*)(:|$)")


def log_to_stderr(level: LogLevel, secrets: Iterable[str], *, plain: bool) -> None:
    """From now on the process logs there, `plain` for people; `secrets` are never shown."""
    handler = logging.StreamHandler()
    handler.setFormatter(PlainLines(secrets) if plain else JsonLines(secrets))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.captureWarnings(True)
    logging.getLogger("agent").setLevel(level)
    # LiveKit's DEBUG holds what was said, whole messages and tokens.
    logging.getLogger("livekit").setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))


class JsonLines(logging.Formatter):
    """Time, level, logger, message, and of an exception its type and places.

    An exception's own words are left out: those of a validation quote what was sent.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        shown = {name: getattr(record, name) for name in SHOWN_FIELDS if hasattr(record, name)}
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        error = {"error": _places(record.exc_text)} if record.exc_text else {}
        return self._without_secrets(self.render(fields | shown | error))

    def render(self, fields: Mapping[str, object]) -> str:
        """The line, before secrets are taken out."""
        return json.dumps(fields, ensure_ascii=False, default=str)

    def _without_secrets(self, line: str) -> str:
        line = TOKEN.sub("<token>", line)
        for secret in self._secrets:
            line = line.replace(secret, "<secret>")
        return line


class PlainLines(JsonLines):
    """The same as words."""

    def render(self, fields: Mapping[str, object]) -> str:
        time, level, _logger, message, *others = fields.values()
        return " ".join(map(str, (time, level, message, *others)))


def quieten_livekit() -> None:
    """What goes wrong is told in a sentence: LiveKit's log is for those who ask for logs."""
    log = logging.getLogger("livekit")
    log.addFilter(hide_tokens)
    log.addHandler(QUIET)


def hide_tokens(record: logging.LogRecord) -> bool:
    """A filter: LiveKit logs the whole token when it is refused."""
    record.msg, record.args = TOKEN.sub("<token>", record.getMessage()), ()
    return True


def _places(traceback: str) -> list[str]:
    """The error's type and where it passed, without a word of its message."""
    found = []
    for line in traceback.splitlines():
        if place := PLACE.match(line):
            found.append(f"{place['file']}:{place['line']} {place['name']}")
        elif (error := ERROR.match(line)) and error["name"] != "Traceback":
            found.append(error["name"])
    return found
