// Plain requests to the workbench; what the server refuses is thrown with its sentence.

import { sentence } from "./dom.js";

/** The answer's JSON; nothing for an answer without content. */
export async function ask(address, body) {
  const response = await open(address, body);
  return response.status === 204 ? null : response.json();
}

/** The answer's JSON values as they come, one a line. */
export async function* follow(address, body, signal) {
  const response = await open(address, body, signal);
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

async function open(address, body, signal) {
  const post = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  let response;
  try {
    response = await fetch(address, { ...post, signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Error("The workbench did not answer. Is it still running?");
  }
  if (!response.ok) throw new Error(await sentence(response));
  return response;
}
