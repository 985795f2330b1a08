"""What the page's lists offer: each choice as the properties of its `<option>`."""

from typing import NotRequired

from typing_extensions import TypedDict

from agent.prompts.prompt import Prompt


class Choice(TypedDict):
    """An option of a list, by its properties; `dataset` are the settings that it brings along."""

    value: str
    textContent: str
    dataset: NotRequired[dict[str, str]]


def choice(value: str, text: str) -> Choice:
    return {"value": value, "textContent": text}


def prompt_choice(prompt: Prompt) -> Choice:
    """A prompt to choose, with those of its settings that the page has controls for."""
    version = "" if prompt.version == "1" else f" {prompt.version}"
    text = f"{prompt.name}{version}: {prompt.note or prompt.description}"
    own = {"model": prompt.settings.model, "patience": prompt.settings.silence_ms}
    brought = {name: str(value) for name, value in own.items() if value is not None}
    return {"value": prompt.reference, "textContent": text[:200], "dataset": brought}
