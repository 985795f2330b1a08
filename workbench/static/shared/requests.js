// Requests to the workbench, answered or refused in one sentence.

import { sentence } from "./dom.js";

/** The server's no: `message` is for the visitor, `answer` all that it sent with it. */
export class Refusal extends Error {
  constructor(message, status, answer) {
    super(message);
    this.status = status;
    this.answer = answer;
  }
}

/** The answer to a request; `json` or `body` is sent along. Throws a Refusal. */
export async function request(method, path, content) {
  const response = await answered(method, path, content);
  return response.status === 204 ? {} : response.json();
}

/** The answer's JSON values as they come, one a line. Throws a Refusal. */
export async function* requestLines(method, path, content) {
  const response = await answered(method, path, content);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  }
}

async function answered(method, path, { json, body, signal } = {}) {
  const sent = json === undefined ? { body } : { body: JSON.stringify(json), headers: { "content-type": "application/json" } };
  let response;
  try {
    response = await fetch(path, { method, signal, ...sent });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refusal("The workbench did not answer. Is it still running?", 0, {});
  }
  if (response.ok) return response;
  const copy = response.clone();
  throw new Refusal(await sentence(response), response.status, await copy.json().catch(() => ({})));
}
