// Between the browser's own rate and the lesson's: 16 kHz for the tutor, 24 kHz from the tutor.

const STUDENT_RATE_HZ = 16_000;
const TUTOR_RATE_HZ = 24_000;
const SAMPLES_PER_MESSAGE = 320; // 20 ms
const MAX_WAITING_SEC = 0.5;
const CROSSINGS = 12; // of the filter to each side: more are sharper and slower
const STEPS = 256; // of its table between two crossings

// A sinc under a Hann window (Smith, "Digital Audio Resampling").
const FILTER = Float32Array.from({ length: CROSSINGS * STEPS + 1 }, (_, i) => {
  const x = (Math.PI * i) / STEPS;
  return i === 0 ? 1 : (Math.sin(x) / x) * (0.5 + 0.5 * Math.cos(x / CROSSINGS));
});

/** Brings a stream of samples from one rate to another. */
class Resampler {
  #step;
  #cutoff;
  #reach;
  #samples;
  #at;

  constructor(fromHz, toHz) {
    this.#step = fromHz / toHz;
    this.#cutoff = Math.min(1, toHz / fromHz);
    this.#reach = Math.floor(CROSSINGS / this.#cutoff);
    this.#samples = new Float32Array(this.#reach);
    this.#at = this.#reach;
  }

  /** Take some, and give what is complete by now. */
  push(more) {
    const samples = new Float32Array(this.#samples.length + more.length);
    samples.set(this.#samples);
    samples.set(more, this.#samples.length);
    const out = [];
    for (; this.#at + this.#reach < samples.length; this.#at += this.#step) out.push(this.#between(samples));
    const done = Math.max(0, Math.floor(this.#at) - this.#reach);
    this.#samples = samples.slice(done);
    this.#at -= done;
    return out;
  }

  #between(samples) {
    let sum = 0;
    for (let i = Math.ceil(this.#at - this.#reach); i <= this.#at + this.#reach; i++) {
      sum += samples[i] * FILTER[Math.round(Math.abs(i - this.#at) * this.#cutoff * STEPS)];
    }
    return sum * this.#cutoff;
  }
}

/** Works until it is told to stop: without that its node would live as long as the page. */
class Worklet extends AudioWorkletProcessor {
  isOn = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => (data === "stop" ? (this.isOn = false) : this.take(data));
  }
}

/** Posts what it hears, 16 kHz, as messages of 20 ms. */
class Microphone extends Worklet {
  #resampler = new Resampler(sampleRate, STUDENT_RATE_HZ);
  #message = new Int16Array(SAMPLES_PER_MESSAGE);
  #filled = 0;

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
  #waiting = [];

  process(_, [[out]]) {
    out.set(this.#waiting.splice(0, out.length));
    return this.isOn;
  }

  take(message) {
    if (message === "drop") return (this.#waiting = []);
    const samples = Float32Array.from(new Int16Array(message), (sample) => sample / 32_768);
    for (const sample of this.#resampler.push(samples)) this.#waiting.push(sample);
    const excess = this.#waiting.length - MAX_WAITING_SEC * sampleRate;
    if (excess > 0) this.#waiting.splice(0, excess);
  }
}

registerProcessor("microphone", Microphone);
registerProcessor("player", Player);
