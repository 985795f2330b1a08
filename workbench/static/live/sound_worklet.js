// Between the browser's own rate and the lesson's: 16 kHz for the tutor, 24 kHz from the tutor.

import { Resampler } from "./resampler.js";

const STUDENT_RATE_HZ = 16_000;
const TUTOR_RATE_HZ = 24_000;
const SAMPLES_PER_MESSAGE = 320; // 20 ms
const MAX_WAITING_SEC = 0.5;

/** Works until it is told to stop: without that its node would live as long as the page. */
class Worklet extends AudioWorkletProcessor {
  isOn = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => (data === "stop" ? (this.isOn = false) : this.take(data));
  }

  /**
   * Take what is posted, but for "stop".
   *
   * @param {"drop" | ArrayBuffer} message
   */
  take(message) {
    throw new Error(`A ${this.constructor.name} takes no ${message}.`);
  }
}

/** Posts what it hears, 16 kHz, as messages of 20 ms. */
class Microphone extends Worklet {
  #resampler = new Resampler(sampleRate, STUDENT_RATE_HZ);
  #message = new Int16Array(SAMPLES_PER_MESSAGE);
  #filled = 0;

  /** @param {Float32Array[][]} inputs @param {Float32Array[][]} outputs */
  process([[heard]], [[out]]) {
    for (const sample of this.#resampler.push(heard ?? new Float32Array(out.length))) {
      this.#message[this.#filled++] = Math.round(32_767 * Math.max(-1, Math.min(1, sample)));
      if (this.#filled === SAMPLES_PER_MESSAGE) this.#post();
    }
    return this.isOn;
  }

  #post() {
    this.port.postMessage(this.#message.buffer, [this.#message.buffer]);
    this.#message = new Int16Array(SAMPLES_PER_MESSAGE);
    this.#filled = 0;
  }
}

/** Plays what is posted to it, 24 kHz; "drop" forgets what waits. */
class Player extends Worklet {
  #resampler = new Resampler(TUTOR_RATE_HZ, sampleRate);
  /** @type {number[]} */
  #waiting = [];

  /** @param {Float32Array[][]} _ @param {Float32Array[][]} outputs */
  process(_, [[out]]) {
    out.set(this.#waiting.splice(0, out.length));
    return this.isOn;
  }

  /** @param {"drop" | ArrayBuffer} message */
  take(message) {
    if (message === "drop") {
      this.#waiting = [];
      return;
    }
    const samples = Float32Array.from(new Int16Array(message), (sample) => sample / 32_768);
    for (const sample of this.#resampler.push(samples)) this.#waiting.push(sample);
    const excess = this.#waiting.length - MAX_WAITING_SEC * sampleRate;
    if (excess > 0) this.#waiting.splice(0, excess);
  }
}

registerProcessor("microphone", Microphone);
registerProcessor("player", Player);
