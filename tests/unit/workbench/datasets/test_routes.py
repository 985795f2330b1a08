"""What the Datasets tab asks for, over HTTP and without the page."""

import json
import zipfile
from pathlib import Path

import numpy as np
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient

from agent.errors import SpokenMathsError
from evals.dataset.catalogue import dataset_folders
from evals.dataset.checks import find_problems
from evals.dataset.own import copy_dataset
from evals.dataset.utterances import METADATA, load_dataset
from evals.notation import Katex
from tests.costly_sound import silent
from tests.paths import DATASET
from workbench.datasets.exchange_routes import exchange_routes
from workbench.datasets.opened import Datasets
from workbench.datasets.recording_routes import new_recording_routes
from workbench.datasets.routes import PAGE_SIZE, dataset_routes
from workbench.shared.recordings import Recordings
from workbench.shared.typesetting import Typesetter

PAYLOAD = "<img src=x onerror=alert(1)>"


@pytest.fixture
def client(tmp_path: Path, katex: Katex) -> TestClient:
    """The routes over a home with a copy of the shipped dataset, `mine`."""
    copy_dataset(DATASET, tmp_path / "datasets", "mine")
    recordings = Recordings(dataset_folders(tmp_path))
    datasets = Datasets(recordings, tmp_path / "datasets")
    app = FastAPI()

    async def refused(_: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"message": str(error)}, 400)

    app.add_exception_handler(SpokenMathsError, refused)
    app.include_router(exchange_routes(datasets, tmp_path, None))
    app.include_router(dataset_routes(datasets, katex, Typesetter(katex)))
    app.include_router(new_recording_routes(datasets, katex))
    return TestClient(app)


def first(client: TestClient, dataset: str = "mine") -> dict[str, str]:
    found: dict[str, str] = client.get(f"/api/datasets/{dataset}/utterances").json()["rows"][0]
    return found


def test_a_dataset_is_paged_searched_and_filtered(client: TestClient) -> None:
    """The page never holds more than it shows."""
    everything = client.get("/api/datasets/mine/utterances").json()
    assert (everything["n_all"], len(everything["rows"])) == (170, PAGE_SIZE)
    assert "math" in everything["rows"][0]["readings"][0][0]["mathml"]
    query = {"text": "twelve plus", "tag": "speaker:rms", "offset": 0}
    (only,) = client.get("/api/datasets/mine/utterances", params=query).json()["rows"]
    assert only["clip"] == "/recordings/mine/audio/arithmetic-1-rms.flac"
    last = client.get("/api/datasets/mine/utterances", params={"offset": 150}).json()
    assert len(last["rows"]) == 20


def test_an_edit_shows_at_once_and_a_second_from_the_same_state_is_told(
    client: TestClient,
) -> None:
    """409 carries what the other one wrote."""
    row = first(client)
    edit = {"id": row["id"], "revision": row["revision"], "transcript": "a", "latex": ["a"]}
    assert client.put("/api/datasets/mine/utterance", json=edit).status_code == 200
    assert first(client)["transcript"] == "a"
    again = client.put("/api/datasets/mine/utterance", json=edit | {"transcript": "b"})
    assert again.status_code == 409
    assert again.json()["theirs"]["transcript"] == "a"
    assert "Somebody else" in again.json()["message"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"latex": [r"\frac{1"]}, "can't be typeset"),
        ({"transcript": "x^2"}, "Transcript has LaTeX"),
        ({"transcript": "x\u0007"}, "control characters"),
        ({"id": "nobody"}, "no utterance"),
    ],
)
def test_a_gold_that_could_never_be_scored_is_refused_in_a_sentence(
    client: TestClient, change: dict[str, object], sentence: str
) -> None:
    """Found a month later it would have spoilt every run."""
    row = first(client)
    edit = {"id": row["id"], "revision": row["revision"], "transcript": "a", "latex": ["a"]}
    answer = client.put("/api/datasets/mine/utterance", json=edit | change)
    assert answer.status_code == 400
    assert sentence in answer.json()["message"]


