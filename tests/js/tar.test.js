// A folder's files as one tar.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";

import { tar } from "../../workbench/static/datasets/tar.js";

async function listed(entries) {
  const input = Buffer.from(await tar(entries).arrayBuffer());
  const { stdout, stderr, status } = spawnSync("tar", ["-tvf", "-"], { input, encoding: "utf8" });
  assert.equal(status, 0, stderr);
  return stdout.trim().split("\n").filter(Boolean).map((line) => [line.split(/\s+/)[2], line.split(/\s+/).slice(5).join(" ")]);
}

const file = (n) => new Blob(["x".repeat(n)]);

test("another program's tar reads names and sizes", async () => {
  // 512 is a whole block, 513 one byte more: the padding differs.
  const entries = [0, 1, 512, 513].map((n) => ({ name: `clips/${n}.wav`, file: file(n) }));
  assert.deepEqual(await listed(entries), [["0", "clips/0.wav"], ["1", "clips/1.wav"], ["512", "clips/512.wav"], ["513", "clips/513.wav"]]);
});

test("what a file holds comes out as it went in", async () => {
  const input = Buffer.from(await tar([{ name: "a.txt", file: new Blob(["größer als"]) }]).arrayBuffer());
  const { stdout } = spawnSync("tar", ["-xOf", "-", "a.txt"], { input, encoding: "utf8" });
  assert.equal(stdout, "größer als");
});

test("a long path is parted at a folder", async () => {
  const name = `${"folder/".repeat(15)}${"n".repeat(90)}.wav`;
  assert.deepEqual(await listed([{ name, file: file(3) }]), [["3", name]]);
});

test("a name that no tar can hold is refused with a sentence", () => {
  // 101 bytes without a folder; letters of two bytes count twice.
  for (const name of ["n".repeat(101), "ü".repeat(51)]) {
    assert.throws(() => tar([{ name, file: file(1) }]), /is too long a name; shorten it/);
  }
  assert.ok(tar([{ name: "n".repeat(100), file: file(1) }]));
});

test("nothing is a tar, too", async () => {
  assert.deepEqual(await listed([]), []);
});
