// What the prompt editor's fields hold.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isOnStep, saysSame, setsAnything, wordsOf } from "../../workbench/static/prompts/values.js";

const UNSET = { model: null, voice: null, temperature: null, silence_ms: null, vocabulary: [], tool_description: null };
const PROMPT = { name: "tutor", description: "", parent: "", instructions: "Listen.", settings: UNSET };
const but = (changes, settings = {}) => ({ ...PROMPT, ...changes, settings: { ...UNSET, ...settings } });

test("work is unsaved when what the tutor gets would differ", () => {
  const cases = [
    [but({}), true],
    [but({ instructions: "  Listen.\n" }), true],
    [but({ description: "another", parent: "0123456789ab" }), true], // not typed in the editor
    [{ ...PROMPT, settings: Object.fromEntries(Object.entries(UNSET).reverse()) }, true],
    [but({ instructions: "Listen!" }), false],
    [but({ name: "other" }), false],
    [but({}, { temperature: 0 }), false], // 0 is a temperature
    [but({}, { vocabulary: ["cosine"] }), false],
  ];
  for (const [other, isSame] of cases) assert.equal(saysSame(PROMPT, other), isSame, JSON.stringify(other));
});

test("a setting of 0 is set, no words are not", () => {
  assert.equal(setsAnything(UNSET), false);
  assert.equal(setsAnything({ ...UNSET, temperature: 0 }), true);
  assert.equal(setsAnything({ ...UNSET, vocabulary: ["sine"] }), true);
});

test("words are written with commas between", () => {
  assert.deepEqual(wordsOf("sine, cosine ,,  x squared,"), ["sine", "cosine", "x squared"]);
  assert.deepEqual(wordsOf("  "), []);
});

test("a number is on a step although 0.3 is no sum of tenths", () => {
  const cases = [["0.3", 0, 0.1, true], ["0.7", 0, 0.1, true], ["", 200, 50, true], ["250", 200, 50, true], ["0.35", 0, 0.1, false], ["260", 200, 50, false]];
  for (const [typed, minimum, step, isOn] of cases) assert.equal(isOnStep(typed, minimum, step), isOn, typed);
});