def test_shipped_datasets_stay_and_a_copy_is_offered(client: TestClient, tmp_path: Path) -> None:
    """They belong to the project, and to whoever compares with them."""
    row = first(client, "spoken-math-mini")
    edit = {"id": row["id"], "revision": row["revision"], "transcript": "a", "latex": ["a"]}
    answer = client.put("/api/datasets/spoken-math-mini/utterance", json=edit)
    assert "Make a copy" in answer.json()["message"]
    params = {"id": row["id"], "revision": row["revision"]}
    gone = client.delete("/api/datasets/spoken-math-mini/utterance", params=params)
    assert "Make a copy" in gone.json()["message"]
    made = client.post("/api/datasets/spoken-math-mini/copies", json={"name": "other"})
    assert made.json() == {"name": "other"}
    assert len(load_dataset(tmp_path / "datasets" / "other").utterances) == 170


@pytest.mark.parametrize("name", ["..", "%2e%2e%2fmine", "nobody", "mine%00"])
def test_a_name_that_is_not_listed_is_no_path(client: TestClient, name: str) -> None:
    """Only what the list shows can be opened."""
    assert client.get(f"/api/datasets/{name}/utterances").status_code in (400, 404)


def test_markup_in_a_dataset_travels_as_text(client: TestClient, tmp_path: Path) -> None:
    """The page puts it into text nodes; MathML holds it escaped."""
    metadata = tmp_path / "datasets" / "mine" / METADATA
    row = json.loads(metadata.read_text().splitlines()[0])
    row |= {"transcript": PAYLOAD, "latex": [rf"\text{{{PAYLOAD}}}"], "category": PAYLOAD}
    metadata.write_text(json.dumps(row) + "\n{}\n")
    found = client.get("/api/datasets/mine/utterances").json()
    assert (found["n_all"], found["n_broken"]) == (1, 1)
    assert found["rows"][0]["transcript"] == PAYLOAD
    assert "<img" not in found["rows"][0]["readings"][0][0]["mathml"]


def test_findings_name_the_utterance_and_statistics_count(
    client: TestClient, tmp_path: Path
) -> None:
    """A click on a finding opens what it is about."""
    assert client.get("/api/datasets/mine/findings").json() == {"n_findings": 0, "findings": []}
    counted = client.get("/api/datasets/mine/statistics").json()
    assert ["utterances", "170"] in counted["counts"]
    (tmp_path / "datasets" / "mine" / "audio" / "arithmetic-1-heart.flac").write_bytes(b"")
    (finding,) = client.get("/api/datasets/mine/findings").json()["findings"]
    assert (finding["id"], finding["line"]) == ("arithmetic-1-heart", 1)
    assert "/" not in finding["sentence"]


def left_over(home: Path) -> list[Path]:
    return [path for path in (home / "incoming").rglob("*") if path.is_file()]


def test_an_upload_comes_in_and_its_export_is_the_same(client: TestClient, tmp_path: Path) -> None:
    """What goes out by the page comes in by it."""
    packed = client.get("/api/datasets/mine/export").content
    answer = client.post("/api/datasets/import", params={"name": "new"}, content=packed)
    assert answer.json() == {"name": "new", "n_utterances": 170}
    before, after = (load_dataset(tmp_path / "datasets" / name) for name in ("mine", "new"))
    assert [u.transcript for u in before.utterances] == [u.transcript for u in after.utterances]
    assert left_over(tmp_path) == []


def test_an_upload_that_is_made_to_cost_leaves_a_sentence(
    client: TestClient, tmp_path: Path
) -> None:
    """28 KB of FLAC, of which a second has five million samples."""
    table = "file_name,transcript,latex\na.wav,x,x\n"
    with zipfile.ZipFile(tmp_path / "costly.zip", "w") as archive:
        archive.writestr("metadata.csv", table)
        archive.writestr("a.wav", silent(655_350, 8, 655_350))
    content = (tmp_path / "costly.zip").read_bytes()
    answer = client.post("/api/datasets/import", params={"name": "new"}, content=content)
    assert "a.wav: expected 8,000 to 192,000 Hz, got 655,350 Hz" in answer.json()["message"]
    assert left_over(tmp_path) == []


