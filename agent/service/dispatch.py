"""What a dispatch asks of a tutor, and the tutor that it asks for."""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, ValidationError

from agent.errors import RoomError
from agent.prompts.prompt import find_prompt, prompt_folders
from agent.strict import Strict
from agent.tutor.tutor import Tutor

MAX_PROBLEM_CHARS = 10_000


class Dispatch(Strict):
    """The metadata of a dispatch, as JSON; what is left out, the worker's settings decide.

    A model that is left out may be the prompt's own. `prompt` is NAME or NAME@VERSION, `problem` what the lesson is about.
    """

    prompt: str | None = Field(default=None, pattern=r"^[\w-]+(@[\w.-]+)?$")
    model: str | None = None
    problem: str = Field(default="", max_length=MAX_PROBLEM_CHARS)


@dataclass(frozen=True, slots=True)
class Defaults:
    """The tutor of a dispatch that asks for none; own prompts lie below `home`."""

    prompt: str
    model: str
    home: Path


def read_dispatch(metadata: str) -> Dispatch:
    """Empty metadata asks for nothing. Raises RoomError for what is no such JSON."""
    if not metadata.strip():
        return Dispatch()
    try:
        return Dispatch.model_validate_json(metadata)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "metadata"
        raise RoomError(
            'dispatch: expected JSON like {"prompt": "tutor@1", "model": "...", "problem": "..."}; '
            f"{where}: {first['msg']}"
        ) from None


def dispatch_for(tutor: Tutor) -> str:
    """The metadata that asks for that prompt and model; RoomError for a name it can't hold."""
    asked = {"prompt": tutor.prompt.reference, "model": tutor.model}
    return read_dispatch(json.dumps(asked)).model_dump_json()


def tutor_for(dispatch: Dispatch, defaults: Defaults) -> Tutor:
    """Raises PromptError for an unknown prompt, ModelError for a model that can't teach."""
    prompt = find_prompt(dispatch.prompt or defaults.prompt, prompt_folders(defaults.home))
    model = dispatch.model or prompt.settings.model or defaults.model
    tutor = Tutor.of(prompt, model, dispatch.problem)
    tutor.require_answers()
    return tutor
