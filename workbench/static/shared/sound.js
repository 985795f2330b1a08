// What the tutor hears and what the visitor hears.

import { element } from "./dom.js";
import { requestBytes } from "./requests.js";

export const MICROPHONE = {
  channelCount: 1,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
};

/** @type {Record<string, string>} */
const MICROPHONE_PROBLEMS = {
  NotAllowedError: "The microphone was not allowed. Allow it in the browser",
  NotFoundError: "No microphone was found. Plug one in",
  NotReadableError: "The microphone can't be read; another program may hold it. Free it",
  OverconstrainedError: "That microphone has gone. Choose another",
};
const NEEDS_HTTPS = "Browsers open the microphone on HTTPS pages and on this machine only. Use HTTPS";
export const MICROPHONE_LOST = "The microphone was lost. Plug it in, choose it again, or type.";

/** Raises an Error with a sentence where the browser has no microphones at all. */
export function needMicrophones() {
  if (!navigator.mediaDevices) throw new DOMException(NEEDS_HTTPS, "SecurityError");
}

/**
 * Why no microphone was opened, ending in `otherwise`; null for an error about something else.
 *
 * @param {Error} error
 * @param {string} otherwise
 */
export function microphoneProblem({ name, message }, otherwise) {
  const problem = name === "SecurityError" ? message : MICROPHONE_PROBLEMS[name];
  return problem ? `${problem}, or ${otherwise}.` : null;
}

/** @typedef {{ replaceTrack(track: MediaStreamTrack): unknown }} TrackSender */

/** The one outgoing track: the microphone, a sample, or silence. It never stops sending. */
export class Outgoing {
  #context = new AudioContext();
  #samples = this.#context.createMediaStreamDestination();
  #meter = new LevelMeter(this.#context);
  /** @type {MediaStreamTrack | null} */
  #microphone = null;
  /** @type {AudioBufferSourceNode | null} */
  #playing = null;
  /** @type {TrackSender | null} */
  #sender = null;
  #talking = true;

  constructor() {
    const silence = new ConstantSourceNode(this.#context, { offset: 0 });
    silence.connect(this.#samples); // a destination without any source sends nothing
    silence.start();
    this.#meter.follow(this.#silence);
  }

  /** To be called from a click: browsers keep sound off until then. */
  async wake() {
    await this.#context.resume();
  }

  get track() {
    return this.#playing || !this.#microphone ? this.#silence : this.#microphone;
  }

  get context() {
    return this.#context;
  }

  get hasMicrophone() {
    return this.#microphone !== null;
  }

  /**
   * From now on `sender` carries whatever is heard here: its `replaceTrack` is called.
   *
   * @param {TrackSender} sender
   */
  async feed(sender) {
    this.#sender = sender;
    await this.#switch();
  }

  /**
   * Gives the id of the microphone that was opened; `onLost` is called when it goes away.
   *
   * @param {string} deviceId
   * @param {() => void} onLost
   */
  async useMicrophone(deviceId, onLost) {
    needMicrophones();
    const audio = deviceId ? { ...MICROPHONE, deviceId: { exact: deviceId } } : MICROPHONE;
    const stream = await navigator.mediaDevices.getUserMedia({ audio });
    this.#microphone?.stop();
    const [microphone] = stream.getAudioTracks();
    this.#microphone = microphone;
    microphone.addEventListener("ended", async () => {
      if (this.#microphone !== microphone) return;
      await this.dropMicrophone(); // silence goes on, so that the turn ends
      onLost();
    });
    this.setTalking(this.#talking);
    await this.#switch();
    return microphone.getSettings().deviceId;
  }

  async dropMicrophone() {
    this.#microphone?.stop();
    this.#microphone = null;
    await this.#switch();
  }

  /**
   * A disabled track sends silence; a stopped one would leave the turn open for ever.
   *
   * @param {boolean} talking
   */
  setTalking(talking) {
    this.#talking = talking;
    if (this.#microphone) this.#microphone.enabled = talking;
  }

  /**
   * Play a recording to the tutor and to the visitor; then `pauseMs` of silence.
   *
   * @param {string} url
   * @param {number} pauseMs
   */
  async play(url, pauseMs) {
    const recording = await this.#context.decodeAudioData(await requestBytes(url));
    const source = this.#context.createBufferSource();
    source.buffer = recording;
    source.connect(this.#samples);
    source.connect(this.#context.destination);
    this.stopSample();
    this.#playing = source;
    await this.#switch();
    const ended = new Promise((resolve) => source.addEventListener("ended", resolve));
    source.start();
    await ended;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    if (this.#playing === source) this.#playing = null;
    await this.#switch();
  }

  stopSample() {
    this.#playing?.stop();
    this.#playing = null;
  }

  async close() {
    this.stopSample();
    this.#sender = null;
    await this.dropMicrophone();
  }

  /** Loudness of what is being sent, 0 to 1 over 60 dB. */
  level() {
    return this.#meter.level();
  }

  get #silence() {
    return this.#samples.stream.getAudioTracks()[0];
  }

  async #switch() {
    this.#meter.follow(this.track);
    await this.#sender?.replaceTrack(this.track);
  }
}

/** How loud one track is, whichever it is at the moment. */
export class LevelMeter {
  #context;
  #analyser;
  /** @type {MediaStreamAudioSourceNode | null} */
  #metered = null;

  /** @param {AudioContext} context */
  constructor(context) {
    this.#context = context;
    this.#analyser = context.createAnalyser();
    this.#analyser.fftSize = 512;
  }

  /** @param {MediaStreamTrack} track */
  follow(track) {
    this.#metered?.disconnect();
    const metered = this.#context.createMediaStreamSource(new MediaStream([track]));
    metered.connect(this.#analyser);
    this.#metered = metered;
  }

  /** 0 to 1 over 60 dB. */
  level() {
    const wave = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(wave);
    const power = wave.reduce((sum, sample) => sum + sample * sample, 0) / wave.length;
    return Math.max(0, Math.min(1, 1 + Math.log10(power + 1e-9) / 6));
  }
}

/**
 * Show a level, 0 to 1, on a `role=meter`.
 *
 * @param {HTMLElement} meter
 * @param {number} level
 */
export function drawLevel(meter, level) {
  const percent = String(Math.round(100 * level));
  if (meter.ariaValueNow === percent) return; // sixty times a second
  const bar = /** @type {HTMLElement} */ (meter.firstElementChild);
  bar.style.width = `${percent}%`;
  meter.setAttribute("aria-valuenow", percent);
}

/**
 * Offer the microphones there are; the chosen one stays chosen while it is there.
 *
 * @param {HTMLSelectElement} picker
 */
export async function listMicrophones(picker) {
  const chosen = picker.value;
  const found = (await microphones()).filter(({ deviceId }) => deviceId !== "default");
  picker.replaceChildren(
    element("option", { value: "", textContent: "Default microphone" }),
    ...found.map(({ deviceId, label }, i) =>
      element("option", { value: deviceId, textContent: label || `Microphone ${i + 1}` }),
    ),
  );
  picker.value = found.some(({ deviceId }) => deviceId === chosen) ? chosen : "";
}

/** Their names are empty until one was allowed. */
async function microphones() {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter((device) => device.kind === "audioinput" && device.deviceId);
}
