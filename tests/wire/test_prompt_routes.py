"""The Prompts tab's requests, against a Local Live that hears what it is told."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from agent.audio import TUTOR_RATE_HZ, read_audio
from agent.errors import SpokenMathsError
from agent.local_live.canned import CannedRecogniser, audio_key
from agent.local_live.server import LocalLive
from agent.models import DEFAULT_MODEL
from agent.prompts.prompt import find_prompt, prompt_folders
from agent.settings import Settings
from agent.tutor.endpoint import LiveEndpoint
from agent.tutor.tutor import Tutor
from evals.dataset.catalogue import dataset_folders
from evals.notation import Katex, Prover
from tests.paths import DATASET
from tests.wire.conftest import HeldVoice
from workbench.prompts.clips import Clips
from workbench.prompts.routes import prompt_part
from workbench.prompts.try_out import MAX_AT_ONCE, TryOut
from workbench.runs.evaluations import Evaluations
from workbench.shared.engine import Engine
from workbench.shared.parts import Shared
from workbench.shared.places import NoPlaceLeftError
from workbench.shared.recordings import Recordings
from workbench.shared.typesetting import Typesetter

ROWS = [json.loads(line) for line in (DATASET / "metadata.jsonl").read_text().splitlines()]
CLIP = ROWS[0]
NOTHING = {
    "model": None,
    "voice": None,
    "temperature": None,
    "silence_ms": None,
    "vocabulary": [],
    "tool_description": None,
}


@dataclass
class Page:
    """What the tab sees of the workbench."""

    http: httpx.AsyncClient
    home: Path
    evaluations: Evaluations

    async def get(self, path: str) -> Any:
        answer = await self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, body: object, status: int = 200) -> Any:
        answer = await self.http.post(path, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def tried(self, edited: object, **change: str) -> list[Any]:
        wanted = {"edited": edited, "dataset": DATASET.name, "utterance_id": CLIP["id"]} | change
        answer = await self.http.post("/api/trials/clip", json=wanted)
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]


@asynccontextmanager
async def opened(home: Path, faults: Sequence[str] = ()) -> AsyncIterator[Page]:
    """Those routes alone; every clip is heard rightly."""
    heard = {audio_key(read_audio(DATASET / row["file_name"])): row["transcript"] for row in ROWS}
    voice = HeldVoice()
    voice.release.set()

    ready = asyncio.Event()

    @asynccontextmanager
    async def embedded(_: Sequence[str]) -> AsyncIterator[LiveEndpoint]:
        async with LocalLive(CannedRecogniser(heard), voice, faults=faults) as endpoint:
            ready.set()
            yield endpoint

    settings = Settings(_env_file=None, workbench_home=home, agent_engine="embedded")  # type: ignore[call-arg]
    engine = Engine(settings, embedded)
    recordings = Recordings(dataset_folders(home))
    app = FastAPI()

    async def refuse(_: Request, error: Exception) -> Response:
        return JSONResponse({"message": str(error)}, 400)

    app.add_exception_handler(SpokenMathsError, refuse)
    async with AsyncExitStack() as stack:
        katex = stack.enter_context(Katex())
        shared = Shared(settings, engine, recordings, katex, Prover(), Typesetter(katex))
        evaluations = Evaluations(shared)
        for router in prompt_part(shared, evaluations).routes:
            app.include_router(router)
        running = asyncio.create_task(engine.run())
        await ready.wait()
        transport = httpx.ASGITransport(app=app)
        client = httpx.AsyncClient(transport=transport, base_url="http://workbench")
        yield Page(await stack.enter_async_context(client), home, evaluations)
        await evaluations.jobs.aclose()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    async with opened(tmp_path) as found:
        yield found


async def edited(page: Page, text: str = "Call write_math for each formula.") -> Any:
    """The shipped tutor with other instructions."""
    return await page.get("/api/prompts/versions/tutor@1") | {"instructions": text}


async def test_what_is_kept_is_listed_with_its_note_and_its_parent(page: Page) -> None:
    """A version without its history is a file among files."""
    mine = await edited(page)
    first = await page.post("/api/prompts/versions", {"edited": mine, "note": "shorter"})
    assert first == {"reference": "tutor@2", "siblings": []}
    other = mine | {"instructions": "Say nothing."}
    second = await page.post("/api/prompts/versions", {"edited": other, "note": ""})
    assert second == {"reference": "tutor@3", "siblings": ["tutor@2"]}
    listed = {each["reference"]: each for each in (await page.get("/api/prompts"))["prompts"]}
    assert listed["tutor@2"]["note"] == "shorter"
    assert listed["tutor@2"]["parent"] == listed["tutor@1"]["hash"]
    text = await page.get("/api/prompts/versions/tutor@2")
    assert text["instructions"] == mine["instructions"]
    assert text["parent"] == listed["tutor@2"]["hash"]
    lines = await page.post("/api/prompts/difference", {"against": "tutor@2", "edited": other})
    assert {line["kind"] for line in lines} == {"removed", "added"}


async def test_a_clip_is_tried_at_once_and_nothing_is_written(page: Page) -> None:
    """Trying is for looking; what is worth keeping is kept on purpose."""
    *news, whole = await page.tried(await edited(page))
    assert news[0]["kind"] == "news"
    assert news[0]["text"]
    assert whole["attempt"]["verdict"] == "exact"
    assert whole["attempt"]["clip"] == f"/recordings/{DATASET.name}/{CLIP['file_name']}"
    ((formula,),) = whole["attempt"]["readings"]["written"]
    assert formula["mathml"].startswith("<math")
    assert whole["answer"]
    sound = read_audio(base64.b64decode(whole["sound"]), TUTOR_RATE_HZ)
    assert sound.duration_sec > 0
    assert {"connected", "words", "formula", "answer"} <= whole["timings_ms"].keys()
    assert not list(page.home.iterdir())


async def test_a_clip_that_is_given_up_leaves_its_place(tmp_path: Path) -> None:
    """A few at a time; a closed tab counts no more."""
    voice = HeldVoice()
    recordings = Recordings(dataset_folders(tmp_path))
    utterance = Clips(recordings).find(DATASET.name, CLIP["id"])
    tutor = Tutor(find_prompt("tutor"), DEFAULT_MODEL)
    async with LocalLive(CannedRecogniser(CLIP["transcript"]), voice) as endpoint:
        with Katex() as katex:
            try_out = TryOut(katex, Typesetter(katex))
            tries = [try_out.run(tutor, utterance, None, endpoint) for _ in range(MAX_AT_ONCE)]
            for each in tries:
                assert (await anext(each))["kind"] == "news"
            with pytest.raises(NoPlaceLeftError, match="Try again in a moment"):
                await anext(try_out.run(tutor, utterance, None, endpoint))
            await tries.pop().aclose()
            voice.release.set()
            *_, whole = [view async for view in try_out.run(tutor, utterance, None, endpoint)]
            assert whole["kind"] == "whole"
            for each in tries:
                await each.aclose()


async def test_a_file_that_is_no_prompt_is_told_and_left_out(page: Page) -> None:
    """One person's typing error must not close everybody's tab, or keep them from keeping."""
    (page.home / "prompts").mkdir()
    (page.home / "prompts" / "broken.md").write_text("no front matter")
    listed = await page.get("/api/prompts")
    assert [each["name"] for each in listed["prompts"]] == ["explain", "transcribe", "tutor"]
    assert listed["problems"] == [
        "broken.md: expected front matter between two '---' lines at the top"
    ]
    kept = await page.post("/api/prompts/versions", {"edited": await edited(page)})
    assert kept["reference"] == "tutor@2"


async def test_a_service_that_refuses_is_told_in_a_sentence(tmp_path: Path) -> None:
    """A failure is no empty answer."""
    async with opened(tmp_path, ["1008@utterance"]) as page:
        whole = (await page.tried(await edited(page)))[-1]
    assert whole["attempt"]["verdict"] == "failed"
    assert "1008" in whole["attempt"]["error"]
    assert whole["sound"] is None


async def test_an_edited_prompt_is_compared_and_anybody_can_repeat_it(page: Page) -> None:
    """The run folder names a prompt that lies beside it, and the verdict comes by itself."""
    mine = await edited(page)
    wanted = {"edited": mine, "against": ["tutor@1"], "dataset": DATASET.name, "sample": 3}
    plan = await page.post("/api/trials/plan", wanted)
    assert (plan["n_utterances"], plan["n_sessions"], plan["cost_usd"]) == (3, 6, 0)
    assert not (page.home / "prompts").exists()
    runs = await page.post("/api/trials", wanted)
    await page.evaluations.jobs.finished()
    found = await page.get(f"/api/trials?runs={runs[0]}&runs={runs[1]}")
    assert [job["state"] for job in found["jobs"]] == ["complete", "complete"]
    (judged,) = found["judged"]
    assert judged["verdict"] == "None of 3 formulas came out differently."
    assert judged["folders"] == runs
    assert "does not follow prompts" in judged["note"]
    info = json.loads((page.home / "runs" / runs[1] / "run.json").read_text())
    recorded = info["tutor"]["prompt"]
    reference = f"{recorded['name']}@{recorded['version']}"
    assert find_prompt(reference, prompt_folders(page.home)).instructions == mine["instructions"]
    await page.post("/api/prompts/versions", {"edited": mine, "note": "better"})
    listed = {each["reference"]: each for each in (await page.get("/api/prompts"))["prompts"]}
    assert [run["id"] for run in listed["tutor@2"]["runs"]] == [runs[1]]
    assert [run["id"] for run in listed["tutor@1"]["runs"]] == [runs[0]]
    scores = await page.get(f"/api/prompts/scores/{runs[1]}")
    assert scores["exact"]["value"] == 1.0
    assert scores["exact"]["low"] < 1.0


async def test_a_grid_is_prompts_by_models_with_a_verdict_for_each_model(page: Page) -> None:
    """Which prompt with which model is one question."""
    wanted = {
        "edited": await edited(page),
        "against": ["tutor@1", "explain@1"],
        "models": ["gemini-3.8-live", "gemini-3.1-flash-live-preview"],
        "dataset": DATASET.name,
        "sample": 1,
        "epochs": 2,
    }
    runs = await page.post("/api/trials", wanted)
    assert len(runs) == 6
    await page.evaluations.jobs.finished()
    found = await page.get("/api/trials?" + "&".join(f"runs={run}" for run in runs))
    told = [(each["baseline"], each["run"]) for each in found["judged"]]
    assert (
        "tutor@1, gemini-3.1-flash-live-preview",
        "explain@1, gemini-3.1-flash-live-preview",
    ) in told
    assert len(told) == 5


async def test_what_a_run_got_wrong_is_the_part_that_is_taken(tmp_path: Path) -> None:
    """The clips that a change is meant to mend."""
    async with opened(tmp_path, ["tool_call_cancelled#1"]) as page:
        wanted = {"edited": await edited(page), "against": ["tutor@1"], "dataset": DATASET.name}
        part = {"sample": 2, "concurrency": 1}
        first, _ = await page.post("/api/trials", wanted | part)
        await page.evaluations.jobs.finished()
        plan = await page.post("/api/trials/plan", wanted | {"wrong_in": first})
        assert plan["n_utterances"] == 1


@pytest.mark.parametrize(
    ("path", "change", "status", "sentence"),
    [
        ("/api/trials/plan", {"dataset": "../secret"}, 400, "Choose a dataset"),
        ("/api/trials/plan", {"against": ["../../etc/passwd.md"]}, 400, "There is no prompt"),
        ("/api/trials/plan", {"wrong_in": "../x"}, 400, "There is no such run"),
        ("/api/trials/plan", {"models": ["gpt-4"]}, 400, "choose one of"),
        ("/api/trials/plan", {"models": ["gemini-3.8-live"] * 2}, 400, "one of them twice"),
        ("/api/trials/plan", {"sample": 0}, 422, ""),
        ("/api/trials/clip", {"dataset": "..", "utterance_id": "x"}, 400, "no such dataset"),
        ("/api/trials/clip", {"utterance_id": "../x"}, 400, "no such clip"),
    ],
)
async def test_what_is_not_at_hand_is_refused(
    page: Page, path: str, change: dict[str, Any], status: int, sentence: str
) -> None:
    """Names from a request are looked up among what is listed and never become a path."""
    wanted: dict[str, Any] = {"edited": await edited(page), "dataset": DATASET.name}
    if path.endswith("plan"):
        wanted["against"] = ["tutor@1"]
    answer = await page.post(path, wanted | change, status)
    assert sentence in answer.get("message", "")
    assert not list(page.home.iterdir())


@pytest.mark.parametrize(
    "change",
    [
        {"name": "../evil"},
        {"instructions": " "},
        {"settings": NOTHING | {"model": "a\nb: c"}},
        {"settings": NOTHING | {"temperature": 9}},
        {"settings": NOTHING | {"vocabulary": ["a, b"]}},
        {"settings": NOTHING | {"path": "/etc"}},
        {"parent": "x"},
        {"instructions": "x" * 50_001},
    ],
)
async def test_what_can_not_be_kept_writes_nothing(page: Page, change: dict[str, Any]) -> None:
    """One sentence, and no file."""
    body = {"edited": await edited(page) | change}
    answer = await page.http.post("/api/prompts/versions", json=body)
    assert answer.status_code in (400, 422)
    assert not list(page.home.iterdir())
