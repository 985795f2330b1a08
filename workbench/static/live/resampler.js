// Samples from one rate to another, as they come.

const CROSSINGS = 12; // of the filter to each side: more are sharper and slower
const STEPS = 256; // of its table between two crossings

// A sinc under a Hann window (Smith, "Digital Audio Resampling").
const FILTER = Float32Array.from({ length: CROSSINGS * STEPS + 1 }, (_, i) => {
  const x = (Math.PI * i) / STEPS;
  return i === 0 ? 1 : (Math.sin(x) / x) * (0.5 + 0.5 * Math.cos(x / CROSSINGS));
});

/** Brings a stream of samples from one rate to another. */
export class Resampler {
  #step;
  #cutoff;
  #reach;
  #samples;
  #at;

  /** @param {number} fromHz @param {number} toHz */
  constructor(fromHz, toHz) {
    this.#step = fromHz / toHz;
    this.#cutoff = Math.min(1, toHz / fromHz);
    this.#reach = Math.floor(CROSSINGS / this.#cutoff);
    this.#samples = new Float32Array(this.#reach);
    this.#at = this.#reach;
  }

  /**
   * Take some, and give what is complete by now.
   *
   * @param {Float32Array} more
   * @returns {number[]}
   */
  push(more) {
    const samples = new Float32Array(this.#samples.length + more.length);
    samples.set(this.#samples);
    samples.set(more, this.#samples.length);
    /** @type {number[]} */
    const out = [];
    for (; this.#at + this.#reach < samples.length; this.#at += this.#step) out.push(this.#between(samples));
    const done = Math.max(0, Math.floor(this.#at) - this.#reach);
    this.#samples = samples.slice(done);
    this.#at -= done;
    return out;
  }

  /** @param {Float32Array} samples */
  #between(samples) {
    let sum = 0;
    for (let i = Math.ceil(this.#at - this.#reach); i <= this.#at + this.#reach; i++) {
      sum += samples[i] * FILTER[Math.round(Math.abs(i - this.#at) * this.#cutoff * STEPS)];
    }
    return sum * this.#cutoff;
  }
}
