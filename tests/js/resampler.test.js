// Sound from one rate to another, piece by piece.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Resampler } from "../../workbench/static/live/resampler.js";

const sine = (hz, rateHz, n) => Float32Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz));
const rms = (samples) => Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length);
const settled = (samples) => samples.slice(200, -200); // the filter reaches so far

/** Brought over in messages of `perPiece` samples, as a worklet gets them. */
function brought(samples, fromHz, toHz, perPiece = 128) {
  const resampler = new Resampler(fromHz, toHz);
  const out = [];
  for (let at = 0; at < samples.length; at += perPiece) out.push(...resampler.push(samples.subarray(at, at + perPiece)));
  return out;
}

for (const [fromHz, toHz] of [[48_000, 16_000], [44_100, 16_000], [24_000, 48_000], [24_000, 44_100], [16_000, 16_000]]) {
  test(`a voice's tone keeps its loudness, pitch and length from ${fromHz} to ${toHz} Hz`, () => {
    const out = brought(sine(440, fromHz, fromHz), fromHz, toHz);
    assert.ok(Math.abs(out.length - toHz) < 40, `${out.length} samples of a second`);
    const heard = settled(out);
    assert.ok(Math.abs(rms(heard) - Math.SQRT1_2) < 0.01, `${rms(heard)}`);
    const crossings = heard.filter((each, i) => i > 0 && heard[i - 1] < 0 && each >= 0).length;
    assert.ok(Math.abs(crossings / (heard.length / toHz) - 440) < 3, `${crossings} periods`);
  });
}

test("what the lower rate can't hold is gone, not folded back into the voice", () => {
  const out = settled(brought(sine(12_000, 48_000, 48_000), 48_000, 16_000));
  assert.ok(rms(out) < 0.01, `${rms(out)}`);
});

test("the pieces' size changes nothing", () => {
  const sound = sine(700, 44_100, 20_000);
  const [one, other] = [brought(sound, 44_100, 16_000, 128), brought(sound, 44_100, 16_000, 1_000)];
  const n = Math.min(one.length, other.length);
  assert.ok(n > 7_000);
  one.slice(0, n).forEach((each, i) => assert.ok(Math.abs(each - other[i]) < 1e-6));
});

test("silence stays silence, and nothing gives nothing", () => {
  assert.ok(brought(new Float32Array(5_000), 48_000, 16_000).every((each) => each === 0));
  assert.deepEqual(new Resampler(48_000, 16_000).push(new Float32Array(0)), []);
});