def test_a_dataset_behind_a_link_hides_no_other(client: TestClient, tmp_path: Path) -> None:
    """It is listed; opened, it says why it can't be."""
    foreign = tmp_path / "datasets" / "foreign"
    foreign.mkdir()
    (foreign / METADATA).symlink_to(tmp_path / "datasets" / "mine" / METADATA)
    listed = client.get("/api/datasets").json()
    assert {"mine", "foreign"} <= {each["name"] for each in listed}
    for answer in (
        client.get("/api/datasets/foreign/utterances"),
        client.post("/api/datasets/foreign/copies", json={"name": "copied"}),
    ):
        assert "a link leads there" in answer.json()["message"]
    assert not (tmp_path / "datasets" / "copied").exists()


def test_what_is_no_archive_leaves_a_sentence(client: TestClient, tmp_path: Path) -> None:
    """A photo, say."""
    answer = client.post("/api/datasets/import", params={"name": "new"}, content=b"\x89PNG" * 99)
    assert "expected a zip" in answer.json()["message"]
    assert left_over(tmp_path) == []
    refused = client.post("/api/datasets/import", params={"name": "../x"}, content=b"x")
    assert "A dataset's name" in refused.json()["message"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"name": "new", "repository": "https://evil.example"}, "owner/name"),
        ({"name": "new", "repository": "../../etc"}, "owner/name"),
        ({"name": "../x", "repository": "a/b"}, "A dataset's name"),
        ({"name": "new", "repository": "a/b", "part": "../.."}, "owner/name"),
    ],
)
def test_only_a_name_on_the_hub_is_fetched(
    client: TestClient, body: dict[str, str], sentence: str
) -> None:
    """The server must not fetch whatever address, or read whatever folder, a visitor names."""
    assert sentence in client.post("/api/datasets/hub", json=body).json()["message"]


def test_a_recording_becomes_an_utterance(client: TestClient, tmp_path: Path) -> None:
    """With the words and the LaTeX that the page showed beside it."""
    pcm = np.random.default_rng(1).integers(-9_000, 9_000, 16_000).astype("<i2").tobytes()
    params = {"transcript": "x squared", "latex": ["x^2"]}
    answer = client.post("/api/datasets/mine/recordings", params=params, content=pcm)
    kept = load_dataset(tmp_path / "datasets" / "mine").utterances[-1]
    assert kept.id == answer.json()["id"]
    assert (kept.transcript, kept.latex) == ("x squared", ("x^2",))
    assert len(kept.audio().samples) == 16_000
    assert find_problems(tmp_path / "datasets" / "mine") == []


@pytest.mark.parametrize(
    ("pcm", "change", "sentence"),
    [
        (bytes(32_000), {}, "Nothing can be heard"),
        (b"\1\1" * 100, {}, "too short"),
        (b"\1", {}, "whole 16-bit samples"),
        (b"\1\1" * 16_000, {"latex": [r"\frac{"]}, "can't be typeset"),
        (b"\1\1" * 16_000, {"transcript": ""}, "transcript"),
    ],
)
def test_a_recording_that_is_none_is_refused(
    client: TestClient, pcm: bytes, change: dict[str, object], sentence: str
) -> None:
    """A muted microphone is noticed at once, not in the next run."""
    params = {"transcript": "x", "latex": ["x"]} | change
    answer = client.post("/api/datasets/mine/recordings", params=params, content=pcm)
    assert answer.status_code in (400, 422)
    assert sentence in answer.text


def test_utterances_are_made_of_a_formula(client: TestClient, tmp_path: Path) -> None:
    """Its phrasings first, then those that were chosen are spoken."""
    offered = client.post("/api/datasets/phrasings", json={"latex": "x^2"}).json()
    assert offered["phrasings"] == ["x squared"]
    assert offered["conditions"] == {
        "none": "none",
        "white20": "white noise, 20 dB",
        "babble20": "other voices, 20 dB",
    }
    wanted = {"latex": "x^2", "transcripts": ["x squared"], "voices": ["heart"]}
    path = "/api/datasets/mine/made"
    made = client.post(path, json=wanted | {"conditions": ["none", "white20"]}).json()
    assert len(made["ids"]) == 2
    assert len(load_dataset(tmp_path / "datasets" / "mine").utterances) == 172
    none = client.post(path, json=wanted | {"conditions": []}).json()
    assert "got 0" in none["message"]
