"""Write the types of what crosses the wire for the page's JavaScript, or check that they are fresh.

    python scripts/wire_types.py            write workbench/static/wire.d.ts
    python scripts/wire_types.py --check    fail when it is not what the server's types say

Bodies are told as the server reads them, answers and events as it writes them: a key that is
renamed in either is an error of `tsc` wherever the page still uses the old one.
"""

import sys
import textwrap
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from agent.rooms.listing import RoomListing
from evals.analysis.latency import Latency
from evals.report.rows import Row
from evals.report.run_views import PageCells
from evals.scoring.confusions import Confusion
from workbench import about_routes
from workbench.datasets import exchange_routes, opened, recording_routes
from workbench.datasets import routes as datasets
from workbench.datasets import views as dataset_views
from workbench.live import lesson, screen
from workbench.live import routes as live
from workbench.prompts import difference, trial_routes, trial_views, try_out
from workbench.prompts import routes as prompts
from workbench.prompts import views as prompt_views
from workbench.public import routes as public
from workbench.rooms import livekit_routes, student_routes
from workbench.runs import routes as runs
from workbench.runs import views as run_views
from workbench.shared import events, views

Schema = dict[str, Any]
Mode = Literal["validation", "serialization"]

TARGET = Path(__file__).parents[1] / "workbench" / "static" / "wire.d.ts"
HEAD = "// What crosses the wire. Written by scripts/wire_types.py from the server's own types.\n"
PLAIN = {
    "string": "string",
    "integer": "number",
    "number": "number",
    "boolean": "boolean",
    "null": "null",
}
BODIES = (
    datasets.NewDataset,
    datasets.Gold,
    datasets.Edit,
    exchange_routes.FromHub,
    recording_routes.FormulaToSay,
    recording_routes.WantedUtterances,
    live.NewLesson,
    live.Offer,
    live.Typed,
    live.Meant,
    live.Kept,
    live.Change,
    livekit_routes.OnServer,
    livekit_routes.InRoom,
    livekit_routes.WithTutor,
    student_routes.Join,
    public.OwnKey,
    public.NewRun,
    prompts.Compared,
    prompts.ToKeep,
    trial_routes.OneClip,
    trial_routes.WantedTrial,
    trial_routes.RunNames,
    runs.NewRemark,
)
ANSWERS = (
    about_routes.AboutView,
    opened.Listed,
    datasets.NamedDataset,
    datasets.BrowsedView,
    datasets.GoldPreview,
    datasets.ConflictView,
    dataset_views.FindingsView,
    dataset_views.StatsView,
    exchange_routes.UploadLimits,
    exchange_routes.ImportedView,
    recording_routes.KeptRecording,
    recording_routes.PhrasingsView,
    recording_routes.MadeUtterances,
    live.BegunLesson,
    live.KeptTurn,
    screen.StatusView,
    screen.LatencyView,
    lesson.Ending,
    views.TranscriptView,
    events.Message,
    RoomListing,
    livekit_routes.JoinLink,
    livekit_routes.BegunVisit,
    student_routes.JoinPass,
    public.VisitView,
    public.NoRunView,
    public.DemoRunView,
    prompt_views.PromptsView,
    prompt_views.PromptText,
    prompt_views.KeptPrompt,
    prompt_views.PromptRates,
    difference.DifferenceLine,
    trial_views.ClipView,
    trial_views.PlannedView,
    trial_views.TrialView,
    try_out.TrialNews,
    try_out.TrialWhole,
    try_out.TrialProblem,
    Row,
    PageCells,
    run_views.AttemptParts,
    run_views.RunAttemptParts,
    runs.OutlineView,
    Confusion,
    Latency,
)


class _Written(GenerateJsonSchema):
    """What is written has every key; what is read may lack those that have a default."""

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,
    ) -> bool:
        is_written = self.mode == "serialization" and field["type"] != "typed-dict-field"
        return is_written or super().field_is_required(field, total)


def declarations() -> str:
    """The whole file: the types as `Wire.NAME`, which JSDoc needs not import."""
    shapes: list[tuple[Any, Mode]] = [(shape, "validation") for shape in BODIES]
    shapes += [(shape, "serialization") for shape in ANSWERS]
    found = "\n".join(_declaration(*each) for each in sorted(_definitions(shapes).items()))
    return f"{HEAD}\ndeclare namespace Wire {{\n{found}}}\n"


def _definitions(shapes: list[tuple[Any, Mode]]) -> dict[str, Schema]:
    """The schema of each named type that these shapes hold, by its name."""
    wanted = [(shape.__name__, mode, TypeAdapter(shape)) for shape, mode in shapes]
    _, schema = TypeAdapter.json_schemas(wanted, schema_generator=_Written)
    found: dict[str, Schema] = {_name(name): each for name, each in schema["$defs"].items()}
    unclear = [name for name in found if not name.isidentifier()]
    if unclear:
        raise SystemExit(f"two types that cross the wire share a name: {', '.join(unclear)}")
    return found


def _name(ref: str) -> str:
    """A type that is read otherwise than it is written has two names."""
    return ref.rsplit("/", 1)[-1].replace("-Input", "Body").replace("-Output", "")


def _declaration(name: str, schema: Schema) -> str:
    said = str(schema.get("description", "")).split("\n\n")[0].replace("\n", " ")
    note = f"/** {said} */\n" if said else ""
    return textwrap.indent(f"{note}type {name} = {_type(schema)};\n", "  ")


def _type(schema: Schema) -> str:
    """One JSON schema as a TypeScript type."""
    if "$ref" in schema:
        return _name(schema["$ref"])
    for choices in ("anyOf", "oneOf"):
        if choices in schema:
            return " | ".join(_type(each) for each in schema[choices])
    if "const" in schema or "enum" in schema:
        values = schema.get("enum", [schema.get("const")])
        return " | ".join(f'"{value}"' for value in values)
    if schema.get("type") == "array":
        return _array(schema)
    if schema.get("type") == "object":
        return _object(schema)
    return PLAIN.get(schema.get("type", ""), "unknown")


def _array(schema: Schema) -> str:
    if "prefixItems" in schema:
        return f"[{', '.join(_type(each) for each in schema['prefixItems'])}]"
    item = _type(schema.get("items", {}))
    return f"({item})[]" if "|" in item else f"{item}[]"


def _object(schema: Schema) -> str:
    if "properties" not in schema:
        values = schema.get("additionalProperties")
        return f"Record<string, {_type(values if isinstance(values, dict) else {})}>"
    required = schema.get("required", [])
    keys = [
        f"  {name}{'' if name in required else '?'}: {_type(each)};\n"
        for name, each in schema["properties"].items()
    ]
    return "{\n" + "".join(keys) + "}"


def main() -> int:
    """Write or check; 1 when the file is stale."""
    text = declarations()
    if sys.argv[1:] != ["--check"]:
        TARGET.write_text(text)
    elif not TARGET.is_file() or TARGET.read_text() != text:
        print(f"{TARGET.name} is stale: run python scripts/wire_types.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
