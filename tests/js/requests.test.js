// The one function that asks the server, against a real server.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { Refusal, request, requestBytes, requestLines } from "../../workbench/static/shared/requests.js";

const ANSWERS = {
  "/found": [200, '{"n": 1}'],
  "/nothing": [204, ""],
  "/sentence": [409, '{"message": "Somebody was first.", "theirs": 7}'],
  "/detail": [404, '{"detail": "Not Found"}'],
  "/page": [502, "<h1>Bad Gateway</h1>"],
  "/lines": [200, '{"a": 1}\n{"a": 2}\n'],
};
const server = createServer((asked, answer) => {
  let body = "";
  asked.on("data", (more) => (body += more));
  asked.on("end", () => {
    const { method, url, headers } = asked;
    const [status, text] = ANSWERS[url] ?? [200, JSON.stringify({ method, body, type: headers["content-type"] ?? null })];
    answer.writeHead(status).end(status === 204 ? undefined : text);
  });
});
let base = "";

before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

const refused = (path, expected) =>
  assert.rejects(request("GET", path), (error) => {
    assert.ok(error instanceof Refusal);
    assert.deepEqual({ message: error.message, status: error.status }, expected);
    return true;
  });

test("an answer is its JSON value, none is an empty one", async () => {
  assert.deepEqual(await request("GET", `${base}/found`), { n: 1 });
  assert.deepEqual(await request("DELETE", `${base}/nothing`), {});
  assert.equal((await requestBytes(`${base}/found`)).byteLength, 8);
});

test("a value is sent as JSON, bytes as they are", async () => {
  assert.deepEqual(await request("POST", `${base}/echo`, { json: { a: null } }), { method: "POST", body: '{"a":null}', type: "application/json" });
  assert.deepEqual(await request("PUT", `${base}/echo`, { body: new Uint8Array([104, 105]) }), { method: "PUT", body: "hi", type: null });
});

test("a refusal is one sentence, whatever the server sent", async () => {
  await refused(`${base}/sentence`, { message: "Somebody was first.", status: 409 });
  await refused(`${base}/detail`, { message: "Not Found", status: 404 });
  await refused(`${base}/page`, { message: "The server answered 502.", status: 502 });
  await assert.rejects(request("GET", `${base}/sentence`), { answer: { message: "Somebody was first.", theirs: 7 } });
});

test("a server that is not there is a refusal without a status", async () => {
  await refused("http://127.0.0.1:9/", { message: "The server does not answer. Is it still running?", status: 0 });
});

test("a request that the page gives up is no refusal", async () => {
  await assert.rejects(request("GET", `${base}/found`, { signal: AbortSignal.abort() }), { name: "AbortError" });
});

test("lines come one by one", async () => {
  const found = [];
  for await (const line of requestLines("GET", `${base}/lines`)) found.push(line);
  assert.deepEqual(found, [{ a: 1 }, { a: 2 }]);
});
