// Sound over a WebSocket: 20 ms of 16 kHz up, 20 ms of 24 kHz down, both 16 bits.

const WORKLET = "/workbench/live/sound_worklet.js";
const MAX_WAITING_BYTES = 32_000; // one second; what is older is no conversation any more

/** @import { Outgoing } from "../shared/sound.js" */

export class SoundSocket {
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {AudioWorkletNode | null} */
  #microphone = null;
  /** @type {AudioWorkletNode | null} */
  #player = null;
  /** @type {MediaStreamAudioSourceNode | null} */
  #source = null;
  #loudspeaker;
  #lost;

  /**
   * `lost` is called when the server hangs up.
   *
   * @param {HTMLMediaElement} loudspeaker
   * @param {() => void} lost
   */
  constructor(loudspeaker, lost) {
    this.#loudspeaker = loudspeaker;
    this.#lost = lost;
  }

  /**
   * Send what `outgoing` sends, and play what comes; throws when the server won't have it.
   *
   * @param {string} path
   * @param {Outgoing} outgoing
   */
  async open(path, outgoing) {
    const { context } = outgoing;
    await context.audioWorklet.addModule(WORKLET);
    const socket = (this.#socket = await opened(path));
    const player = (this.#player = new AudioWorkletNode(context, "player"));
    const loudspeaker = context.createMediaStreamDestination();
    player.connect(loudspeaker);
    this.#loudspeaker.srcObject = loudspeaker.stream;
    const microphone = (this.#microphone = new AudioWorkletNode(context, "microphone"));
    microphone.connect(context.destination); // it is silent, but only heard nodes work
    microphone.port.addEventListener("message", ({ data }) => send(socket, data));
    microphone.port.start();
    await outgoing.feed({ replaceTrack: (track) => this.#capture(context, microphone, track) });
    socket.addEventListener("message", ({ data }) => player.port.postMessage(data));
    socket.addEventListener("close", this.#lost);
  }

  close() {
    this.#socket?.removeEventListener("close", this.#lost);
    this.#socket?.close();
    this.#source?.disconnect();
    for (const worklet of [this.#microphone, this.#player]) worklet?.port.postMessage("stop");
  }

  /** @param {AudioContext} context @param {AudioNode} microphone @param {MediaStreamTrack} track */
  #capture(context, microphone, track) {
    this.#source?.disconnect();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    source.connect(microphone);
    this.#source = source;
  }
}

/** @param {WebSocket} socket @param {ArrayBuffer} sound */
function send(socket, sound) {
  if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < MAX_WAITING_BYTES) socket.send(sound);
}

/** @param {string} path @returns {Promise<WebSocket>} */
function opened(path) {
  const socket = new WebSocket(location.origin.replace(/^http/, "ws") + path);
  socket.binaryType = "arraybuffer";
  return new Promise((resolve, reject) => {
    socket.addEventListener("open", () => resolve(socket));
    socket.addEventListener("error", () => reject(new Error("The sound could not be connected to the server.")));
  });
}
