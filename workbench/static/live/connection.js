// One lesson's connection: an event stream down, sound both ways, plain requests up.

import { on } from "../shared/events.js";
import { request } from "../shared/requests.js";
import { SoundSocket } from "./sound_socket.js";

const CONNECT_MS = 5_000;
const GATHER_MS = 1_500; // a TURN server that does not answer must not use up the rest
const OVER = "The lesson is over. Press Start for another.";
const LOST = "The connection was lost. Start again.";
const DETOUR = "WebRTC does not get through from here: the sound takes a WebSocket, a little slower.";

/**
 * What a page hears of its lesson.
 *
 * @typedef {object} Listeners
 * @property {(begun: Pick<Wire.BegunLesson, "engine" | "limit_sec">) => void} begun
 * @property {(status: Pick<Wire.StatusView, "message"> & { state: string }) => void} status
 * @property {(transcript: Wire.TranscriptView) => void} transcript
 * @property {(latency: Wire.LatencyView) => void} latency
 * @property {(ending: Wire.Ending) => void} ended
 * @property {(detour: Wire.Message) => void} detour
 * @property {(loss: Wire.Message) => void} lost
 */
/** @import { Outgoing } from "../shared/sound.js" */

let isBlocked = false; // then the page's next lesson need not find out again

export class Connection {
  /** @type {RTCPeerConnection | null} */
  #peer = null;
  /** @type {SoundSocket | null} */
  #socket = null;
  /** @type {EventSource | null} */
  #events = null;
  /** @type {string | null} */
  #lesson = null;
  /** @type {PromiseWithResolvers<void>} */
  #begun = Promise.withResolvers(); // what is sent before the lesson is there waits for it
  #closed = false;
  #loudspeaker;
  #listeners;

  /**
   * `listeners` maps an event's name to a function of its data; `lost` and `detour` take a sentence.
   *
   * @param {HTMLMediaElement} loudspeaker
   * @param {Listeners} listeners
   */
  constructor(loudspeaker, listeners) {
    this.#loudspeaker = loudspeaker;
    this.#listeners = listeners;
    this.#begun.promise.catch(() => {}); // nothing need wait
  }

