// Requests to the server, answered or refused in one sentence.

/** @typedef {{ json?: unknown, body?: BodyInit, signal?: AbortSignal }} Content */

const NO_ANSWER = "The server does not answer. Is it still running?";

/**
 * The server's no: `message` is for the visitor, `answer` all that it sent with it. `status` is 0
 * where there was no answer.
 */
export class Refusal extends Error {
  /**
   * @param {string} message
   * @param {number} status
   * @param {any} answer
   */
  constructor(message, status, answer) {
    super(message);
    this.status = status;
    this.answer = answer;
  }
}

/**
 * The answer to a request; `json` or `body` is sent along. Throws a Refusal.
 *
 * @param {string} method
 * @param {string} path
 * @param {Content} [content]
 * @returns {Promise<any>}
 */
export async function request(method, path, content) {
  const response = await ask(method, path, content);
  return response.status === 204 ? {} : response.json();
}

/**
 * The answer's JSON values as they come, one a line. Throws a Refusal.
 *
 * @param {string} method
 * @param {string} path
 * @param {Content} [content]
 * @returns {AsyncGenerator<any, void>}
 */
export async function* requestLines(method, path, content) {
  const response = await ask(method, path, content);
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield JSON.parse(line);
  }
}

/**
 * The bytes at a path. Throws a Refusal.
 *
 * @param {string} path
 */
export async function requestBytes(path) {
  return (await ask("GET", path)).arrayBuffer();
}

/**
 * The answer to a POST of a large body; `onShare` follows how much of it was sent, which `fetch`
 * can't say. Throws a Refusal.
 *
 * @param {string} path
 * @param {XMLHttpRequestBodyInit} body
 * @param {(share: number) => void} onShare
 * @returns {Promise<any>}
 */
export function upload(path, body, onShare) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", path);
    sending.responseType = "json";
    sending.upload.addEventListener("progress", ({ loaded, total }) => onShare(loaded / total));
    sending.addEventListener("load", () => {
      const answer = sending.response ?? {};
      if (sending.status < 300) resolve(answer);
      else reject(new Refusal(sentence(answer, sending.status), sending.status, answer));
    });
    sending.addEventListener("error", () => reject(new Refusal("The server did not take it. Is it still running, and are the files still there?", 0, {})));
    sending.send(body);
  });
}

/**
 * @param {string} method
 * @param {string} path
 * @param {Content} content
 */
async function ask(method, path, { json, body, signal } = {}) {
  const sent = json === undefined ? { body } : { body: JSON.stringify(json), headers: { "content-type": "application/json" } };
  const response = await fetch(path, { method, signal, ...sent }).catch((error) => {
    throw error.name === "AbortError" ? error : new Refusal(NO_ANSWER, 0, {});
  });
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  throw new Refusal(sentence(answer, response.status), response.status, answer);
}

/**
 * @param {any} answer
 * @param {number} status
 * @returns {string}
 */
function sentence(answer, status) {
  return answer?.message ?? answer?.detail ?? `The server answered ${status}.`;
}
