"""Text that would like to run: in a dataset, a prompt, a run, a room and in what is heard."""

import json
import os
from pathlib import Path

from agent.models import DEFAULT_MODEL
from agent.prompts.prompt import read_prompt
from agent.transcript import Formula
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.utterances import load_dataset
from evals.replay.runner import Plan, create_run
from evals.runs.prediction import Prediction
from evals.runs.rows import Attempt
from tests.paths import DATASET

# Each sets `window.ran` or asks some server for "leaked", should anything take it for markup.
PAYLOADS = {
    "script": "<script>window.ran=1</script>",
    "attribute": "\"'><img src=leaked onerror=window.ran=1>",
    "svg": "<svg onload=window.ran=1><image href=//leaked.invalid/>",
    "mathml": "<math><mtext><table><mglyph><style><img src=leaked onerror=window.ran=1>",
    "mathml link": "<math href=javascript:window.ran=1><mi>x</mi></math>",
    "markdown": "[x](javascript:window.ran=1) ![x](//leaked.invalid/a.png)",
    "template": '{{constructor.constructor("window.ran=1")()}} ${window.ran=1}',
    "end of script": "</script><script>window.ran=1</script><!--rows-->",
    "end of comment": "--><iframe srcdoc='<script>parent.ran=1</script>'></iframe>",
}
LATEX = (
    r"\href{javascript:window.ran=1}{x}",
    r"\includegraphics{//leaked.invalid/a.png}",
    "+".join(f"x_{number}" for number in range(330)),  # wider than any page
    r"\htmlData{x=1}{y}\class{x}{y}\text{<img src=leaked onerror=window.ran=1>}",
)
EVERYTHING = " ".join(PAYLOADS.values())
NAME = f"n {PAYLOADS['attribute']}"  # a name that a file may have: without a slash
ROOM = f"r {PAYLOADS['script']} {PAYLOADS['attribute']}"


def write_hostile_home(home: Path) -> None:
    """A WORKBENCH_HOME whose dataset, prompt and run carry the payloads wherever text may be."""
    _write_dataset(home / "datasets" / NAME)
    _write_prompt(home / "prompts" / "hostile.md")
    _write_run(home)


def _write_dataset(folder: Path) -> None:
    rows = [json.loads(line) for line in (DATASET / "metadata.jsonl").read_text().splitlines()]
    (folder / "audio").mkdir(parents=True)
    lines = []
    readings = (*LATEX, *PAYLOADS.values())
    for number, (row, latex) in enumerate(zip(rows, readings, strict=False)):
        name = f"audio/{number} <img src=leaked onerror=window.ran=1>.flac"
        os.link(DATASET / row["file_name"], folder / name)
        own = {
            "id": f"{number} {PAYLOADS['attribute']}",
            "phrase_id": f"{PAYLOADS['svg']} {number}",
        }
        own |= {"file_name": name, "transcript": EVERYTHING, "latex": [latex]}
        own |= {"category": PAYLOADS["script"], PAYLOADS["attribute"]: EVERYTHING}
        lines.append(json.dumps(row | own) + "\n")
    (folder / "metadata.jsonl").write_text("".join(lines))


def _write_prompt(path: Path) -> None:
    path.parent.mkdir(parents=True)
    front = f"name: {NAME}\nversion: 1 {PAYLOADS['svg']}\ndescription: {EVERYTHING}"
    path.write_text(f"---\n{front}\n---\n{EVERYTHING}\n")


def _write_run(home: Path) -> None:
    dataset = load_dataset(home / "datasets" / NAME)
    tutor = Tutor(read_prompt(home / "prompts" / "hostile.md"), DEFAULT_MODEL)
    label = LiveEndpoint("gemini", "none")  # nothing is sent
    run = create_run(Plan(dataset, tutor, home / "runs" / f"2026 {NAME}"), label)
    for number, utterance in enumerate(dataset.utterances):
        latex = utterance.latex[0] if number % 2 else EVERYTHING
        failed = Prediction("failed", error=EVERYTHING)
        heard = Prediction(
            "ok",
            transcript=EVERYTHING,
            formulas=(Formula(latex, "model", "student"),),
            answer=EVERYTHING,
            timings_sec={"sent": 0.1, "words": 0.6, "formula": 0.7, "answer": 0.9, "complete": 2},
        )
        run.add(Attempt(utterance.id, 0, 1, heard if number else failed))
    run.set_status("complete")