  /**
   * Begin a lesson, after a wait where the server has a line for it; throws an Error with a
   * sentence when there is none to be had.
   *
   * @param {Wire.NewLesson} settings
   * @param {Outgoing} outgoing
   */
  async open(settings, outgoing) {
    const { id, ice_servers, engine, limit_sec } = await this.#begin(settings);
    const lesson = `/api/lessons/${id}`;
    this.#lesson = lesson;
    if (this.#closed) return this.close();
    this.#begun.resolve();
    this.#listeners.begun({ engine, limit_sec });
    this.#follow(lesson);
    await this.#connect(lesson, outgoing, ice_servers);
  }

  /** @param {Wire.NewLesson} settings @returns {Promise<Wire.BegunLesson>} */
  async #begin(settings) {
    for (;;) {
      try {
        return await request("POST", "/api/lessons", { json: settings });
      } catch (refusal) {
        const line = refusal.answer?.line;
        if (!line || this.#closed) throw refusal;
        this.#listeners.status({ state: "waiting", message: refusal.message });
        await Promise.race([this.#freePlace(line), this.#begun.promise]); // rejected when closed
      }
    }
  }

  /**
   * Wait in line until a place is kept for this visitor, and say where they stand meanwhile.
   *
   * @param {string} line
   * @returns {Promise<void>}
   */
  #freePlace(line) {
    const events = new EventSource(line);
    this.#events = events;
    /** @type {Promise<void>} */
    const free = new Promise((resolve, reject) => {
      on(events, "free", resolve);
      on(events, "waiting", ({ message }) => this.#listeners.status({ state: "waiting", message }));
      on(events, "ended", ({ message }) => reject(new Error(message)));
      events.addEventListener("error", () => {
        if (events.readyState === EventSource.CLOSED) reject(new Error(LOST));
      });
    });
    return free.finally(() => events.close());
  }

  get isOpen() {
    return this.#lesson !== null;
  }

  /** @param {string} text */
  async say(text) {
    await this.#send("say", /** @satisfies {Wire.Typed} */ ({ text }));
  }

  /** @param {string} segmentId @param {number} formulaNumber @param {string} latex */
  async correct(segmentId, formulaNumber, latex) {
    await this.#send("correct", /** @satisfies {Wire.Meant} */ ({ segment_id: segmentId, formula: formulaNumber, latex }));
  }

  /**
   * Keep a turn's sound and words in a dataset; gives what the server answers.
   *
   * @param {string} segmentId
   * @param {string} dataset
   * @returns {Promise<Wire.KeptTurn>}
   */
  async keep(segmentId, dataset) {
    return this.#send("keep", /** @satisfies {Wire.Kept} */ ({ segment_id: segmentId, dataset }));
  }

  /** @param {Wire.Change} settings */
  async change(settings) {
    await this.#send("settings", settings);
  }

  /** End the lesson; also while the page goes away. */
  close() {
    this.#closed = true;
    this.#begun.reject(new Error(OVER));
    if (this.#lesson) navigator.sendBeacon(`${this.#lesson}/stop`);
    this.#lesson = null;
    this.#events?.close();
    this.#peer?.close();
    this.#socket?.close();
    this.#loudspeaker.srcObject = null;
  }

  /** @param {string} what @param {unknown} body */
  async #send(what, body) {
    await this.#begun.promise;
    if (this.#closed) throw new Error(OVER);
    return request("POST", `${this.#lesson}/${what}`, { json: body });
  }

  /** @param {string} lesson */
  #follow(lesson) {
    const events = new EventSource(`${lesson}/events`);
    this.#events = events;
    for (const [name, listener] of Object.entries(this.#listeners)) on(events, name, listener);
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) this.#lost();
    });
  }

  /**
   * WebRTC where it connects in time, else a WebSocket.
   *
   * @param {string} lesson
   * @param {Outgoing} outgoing
   * @param {RTCIceServer[]} iceServers
   */
  async #connect(lesson, outgoing, iceServers) {
    if (!isBlocked) {
      try {
        return await within(CONNECT_MS, this.#overWebRtc(lesson, outgoing, iceServers));
      } catch {
        this.#peer?.close();
        this.#peer = null;
      }
    }
    if (this.#closed) return;
    const socket = new SoundSocket(this.#loudspeaker, () => this.#lost());
    this.#socket = socket;
    await socket.open(`${lesson}/sound`, outgoing);
    isBlocked = true;
    if (this.#closed) return socket.close();
    this.#listeners.detour({ message: DETOUR });
  }

  /** @param {string} lesson @param {Outgoing} outgoing @param {RTCIceServer[]} iceServers */
  async #overWebRtc(lesson, outgoing, iceServers) {
    const peer = new RTCPeerConnection({ iceServers });
    this.#peer = peer;
    peer.createDataChannel("text"); // the server starts its side when this opens
    peer.addEventListener("track", ({ track, receiver }) => {
      receiver.jitterBufferTarget = 0; // the server paces its sound: nothing to smooth
      this.#loudspeaker.srcObject = new MediaStream([track]);
    });
    const sender = peer.addTransceiver(outgoing.track, { direction: "sendrecv" }).sender;
    await outgoing.feed(sender);
    await peer.setLocalDescription(await peer.createOffer());
    await gathered(peer);
    if (this.#peer !== peer) return; // given up
    const { sdp, type } = /** @type {RTCSessionDescription} */ (peer.localDescription);
    await peer.setRemoteDescription(await request("POST", `${lesson}/offer`, { json: /** @satisfies {Wire.Offer} */ ({ sdp, type }) }));
    await connected(peer);
    peer.addEventListener("connectionstatechange", () => {
      if (["failed", "closed"].includes(peer.connectionState)) this.#lost();
    });
  }

  #lost() {
    if (!this.#lesson) return;
    this.close();
    this.#listeners.lost({ message: LOST });
  }
}

/** @param {RTCPeerConnection} peer @returns {Promise<void>} */
function gathered(peer) {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, GATHER_MS);
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState === "complete") resolve();
    });
  });
}

/** @param {RTCPeerConnection} peer @returns {Promise<void>} */
function connected(peer) {
  return new Promise((resolve, reject) => {
    peer.addEventListener("connectionstatechange", () => {
      if (peer.connectionState === "connected") resolve();
      if (peer.connectionState === "failed") reject(new Error("WebRTC failed."));
    });
  });
}

/** @template T @param {number} milliseconds @param {Promise<T>} work @returns {Promise<T>} */
function within(milliseconds, work) {
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("Too late.")), milliseconds));
  return Promise.race([work, late]);
}
