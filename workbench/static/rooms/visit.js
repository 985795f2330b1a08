// The workbench in a room for this page: begun by a request, followed by events.

import { request } from "../shared/requests.js";

export class Visit {
  #address = null;
  #events = null;
  #listeners;

  /** `listeners`: `inside` and `ended` take a sentence, `transcript` what was said. */
  constructor(listeners) {
    this.#listeners = listeners;
  }

  /** Throws an Error whose message is for the visitor. */
  async begin(kind, wanted) {
    const { id } = await ask(kind, wanted);
    this.#address = `/api/livekit/visits/${id}`;
    this.#events = new EventSource(`${this.#address}/events`);
    this.#on("inside", ({ message }) => this.#listeners.inside(message));
    this.#on("transcript", this.#listeners.transcript);
    this.#on("ended", ({ message }) => this.#end(message));
    this.#events.addEventListener("error", () => {
      if (this.#events.readyState === EventSource.CLOSED) this.#end("The connection to the workbench was lost.");
    });
  }

  /** Leave the room; also while the page goes away. */
  leave() {
    if (this.#address) navigator.sendBeacon(`${this.#address}/leave`);
  }

  #on(name, listener) {
    this.#events.addEventListener(name, (event) => listener(JSON.parse(event.data)));
  }

  #end(message) {
    this.#events.close();
    this.#address = null;
    this.#listeners.ended(message);
  }
}

/** What the workbench answers about LiveKit; throws an Error with a sentence. */
export function ask(what, wanted) {
  return request("POST", `/api/livekit/${what}`, { json: wanted });
}
