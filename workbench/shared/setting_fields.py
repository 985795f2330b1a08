"""A prompt's settings as fields of a form: label, bounds and step as the settings have them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from agent.prompts.settings import PromptSettings

KINDS: Mapping[str, Literal["number", "text", "words"]] = {
    "integer": "number",
    "number": "number",
    "string": "text",
    "array": "words",
}
SERVICE_DECIDES = "the service’s own"


@dataclass(frozen=True, slots=True)
class SettingField:
    """One field; `unset` stands there while nothing is set, None is a bound that there is not.

    `words` are written with commas between, a `choice` is one of `choices`.
    """

    name: str
    label: str
    kind: Literal["number", "text", "words", "choice"]
    unset: str
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    max_chars: int | None = None
    choices: tuple[str, ...] = ()


def setting_fields(
    choices: Mapping[str, Sequence[str]], unset: Mapping[str, str]
) -> list[SettingField]:
    """Every setting in order; `choices` offer values, `unset` names what holds without one."""
    properties = PromptSettings.model_json_schema()["properties"]
    return [
        _field(name, schema, tuple(choices.get(name, ())), unset.get(name))
        for name, schema in properties.items()
    ]


def setting_field(name: str) -> SettingField:
    """The field of one setting; KeyError where there is no such setting."""
    return {field.name: field for field in setting_fields({}, {})}[name]


def _field(
    name: str, schema: Mapping[str, Any], choices: tuple[str, ...], unset: str | None
) -> SettingField:
    bounds = schema.get("anyOf", [schema])[0]
    (example,) = schema.get("examples", [SERVICE_DECIDES])
    return SettingField(
        name,
        _label(schema, bounds),
        "choice" if choices else KINDS[bounds["type"]],
        example if unset is None else unset,
        bounds.get("minimum"),
        bounds.get("maximum"),
        schema.get("step"),
        bounds.get("maxLength"),
        choices,
    )


def _label(schema: Mapping[str, Any], bounds: Mapping[str, Any]) -> str:
    """With the range in it, where there is one: "Temperature (0 to 2)"."""
    title = str(schema["title"])
    if "minimum" not in bounds:
        return title
    unit = f" {schema['unit']}" if "unit" in schema else ""
    return f"{title} ({bounds['minimum']} to {bounds['maximum']}{unit})"
