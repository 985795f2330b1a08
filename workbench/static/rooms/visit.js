// The workbench in a room for this page: begun by a request, followed by events.

import { on } from "../shared/events.js";
import { request } from "../shared/requests.js";

/** @typedef {{ inside(message: string): void, transcript(transcript: Wire.TranscriptView): void, ended(message: string): void }} Listeners */

export class Visit {
  /** @type {string | null} */
  #address = null;
  /** @type {EventSource | null} */
  #events = null;
  #listeners;

  /**
   * `listeners`: `inside` and `ended` take a sentence, `transcript` what was said.
   *
   * @param {Listeners} listeners
   */
  constructor(listeners) {
    this.#listeners = listeners;
  }

  /**
   * Throws an Error whose message is for the visitor.
   *
   * @param {"lessons" | "watches"} kind
   * @param {Wire.InRoom | Wire.WithTutor} wanted
   */
  async begin(kind, wanted) {
    /** @type {Wire.BegunVisit} */
    const { id } = await ask(kind, wanted);
    this.#address = `/api/livekit/visits/${id}`;
    this.#follow(new EventSource(`${this.#address}/events`));
  }

  /** Leave the room; also while the page goes away. */
  leave() {
    if (this.#address) navigator.sendBeacon(`${this.#address}/leave`);
  }

  /** @param {EventSource} events */
  #follow(events) {
    this.#events = events;
    const { inside, transcript } = this.#listeners;
    on(events, "inside", (/** @type {Wire.Message} */ { message }) => inside(message));
    on(events, "transcript", transcript);
    on(events, "ended", (/** @type {Wire.Message} */ { message }) => this.#end(message));
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) this.#end("The connection to the workbench was lost.");
    });
  }

  /** @param {string} message */
  #end(message) {
    this.#events?.close();
    this.#address = null;
    this.#listeners.ended(message);
  }
}

/**
 * What the workbench answers about LiveKit; throws an Error with a sentence.
 *
 * @param {string} what
 * @param {Wire.OnServer | Wire.InRoom | Wire.WithTutor} wanted
 * @returns {Promise<any>}
 */
export function ask(what, wanted) {
  return request("POST", `/api/livekit/${what}`, { json: wanted });
}
