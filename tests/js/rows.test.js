// Rows of runs: put side by side, narrowed, sorted.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isShown, rowOf, SHOWS, sideBySide, sorted } from "../../workbench/static/runs/rows.js";

const ROW = { epoch: 0, status: "ok", verdict: "exact", is_right: true, error: "", said: "x", heard: "x", reason: "", cell: "hu", marks: [], tags: [], corrected: false };
const run = (...rows) => ({ rows: rows.map((row, number) => ({ ...ROW, number, ...row })) });
const FILTERS = { q: "", show: "all", mark: "", cell: "", slice: "", among: null };

test("a row is named by the columns that the server sends", () => {
  assert.deepEqual(rowOf(["utterance_id", "said"], ["one", "x"], 3), { number: 3, utterance_id: "one", said: "x" });
});

test("pairs are of the same utterance and epoch, whatever the order of the other run", () => {
  const one = run({ utterance_id: "a" }, { utterance_id: "a", epoch: 1 }, { utterance_id: "b" });
  const other = run({ utterance_id: "b", heard: "y" }, { utterance_id: "a", epoch: 1 });
  const pairs = sideBySide([one, other], false);
  assert.deepEqual(pairs.map(({ sides }) => sides.map((row) => row && `${row.utterance_id}${row.epoch}`)), [["a0", null], ["a1", "a1"], ["b0", "b0"]]);
  assert.deepEqual(sideBySide([one, other], true).map(({ key }) => key), ["a#1", "b#0"]);
});

test("a change is a formula that only one run understood; a failure understood nothing", () => {
  const failed = { cell: null, status: "failed" };
  const unscored = { cell: null };
  const cases = [
    [{ cell: "hu" }, [{ cell: "h" }], -1],
    [{ cell: "" }, [{ cell: "u" }], 1],
    [{ cell: "hu" }, [{ cell: "u" }], 0], // words are another matter
    [{ cell: "hu" }, [failed], -1],
    [failed, [{ cell: "hu" }], 1],
    [failed, [failed], 0],
    [{ cell: "hu" }, [unscored], 0], // nothing to compare
    [{ cell: "u" }, [{ cell: "u" }, { cell: "" }], -1], // one that lost it is enough
    [{ cell: "" }, [{ cell: "" }, { cell: "u" }], 1],
  ];
  for (const [first, others, change] of cases) {
    const [pair] = sideBySide([first, ...others].map((row) => run({ utterance_id: "a", ...row })), false);
    assert.equal(Math.sign(pair.change), change, JSON.stringify([first, others]));
  }
});

test("filters narrow together", () => {
  const [pair] = sideBySide([run({ utterance_id: "a", said: "X Squared", marks: ["clipped"], tags: ["slt", "none"] }), run({ utterance_id: "a", cell: "h" })], false);
  const names = ["speaker", "noise"];
  const cases = [
    [{}, true],
    [{ q: "x sq" }, true],
    [{ q: "cubed" }, false],
    [{ show: "regressions" }, true],
    [{ show: "improvements" }, false],
    [{ show: "tagged" }, true],
    [{ mark: "clipped" }, true],
    [{ mark: "noisy" }, false],
    [{ cell: "Ahu" }, true],
    [{ cell: "Bh" }, true],
    [{ cell: "Bhu" }, false],
    [{ cell: "Ch" }, false], // there is no third run
    [{ slice: "speaker:slt" }, true],
    [{ slice: "noise:slt" }, false],
    [{ among: new Set(["b"]) }, false],
    [{ q: "x sq", mark: "noisy" }, false],
  ];
  for (const [filters, isIn] of cases) assert.equal(isShown(pair, { ...FILTERS, ...filters }, names), isIn, JSON.stringify(filters));
});

test("each choice of the page's list has its filter", () => {
  const [pair] = sideBySide([run({ utterance_id: "a" })], false);
  const shown = Object.entries(SHOWS).map(([name, isIn]) => [name, isIn(pair)]);
  assert.ok(shown.length > 5);
  for (const [name, isIn] of shown) assert.equal(typeof isIn, "boolean", name);
});

test("equal pairs stay in the dataset's order, and either way round", () => {
  const pairs = sideBySide([run({ utterance_id: "b" }, { utterance_id: "a", verdict: "wrong" }, { utterance_id: "c" })], false);
  const ids = (by, isDescending) => sorted(pairs, by, isDescending).map(({ first }) => first.utterance_id);
  assert.deepEqual(ids("id", false), ["a", "b", "c"]);
  assert.deepEqual(ids("id", true), ["c", "b", "a"]);
  assert.deepEqual(ids("said", false), ["b", "a", "c"]);
  assert.deepEqual(ids("A", true), ["a", "b", "c"]); // the first run's verdict
  assert.deepEqual(pairs.map(({ first }) => first.utterance_id), ["b", "a", "c"]); // the rows themselves stay
});

test("regressions come first", () => {
  const one = run({ utterance_id: "same" }, { utterance_id: "lost" }, { utterance_id: "won", cell: "h" });
  const other = run({ utterance_id: "same" }, { utterance_id: "lost", cell: "h" }, { utterance_id: "won" });
  assert.deepEqual(sorted(sideBySide([one, other], false), "regression", false).map(({ first }) => first.utterance_id), ["lost", "same", "won"]);
});
