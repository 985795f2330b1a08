"""An endpoint whose arguments are checked and whose errors are one sentence."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import gradio as gr
from pydantic import ValidationError, validate_call

from agent.errors import SpokenMathsError

BROKEN = "Something went wrong on the server; its terminal says what."

log = logging.getLogger(__name__)
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")


def checked(
    endpoint: Callable[Arguments, Awaitable[Answer]],
) -> Callable[Arguments, Awaitable[Answer]]:
    """`endpoint` with what it annotates enforced: Gradio passes on whatever was sent."""
    strict = validate_call(endpoint)

    @wraps(endpoint)
    async def call(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Answer:
        try:
            return await strict(*args, **kwargs)
        except ValidationError as error:
            first = error.errors()[0]
            names = list(endpoint.__annotations__)
            at = first["loc"][0] if first["loc"] else 0
            name = names[at] if isinstance(at, int) and at < len(names) else at
            raise _refusal(f"{name}: {first['msg']}.") from None
        except SpokenMathsError as error:
            raise _refusal(str(error)) from None
        except Exception:
            log.exception("an endpoint failed")
            raise _refusal(BROKEN) from None

    return call


def _refusal(sentence: str) -> gr.Error:
    return gr.Error(sentence, print_exception=False)
