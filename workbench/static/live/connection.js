// One lesson's connection: an event stream down, sound both ways, plain requests up.

import { request } from "../shared/requests.js";
import { SoundSocket } from "./sound_socket.js";

const CONNECT_MS = 5_000;
const GATHER_MS = 1_500; // a TURN server that does not answer must not use up the rest
const OVER = "The lesson is over. Press Start for another.";
const DETOUR = "WebRTC does not get through from here: the sound takes a WebSocket, a little slower.";

let isBlocked = false; // then the page's next lesson need not find out again

export class Connection {
  #peer = null;
  #socket = null;
  #events = null;
  #lesson = null;
  #begun = Promise.withResolvers(); // what is sent before the lesson is there waits for it
  #closed = false;
  #loudspeaker;
  #listeners;

  /** `listeners` maps an event's name to a function of its data; `lost` and `detour` take a sentence. */
  constructor(loudspeaker, listeners) {
    this.#loudspeaker = loudspeaker;
    this.#listeners = listeners;
    this.#begun.promise.catch(() => {}); // nothing need wait
  }

  /** Begin a lesson; throws a Refusal with a sentence when the server won't have one. */
  async open(settings, outgoing) {
    const { id, ice_servers, engine, limit_sec } = await request("POST", "/api/lessons", { json: settings });
    this.#lesson = `/api/lessons/${id}`;
    if (this.#closed) return this.close();
    this.#begun.resolve();
    this.#listeners.begun({ engine, limit_sec });
    this.#follow();
    await this.#connect(outgoing, ice_servers);
  }

  get isOpen() {
    return this.#lesson !== null;
  }

  async say(text) {
    await this.#send("say", { text });
  }

  async correct(segmentId, formulaNumber, latex) {
    await this.#send("correct", { segment_id: segmentId, formula: formulaNumber, latex });
  }

  /** Keep a turn's sound and words in a dataset; gives what the server answers. */
  async keep(segmentId, dataset) {
    return this.#send("keep", { segment_id: segmentId, dataset });
  }

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

  async #send(what, body) {
    await this.#begun.promise;
    if (this.#closed) throw new Error(OVER);
    return request("POST", `${this.#lesson}/${what}`, { json: body });
  }

  #follow() {
    this.#events = new EventSource(`${this.#lesson}/events`);
    for (const [name, listener] of Object.entries(this.#listeners)) {
      this.#events.addEventListener(name, (event) => listener(JSON.parse(event.data)));
    }
    this.#events.addEventListener("error", () => {
      if (this.#events.readyState === EventSource.CLOSED) this.#lost();
    });
  }

  /** WebRTC where it connects in time, else a WebSocket. */
  async #connect(outgoing, iceServers) {
    if (!isBlocked) {
      try {
        return await within(CONNECT_MS, this.#overWebRtc(outgoing, iceServers));
      } catch {
        this.#peer?.close();
        this.#peer = null;
      }
    }
    if (this.#closed) return;
    this.#socket = new SoundSocket(this.#loudspeaker, () => this.#lost());
    await this.#socket.open(`${this.#lesson}/sound`, outgoing);
    isBlocked = true;
    if (this.#closed) return this.#socket.close();
    this.#listeners.detour({ message: DETOUR });
  }

  async #overWebRtc(outgoing, iceServers) {
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
    const { sdp, type } = peer.localDescription;
    await peer.setRemoteDescription(await request("POST", `${this.#lesson}/offer`, { json: { sdp, type } }));
    await connected(peer);
    peer.addEventListener("connectionstatechange", () => {
      if (["failed", "closed"].includes(peer.connectionState)) this.#lost();
    });
  }

  #lost() {
    if (!this.#lesson) return;
    this.close();
    this.#listeners.lost({ message: "The connection was lost. Start again." });
  }
}

function gathered(peer) {
  if (peer.iceGatheringState === "complete") return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, GATHER_MS);
    peer.addEventListener("icegatheringstatechange", () => {
      if (peer.iceGatheringState === "complete") resolve();
    });
  });
}

function connected(peer) {
  return new Promise((resolve, reject) => {
    peer.addEventListener("connectionstatechange", () => {
      if (peer.connectionState === "connected") resolve();
      if (peer.connectionState === "failed") reject(new Error("WebRTC failed."));
    });
  });
}

function within(milliseconds, work) {
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("Too late.")), milliseconds));
  return Promise.race([work, late]);
}
