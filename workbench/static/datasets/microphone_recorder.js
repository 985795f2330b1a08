// The microphone's samples as they come, 16 kHz, until stopped or lost.

import { LevelMeter, MICROPHONE, microphoneProblem, needMicrophones } from "../shared/sound.js";

const RATE_HZ = 16_000;

export class MicrophoneRecorder {
  #context;
  #stream;
  #meter;
  #node;
  /** @type {Int16Array[]} */
  #pieces = [];
  #lost;

  /**
   * A recorder that records; throws an Error with a sentence when there is no microphone.
   *
   * @param {() => void} onLost
   */
  static async begin(onLost) {
    try {
      needMicrophones();
      const stream = await navigator.mediaDevices.getUserMedia({ audio: MICROPHONE });
      const context = new AudioContext();
      await context.audioWorklet.addModule("/workbench/live/sound_worklet.js");
      return new MicrophoneRecorder(stream, context, onLost);
    } catch (error) {
      throw new Error(microphoneProblem(error, "import a recording instead") ?? error.message, { cause: error });
    }
  }

  /** @param {MediaStream} stream @param {AudioContext} context @param {() => void} onLost */
  constructor(stream, context, onLost) {
    this.#stream = stream;
    this.#context = context;
    this.#lost = () => onLost();
    const [track] = stream.getAudioTracks();
    track.addEventListener("ended", this.#lost);
    this.#node = new AudioWorkletNode(context, "microphone");
    this.#node.port.addEventListener("message", ({ data }) => this.#pieces.push(new Int16Array(data)));
    this.#node.port.start();
    this.#node.connect(context.destination); // it is silent, but only heard nodes work
    context.createMediaStreamSource(stream).connect(this.#node);
    this.#meter = new LevelMeter(context);
    this.#meter.follow(track);
  }

  /** 0 to 1 over 60 dB. */
  level() {
    return this.#meter.level();
  }

  get seconds() {
    return this.#n / RATE_HZ;
  }

  /** All that was heard, as 16-bit samples, 16 kHz. */
  async stop() {
    const [track] = this.#stream.getAudioTracks();
    track.removeEventListener("ended", this.#lost);
    track.stop();
    this.#node.port.postMessage("stop");
    await this.#context.close();
    const samples = new Int16Array(this.#n);
    let at = 0;
    for (const piece of this.#pieces) {
      samples.set(piece, at);
      at += piece.length;
    }
    return samples;
  }

  get #n() {
    return this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
  }
}

/**
 * The samples as a WAV that the page can play.
 *
 * @param {Int16Array<ArrayBuffer>} samples
 */
export function wavOf(samples) {
  const head = new DataView(new ArrayBuffer(44));
  const text = (/** @type {number} */ at, /** @type {string} */ word) => [...word].forEach((letter, i) => head.setUint8(at + i, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + samples.byteLength, true);
  text(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, RATE_HZ, true);
  head.setUint32(28, 2 * RATE_HZ, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  text(36, "data");
  head.setUint32(40, samples.byteLength, true);
  return new Blob([head, samples], { type: "audio/wav" });
}
